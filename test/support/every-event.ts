import type { Message } from '../../src/demo/workspace/index.ts';
import { PIN } from './pinning.ts';
import { eventually, type Story } from './story.ts';

/** The channels of incidents to which things are done by hand: some of these they do not survive. */
interface Rooms {
  readonly open: string;
  readonly closed: string;
  readonly openToo: string;
  readonly closedToo: string;
}

interface Room {
  readonly story: Story;
  readonly rooms: Rooms;
  readonly kept: Map<string, Message>;
}

type Happening = (room: Room) => Promise<unknown>;

/** Somebody says something, and it is put on the timeline. */
async function pinned({ story, kept }: Room, channel: string): Promise<void> {
  const message = await story.workspace.say('U0ANA', channel, 'the pool is full');
  kept.set(channel, message);
  await story.workspace.react('U0ANA', message, PIN);
}

const edited =
  (which: keyof Rooms): Happening =>
  async (room) => {
    const channel = room.rooms[which];
    if (!room.kept.has(channel)) await pinned(room, channel);
    await room.story.settle();
    const message = room.kept.get(channel);
    if (message) await room.story.workspace.edit(message, 'the pool was full');
  };

const inside =
  (which: keyof Rooms, act: (story: Story, channel: string) => Promise<unknown>): Happening =>
  ({ story, rooms }) =>
    act(story, rooms[which]);

const renamed = inside('open', ({ workspace }, channel) => workspace.rename(channel, 'by-hand'));
const archived = ({ workspace }: Story, channel: string) => workspace.archive('U0ANA', channel);
const opened = ({ workspace }: Story, channel: string) => workspace.unarchive('U0ANA', channel);
const threwOut = ({ workspace }: Story, channel: string) =>
  workspace.leave(workspace.botUserId, channel, 'U0ANA');
const deleted = ({ workspace }: Story, channel: string) => workspace.remove('U0ADA', channel);

/** What makes Slack tell of each event that the manifest subscribes to, in an order that works. */
export const HAPPENINGS: Readonly<Record<string, Happening>> = {
  reaction_added: (room) => pinned(room, room.rooms.open),
  'message.channels': edited('open'),
  'message.groups': edited('closed'),
  reaction_removed: async ({ story, rooms, kept }) => {
    const message = kept.get(rooms.open);
    if (message) await story.workspace.unreact('U0ANA', message, PIN);
  },
  member_joined_channel: inside('open', ({ workspace }, channel) =>
    workspace.join('U0CY', channel),
  ),
  member_left_channel: inside('closed', ({ workspace }, channel) =>
    workspace.leave('U0CY', channel),
  ),
  channel_rename: renamed,
  group_rename: inside('closed', ({ workspace }, channel) =>
    workspace.rename(channel, 'by-hand-too'),
  ),
  channel_archive: inside('open', archived),
  channel_unarchive: inside('open', opened),
  group_archive: inside('closed', archived),
  group_unarchive: inside('closed', opened),
  channel_left: inside('open', threwOut),
  group_left: inside('closed', threwOut),
  channel_deleted: inside('openToo', deleted),
  group_deleted: inside('closedToo', deleted),
  app_home_opened: ({ story }) => story.workspace.openHome('U0MAX'),
  tokens_revoked: ({ story }) =>
    story.workspace.event({ type: 'tokens_revoked', tokens: { oauth: [], bot: ['U0BOT'] } }),
  app_uninstalled: ({ story }) => story.workspace.event({ type: 'app_uninstalled' }),
};

/** One workspace by its own token has nothing to forget: these are for the log. */
const ONLY_LOGGED = ['tokens_revoked', 'app_uninstalled'];

interface Told {
  readonly event?: { readonly type?: string; readonly channel_type?: string };
}

/** The subscriptions of the events that were delivered. */
export const heard = ({ workspace }: Story): string[] =>
  workspace.deliveries
    .filter(({ kind }) => kind === 'event')
    .map(({ body }) => (JSON.parse(body) as Told).event)
    .map((event) =>
      event?.type === 'message' ? `message.${event.channel_type}s` : (event?.type ?? ''),
    );

/** What somebody sees of an event that is no entry; Home follows every other event, too. */
const SHOWN: Readonly<Record<string, string>> = {
  member_joined_channel: 'chat.postEphemeral',
  app_home_opened: 'views.publish',
};

/** What Muster has written down or shown of it: it differs as soon as it has done something. */
const trace = async ({ sql, workspace }: Story, event: string): Promise<string> =>
  JSON.stringify(
    SHOWN[event] === undefined
      ? await sql`select i.id, i.departed, e.no, e.text, e.struck from incident i
          join entry e on e.incident_id = i.id order by i.id, e.no`
      : workspace.calls.filter(({ method }) => method === SHOWN[event]).length,
  );

async function roomFor(story: Story, line: string): Promise<string> {
  const before = new Set(story.workspace.channels.keys());
  await story.opens('ana', line);
  const made = [...story.workspace.channels.values()].find(({ id }) => !before.has(id));
  if (!made) throw new Error(`${line}: no channel`);
  return made.id;
}

/** Everything that Slack can tell of, told; each of it does something. */
export async function everyEvent(story: Story): Promise<void> {
  const rooms = {
    open: await roomFor(story, 'sev2 The queue is long'),
    closed: await roomFor(story, 'sev2 private: The vault is open'),
    openToo: await roomFor(story, 'sev2 The disk is full'),
    closedToo: await roomFor(story, 'sev2 private: The key is lost'),
  };
  const room: Room = { story, rooms, kept: new Map() };
  for (const [event, happen] of Object.entries(HAPPENINGS)) {
    await story.settle();
    const before = await trace(story, event);
    const count = heard(story).length;
    await happen(room);
    if (!heard(story).slice(count).includes(event)) throw new Error(`${event} was not told`);
    if (ONLY_LOGGED.includes(event)) continue;
    await eventually(async () => (await trace(story, event)) !== before, `${event} does something`);
  }
  await story.settle();
}
