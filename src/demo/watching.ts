import { newsOf, type Piece, piecesOf } from './edits.ts';
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
  /** What is new in it, where it was there before; null when all of it is. */
  readonly news: readonly string[] | null;
  readonly now: readonly string[];
}

/** Ana. */
const YOU = 'U0ANA';

/** How a message looked when it was last shown. */
interface Look {
  readonly content: string;
  readonly pieces: readonly Piece[];
}

/** Of an edited message only what is new is shown, and not much of it. */
const EDITED_LINES = 2;
/** Wider than any line: so none is broken. */
const UNBROKEN = 5000;

/** Watches a workspace for what Muster says: in channels, directly, and to one person alone. */
export function watchWorkspace(stage: Stage, screen: Screen): Watch {
  const looks = new Map<string, Look>();
  const whispered = new Map<string, number>();
  const sights = (): Sight[] => [
    ...said(stage, screen, looks),
    ...whispers(stage, screen, whispered),
  ];
  return {
    show() {
      const all = sights().sort((a, b) => Number(a.message.ts) - Number(b.message.ts));
      return all.map((sight) => print(screen, sight)).some((printed) => printed);
    },
    skip: () => void sights(),
  };
}

function drawn(
  stage: Stage,
  screen: Screen,
  message: Message | Reply,
  zone: string | undefined,
  width = screen.width - 2,
) {
  const { users, channels, userGroups } = stage.workspace;
  const options: RenderOptions = {
    width,
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

function said(stage: Stage, screen: Screen, looks: Map<string, Look>): Sight[] {
  const { workspace } = stage;
  return [...workspace.channels.values()].flatMap((channel) => {
    const { place, zone } = placeOf(stage, channel);
    return channel.messages.flatMap((message): Sight[] => {
      const key = `${channel.id} ${message.ts}`;
      const before = looks.get(key);
      const content = contentOf(message);
      if (before?.content === content) return [];
      const now = drawn(stage, screen, message, zone);
      const draw = (part: Message | Reply): string[] =>
        drawn(stage, screen, part, zone, UNBROKEN).slice(1);
      const pieces = piecesOf(message, draw);
      looks.set(key, { content, pieces });
      const news = before === undefined ? null : newsOf(before.pieces, pieces);
      const where = message.threadTs === undefined ? place : `${place}, in a thread`;
      return [{ where, message, zone, news, now }];
    });
  });
}

/** A direct message is seen through the eyes of its reader. */
function placeOf({ workspace }: Stage, channel: Channel) {
  const [reader] = channel.members.filter((id) => id !== workspace.botUserId);
  const person =
    channel.kind === 'im' && reader !== undefined ? workspace.users.get(reader) : undefined;
  // A channel is seen through the eyes of whoever sits here.
  if (person === undefined)
    return { place: `#${channel.name}`, zone: workspace.users.get(YOU)?.tz };
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
      news: null,
      now: drawn(stage, screen, message, person.tz),
    }));
  });
}

const nameOf = ({ realName, name }: { realName?: string; name: string }): string =>
  realName ?? name;

function print(screen: Screen, { where, news, now }: Sight): boolean {
  if (news !== null) return printEdit(screen, where, news, now);
  screen.line(screen.pen(`┌ ${where}`, 'yellow'));
  for (const line of now) screen.line(`${screen.pen('│', 'yellow')} ${line}`.trimEnd());
  return true;
}

/** An edit in which nothing is new to see happens when only the time left was written anew. */
function printEdit(
  screen: Screen,
  where: string,
  news: readonly string[],
  now: readonly string[],
): boolean {
  if (news.length === 0) return false;
  const [, title = ''] = now;
  const [head = ''] = wrap(`✎ edited in ${where}: ${title.trim()}`, screen.width);
  screen.line(screen.pen(head, 'dim'));
  for (const one of news.slice(0, EDITED_LINES)) {
    const [line = '', ...more] = wrap(one, screen.width - 4);
    screen.line(screen.pen(`│   ${line}${more.length > 0 ? '…' : ''}`, 'dim'));
  }
  return true;
}
