import type { Screen } from './screen.ts';
import type { Stage } from './stage.ts';
import type { Channel, Message, Reply } from './workspace/index.ts';
import { type RenderOptions, renderMessage } from './workspace/render.ts';
import { wrap } from './workspace/terminal/measure.ts';

/** Shows what people see in Slack as it appears. */
export interface Watch {
  /** Prints everything that is new or was edited since the last time; whether there was anything. */
  show(): boolean;
  /** Forgets what is new without printing it. */
  skip(): void;
}

/** Something that was not there before, or looks different now. */
interface Sight {
  readonly where: string;
  readonly message: Message | Reply;
  readonly zone: string | undefined;
  /** How it looked before; null when it is new. */
  readonly before: readonly string[] | null;
  readonly now: readonly string[];
}

/** Of an edited message only what is new is shown, and not much of it. */
const EDITED_LINES = 2;
/** What changes by itself in a message, and what can be pressed, is no news. */
const NO_NEWS = /\(in \d|\(edited\)|\[ .+ \]/;

/** Watches a workspace for what Muster says: in channels, directly, and to one person alone. */
export function watchWorkspace(stage: Stage, screen: Screen): Watch {
  const looks = new Map<string, readonly string[]>();
  const whispered = new Map<string, number>();
  const sights = (): Sight[] => [
    ...said(stage, screen, looks),
    ...whispers(stage, screen, whispered),
  ];
  return {
    show() {
      const all = sights().sort((a, b) => Number(a.message.ts) - Number(b.message.ts));
      // An edit of the very same lines happens when only the time left was written anew.
      return all.map((sight) => print(screen, sight)).some((printed) => printed);
    },
    skip: () => void sights(),
  };
}

function drawn(stage: Stage, screen: Screen, message: Message | Reply, zone: string | undefined) {
  const { users, channels, userGroups } = stage.workspace;
  const options: RenderOptions = {
    width: screen.width - 2,
    color: screen.color,
    zone: zone ?? 'UTC',
    now: stage.now(),
    ...{ users, channels, userGroups },
  };
  return renderMessage(message, options).split('\n');
}

/** What stands in a message, apart from how it is drawn at this moment. */
const contentOf = ({ text, blocks, files }: Message): string =>
  JSON.stringify([text, blocks, files.map(({ id }) => id)]);

function said(stage: Stage, screen: Screen, looks: Map<string, readonly string[]>): Sight[] {
  const { workspace } = stage;
  return [...workspace.channels.values()].flatMap((channel) => {
    const { place, zone } = placeOf(stage, channel);
    return channel.messages.flatMap((message): Sight[] => {
      const key = `${channel.id} ${message.ts}`;
      const [content, ...before] = looks.get(key) ?? [];
      if (content === contentOf(message)) return [];
      const now = drawn(stage, screen, message, zone);
      looks.set(key, [contentOf(message), ...now]);
      const where = message.threadTs === undefined ? place : `${place}, in a thread`;
      return [{ where, message, zone, before: content === undefined ? null : before, now }];
    });
  });
}

/** A direct message is seen through the eyes of its reader. */
function placeOf({ workspace }: Stage, channel: Channel) {
  const [reader] = channel.members.filter((id) => id !== workspace.botUserId);
  const person =
    channel.kind === 'im' && reader !== undefined ? workspace.users.get(reader) : undefined;
  if (person === undefined) return { place: `#${channel.name}`, zone: undefined };
  return { place: `${nameOf(person)}, direct message`, zone: person.tz };
}

function whispers(stage: Stage, screen: Screen, counts: Map<string, number>): Sight[] {
  return [...stage.workspace.users.values()].flatMap((person) => {
    const all = stage.workspace.seenBy(person.id);
    const news = all.slice(counts.get(person.id) ?? 0);
    counts.set(person.id, all.length);
    return news.map((message) => ({
      where: `only ${nameOf(person)} sees this`,
      message,
      zone: person.tz,
      before: null,
      now: drawn(stage, screen, message, person.tz),
    }));
  });
}

const nameOf = ({ realName, name }: { realName?: string; name: string }): string =>
  realName ?? name;

function print(screen: Screen, { where, before, now }: Sight): boolean {
  if (before !== null) return printEdit(screen, where, before, now);
  screen.line(screen.pen(`┌ ${where}`, 'yellow'));
  for (const line of now) screen.line(`${screen.pen('│', 'yellow')} ${line}`.trimEnd());
  return true;
}

/** What stands side by side in a line. */
const cellsOf = (line: string): string[] => line.trim().split(/\s{2,}/);

function printEdit(
  screen: Screen,
  where: string,
  before: readonly string[],
  now: readonly string[],
): boolean {
  if (now.every((line) => before.includes(line) || NO_NEWS.test(line))) return false;
  const known = new Set(before.flatMap(cellsOf));
  // A fact that moved from one column to the other is no news.
  const news = now
    .map((line) => cellsOf(line).filter((cell) => !known.has(cell) && !NO_NEWS.test(cell)))
    .filter((cells) => cells.length > 0);
  const [, title = ''] = now;
  const [head = ''] = wrap(`✎ edited in ${where}: ${title.trim()}`, screen.width);
  screen.line(screen.pen(head, 'dim'));
  for (const cells of news.slice(0, EDITED_LINES)) {
    screen.line(screen.pen(`│   ${cells.join('  ')}`, 'dim'));
  }
  return true;
}
