import { renderView } from '../../src/demo/workspace/render.ts';
import { eventually, type Story } from './story.ts';

/** What somebody's Home shows, as they read it; empty while there is none. */
export function home({ workspace, clock, idOf }: Story, name: string): string {
  const view = workspace.homeOf(idOf(name));
  const { users, channels, userGroups } = workspace;
  const reader = { width: 300, zone: 'UTC', now: clock.reading(), users, channels, userGroups };
  return view === undefined ? '' : renderView(view, reader);
}

/** Opens the Home, again where a busy machine was too slow for it, and gives what it then shows. */
export async function look(story: Story, name: string): Promise<string> {
  const isThere = (known: string | undefined): boolean =>
    hashOf(story, name) !== known && home(story, name).includes('As of');
  for (let n = 0; n < 5; n += 1) {
    const known = hashOf(story, name);
    await story.workspace.openHome(story.idOf(name));
    const seen = eventually(() => isThere(known), `${name} sees the Home`, 8000);
    if (await seen.catch(() => false)) return home(story, name);
  }
  throw new Error(`${name} sees no Home: ${home(story, name)}`);
}

export const hashOf = (story: Story, name: string) =>
  story.workspace.homeOf(story.idOf(name))?.hash;

/** Presses what opens a form on Ana's Home, again where a busy machine was too slow for Slack. */
export async function opens(story: Story, label: string): Promise<void> {
  for (let n = 0; n < 5 && story.workspace.viewOf('U0ANA') === undefined; n += 1) {
    const view = story.workspace.homeOf('U0ANA');
    if (view !== undefined) await story.workspace.click('U0ANA', view, label);
    await eventually(() => story.workspace.viewOf('U0ANA'), label, 4000).catch(() => undefined);
  }
}

/** Presses something on the Home and gives what it shows when it says so. */
export async function press(
  story: Story,
  name: string,
  label: string,
  says: string,
): Promise<string> {
  const view = story.workspace.homeOf(story.idOf(name));
  if (view === undefined) throw new Error(`${name} has no Home`);
  await story.workspace.click(story.idOf(name), view, label);
  await eventually(() => home(story, name).includes(says), `the Home says ${says}`, 20_000);
  await story.settle();
  return home(story, name);
}
