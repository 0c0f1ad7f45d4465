import { COMMANDS } from '../../src/commands/index.ts';
import { controlsIn } from '../../src/demo/workspace/controls.ts';
import type { Answer, Entered, Message, Reply, View } from '../../src/demo/workspace/index.ts';
import type { Json } from '../../src/demo/workspace/limits/rules.ts';
import { appManifest } from '../../src/slack/manifest.ts';
import { FILLED } from './filled-forms.ts';
import { eventually, type Story } from './story.ts';

// Everything that a person can do to Muster, from the lists that the code and the manifest work
// with: what is new there is done here by itself.

/** Something that was done, and what whoever did it then saw, a message each. */
export interface Done {
  readonly what: string;
  readonly said: readonly string[];
}

const WITHIN_MS = 15_000;
const MOMENT_MS = 100;
/** Whom the examples name, and who that is here. */
const NAMED: Readonly<Record<string, string>> = {
  '<@U012ABCDEF|ana>': '@ana',
  '<@U012DEE|dee>': '@bo',
};
const SHUT = ['resolved', 'cancelled'];
/** So many different buttons there never are; more of them means that they differ where they should not. */
const MOST_PRESSES = 250;

/** What only whoever asked is shown: a changed mark is an answer. */
const markOf = ({ workspace }: Story, id: string, home: boolean): string =>
  JSON.stringify([
    workspace.seenBy(id).length,
    workspace.viewOf(id)?.hash,
    // Their Home follows what others do, so it only answers what was done there.
    ...(home ? [workspace.homeOf(id)?.hash, workspace.directMessages(id).length] : []),
  ]);

/** Does something and waits for its answer; a form that it opens is shown by its title, and stays. */
async function answered(
  story: Story,
  by: string,
  what: string,
  act: () => Promise<Answer>,
  home = false,
): Promise<Done> {
  const { workspace } = story;
  const id = story.idOf(by);
  const seen = workspace.seenBy(id).length;
  const mark = markOf(story, id, home);
  // Nobody does two things in the same moment, and `last` could not tell them apart.
  await story.clock.forward(MOMENT_MS);
  const { status, error } = await act();
  if (status !== 200) throw new Error(`${what}: HTTP ${status} ${error ?? ''}`);
  await eventually(() => markOf(story, id, home) !== mark, `an answer to ${what}`, WITHIN_MS);
  await story.settle();
  const form = workspace.viewOf(id);
  const said = workspace.seenBy(id).slice(seen).map(story.seen);
  return { what, said: [...said, ...(form ? [`form: ${form.title}`] : [])] };
}

/** Most of what there is to do wants an incident that is open. */
async function keepOpen(story: Story): Promise<void> {
  const [row] = await story.sql<{ status: string }[]>`
    select status from incident where number = 1 and not drill`;
  if (!SHUT.includes(row?.status ?? '')) return;
  await story.type('ana', '/incident 1 reopen for what comes next');
}

async function putAway(story: Story, by: string): Promise<void> {
  const id = story.idOf(by);
  if (story.workspace.viewOf(id) !== undefined) await story.workspace.dismiss(id);
}

const inhabited = (example: string): string =>
  Object.entries(NAMED).reduce((line, [token, name]) => line.replace(token, name), example);

/** Every command that the manifest has, with every verb: alone, and as its example has it. */
export async function everyCommand(story: Story): Promise<Done[]> {
  const done: Done[] = [];
  const slash = appManifest({ type: 'socket' }).features?.slash_commands ?? [];
  const lines = slash.flatMap(({ command }) => [
    command,
    ...COMMANDS.flatMap(({ name, example }) =>
      [...new Set([name, inhabited(example)])].map((line) => `${command} ${line}`),
    ),
  ]);
  for (const line of lines) {
    await keepOpen(story);
    const type = () => story.workspace.type(story.idOf('ana'), story.channel().id, line);
    done.push(await answered(story, 'ana', line, type));
    await putAway(story, 'ana');
  }
  return done;
}

/** Sends the form that is open, and again where it shows first what it will do. */
async function sends(
  story: Story,
  what: string,
  values: Readonly<Record<string, Entered>>,
): Promise<Done> {
  const { workspace } = story;
  const id = story.idOf('ana');
  // A form that was opened nowhere is answered directly.
  const [seen, told] = [workspace.seenBy(id).length, workspace.directMessages(id).length];
  const news = () => [
    ...workspace.seenBy(id).slice(seen).map(story.seen),
    ...workspace.directMessages(id).slice(told).map(story.seen),
  ];
  for (const entered of [values, {}]) {
    const { response } = await workspace.submit(id, entered);
    if (response?.errors) throw new Error(`${what}: ${JSON.stringify(response.errors)}`);
    if (workspace.viewOf(id) === undefined) break;
  }
  await eventually(() => news().length > 0, `an answer to ${what}`, WITHIN_MS);
  await story.settle();
  return { what, said: news() };
}

/** Every form that there is, opened by its command and sent. */
export async function everyForm(story: Story): Promise<Done[]> {
  const done: Done[] = [];
  for (const [name, { line, values }] of Object.entries(FILLED)) {
    await keepOpen(story);
    const open = () =>
      story.workspace.type(story.idOf('ana'), story.channel().id, `/incident ${line}`);
    done.push(await answered(story, 'ana', `open ${name}`, open));
    done.push(await sends(story, `send ${name}`, values));
  }
  return done;
}

/** Every shortcut of the manifest, each with what its form then needs. */
export async function everyShortcut(story: Story): Promise<Done[]> {
  const done: Done[] = [];
  await keepOpen(story);
  const ana = story.idOf('ana');
  for (const { callback_id: id, type } of appManifest({ type: 'socket' }).features?.shortcuts ??
    []) {
    const on =
      type === 'message'
        ? await story.workspace.say('U0BO', story.channel().id, `said for ${id}`)
        : undefined;
    const use = () => story.workspace.shortcut(ana, id, on);
    done.push(await answered(story, 'ana', `shortcut ${id}`, use));
    const asksTitle = JSON.stringify(story.workspace.viewOf(ana)?.blocks).includes('"title"');
    const title = { title: `Declared by ${id}` };
    done.push(await sends(story, `send ${id}`, asksTitle ? title : {}));
  }
  return done;
}

interface Press {
  readonly by: string;
  readonly on: Message | Reply | View;
  readonly id: string;
  readonly entered?: string;
  /** What tells one button from another: its command, without what is only about this moment. */
  readonly shape: string;
}

const shapeOf = (command: string): string =>
  command
    .replaceAll(/\b(?=\w*\d)[\w.:-]{8,}/g, '…')
    .replaceAll(/\d+/g, 'N')
    .split(' ', 3)
    .join(' ');

function pressesOn(by: string, on: Message | Reply | View): Press[] {
  const where = 'rootId' in on ? 'home' : 'via' in on ? 'whisper' : 'message';
  return controlsIn(on.blocks).flatMap(({ element }) => {
    const id = String(element.action_id);
    const options = (element.options ?? []) as Json[];
    const commands = options.map(({ value }) => String(value));
    // Of a menu one item will do, unless each is another thing to do.
    const chosen = element.type === 'overflow' ? commands : commands.slice(0, 1);
    const one = (command: string, entered?: string): Press => ({
      ...{ by, on, id, shape: `${String(element.type)} ${where}: ${shapeOf(command)}` },
      ...(entered === undefined ? {} : { entered }),
    });
    return element.type === 'button'
      ? [one(String(element.value))]
      : chosen.map((command) => one(command, command));
  });
}

/** Everything that can be pressed now, wherever Muster has written it. */
function pressable({ workspace, idOf }: Story): Press[] {
  const shared = [...workspace.channels.values()].filter(({ kind }) => kind !== 'im');
  return [
    ...shared.flatMap(({ messages }) => messages.flatMap((one) => pressesOn('ana', one))),
    ...['ana', 'bo', 'max', 'ada'].flatMap((by) => {
      const home = workspace.homeOf(idOf(by));
      const told = [...workspace.seenBy(idOf(by)), ...workspace.directMessages(idOf(by))];
      return [...told, ...(home ? [home] : [])].flatMap((one) => pressesOn(by, one));
    }),
  ];
}

/** Presses every button, and chooses from every menu, that is shown anywhere; those of the answers too. */
export async function everyButton(story: Story): Promise<Done[]> {
  const done: Done[] = [];
  const pressed = new Set<string>();
  for (const by of ['ana', 'ada']) {
    const open = () => story.workspace.openHome(story.idOf(by)).then((one) => one ?? never('Home'));
    done.push(await answered(story, by, `Home of ${by}`, open, true));
  }
  for (;;) {
    await keepOpen(story);
    const [next] = pressable(story)
      .filter(({ shape }) => !pressed.has(shape))
      .toSorted((a, b) => (a.shape < b.shape ? -1 : 1));
    if (next === undefined) return done;
    const { by, on, id, entered, shape } = next;
    pressed.add(shape);
    if (pressed.size > MOST_PRESSES) throw new Error([...pressed].join('\n'));
    const press = () => story.workspace.click(story.idOf(by), on, id, entered);
    done.push(await answered(story, by, shape, press, 'rootId' in on));
    await putAway(story, by);
  }
}

function never(what: string): never {
  throw new Error(`${what}: nobody was told`);
}
