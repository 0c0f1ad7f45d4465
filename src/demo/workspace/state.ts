import type { Json } from './limits/rules.ts';
import { BOT_EVENTS, BOT_SCOPES } from './scopes.ts';
import { refuse } from './slack-error.ts';
import type {
  Broadcast,
  Call,
  Channel,
  ChannelSeed,
  Delivery,
  Fault,
  Message,
  Reply,
  UploadedFile,
  UserGroupSeed,
  UserSeed,
  View,
  Violation,
  WorkspaceOptions,
} from './types.ts';

/** A trigger id: good for three seconds and one use. */
export interface Trigger {
  readonly user: string;
  readonly at: number;
  used: boolean;
}

/** A response URL: good for thirty minutes and five uses. */
export interface ResponseUrl {
  readonly user: string;
  readonly channel: string;
  readonly at: number;
  uses: number;
  /** The message that was clicked, which a reply may replace or delete. */
  readonly original: Message | Reply | undefined;
}

/**
 * Everything that the simulated workspace knows.
 *
 * A small store of its own rather than `emulate`'s: that one ignores history bounds, takes unknown
 * tokens for administrators, knows neither user groups nor canvases and lets every Block Kit limit
 * pass, so nearly every answer would have to be taken back. A test holds the two side by side.
 */
export interface State {
  readonly options: WorkspaceOptions;
  readonly team: { readonly id: string; readonly name: string; readonly domain: string };
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly appId: string;
  readonly botId: string;
  readonly botUserId: string;
  readonly scopes: Set<string>;
  readonly events: ReadonlySet<string>;
  readonly users: Map<string, UserSeed & { bot?: boolean }>;
  readonly userGroups: Map<string, UserGroupSeed>;
  readonly channels: Map<string, Channel>;
  readonly files: UploadedFile[];
  readonly pendingFiles: Map<string, UploadedFile>;
  readonly canvases: Map<string, { id: string; markdown: string }>;
  readonly modals: Map<string, View[]>;
  readonly homes: Map<string, View>;
  readonly triggers: Map<string, Trigger>;
  readonly responseUrls: Map<string, ResponseUrl>;
  readonly replies: Reply[];
  /** Everything shown to one person only, in order, whichever way it came. */
  readonly whispers: Reply[];
  readonly calls: Call[];
  readonly violations: Violation[];
  readonly broadcasts: Broadcast[];
  readonly faults: Fault[];
  readonly deliveries: Delivery[];
  readonly echoes: Delivery[];
  readonly postTimes: Map<string, number[]>;
  readonly now: () => number;
  /** Tells the app of something, where it has subscribed to that; set once there is a way to it. */
  tell: (subscription: string, event: Json, channel: Channel) => void;
  /** The organisation that has installed Muster for all its workspaces; null where it has not. */
  enterprise: string | null;
  /** Where the front listens; known once it does. */
  baseUrl: string;
  lastTs: number;
  lastId: number;
}

/** A new id of Slack's form, such as `C0000000A1`. */
export function nextId(state: State, prefix: string): string {
  state.lastId += 1;
  return `${prefix}${state.lastId.toString(36).toUpperCase().padStart(9, '0')}`;
}

/** A new message timestamp: unique and never going backwards, whatever the clock does. */
export function nextTs(state: State): string {
  state.lastTs = Math.max(Math.floor(state.now() * 1000), state.lastTs + 1);
  return `${Math.floor(state.lastTs / 1e6)}.${String(state.lastTs % 1e6).padStart(6, '0')}`;
}

/** Writes down a broken rule. */
export function recordViolation(state: State, method: string, rule: string, reason: string): void {
  state.violations.push({ at: Date.now(), method, rule, reason });
}

/** A channel by id or by name (`incidents` or `#incidents`). */
export function findChannel(state: State, idOrName: string): Channel | undefined {
  const name = idOrName.replace(/^#/, '');
  return (
    state.channels.get(idOrName) ??
    [...state.channels.values()].find((channel) => channel.name === name)
  );
}

/** The direct conversation between the bot and these people, opened when there is none yet. */
export function directChannel(state: State, people: readonly string[]): Channel {
  const members = [state.botUserId, ...people].sort();
  const kind = people.length > 1 ? 'mpim' : 'im';
  const same = [...state.channels.values()].find(
    (channel) => channel.kind === kind && channel.members.join() === members.join(),
  );
  if (same) return same;
  const id = nextId(state, kind === 'im' ? 'D' : 'G');
  return addChannel(state, { id, name: '', kind, creator: state.botUserId, members });
}

/** Adds a conversation to the workspace. */
export function addChannel(
  state: State,
  seed: Pick<Channel, 'id' | 'name' | 'kind' | 'creator' | 'members'>,
): Channel {
  const channel: Channel = {
    ...seed,
    created: Math.floor(state.now() / 1000),
    topic: '',
    purpose: '',
    pins: [],
    bookmarks: [],
    archived: false,
    deleted: false,
    canvas: undefined,
    messages: [],
  };
  state.channels.set(channel.id, channel);
  return channel;
}

/** The message with this timestamp, or Slack's `message_not_found`. */
export function messageAt(channel: Channel, ts: string): Message {
  const message = channel.messages.find((candidate) => candidate.ts === ts);
  if (!message) throw refuse('message_not_found');
  return message;
}

function seedChannel(state: State, seed: ChannelSeed): void {
  const everybody = [...state.users.values()].filter(
    (user) => !(user.guest || user.team || user.bot || user.deleted),
  );
  const members = [...(seed.members ?? everybody.map((user) => user.id))];
  if (seed.bot && !members.includes(state.botUserId)) members.push(state.botUserId);
  const kind = seed.private ? 'private' : 'public';
  addChannel(state, { id: seed.id, name: seed.name, kind, creator: members[0] ?? 'U0', members });
}

/** The workspace before anything happened. */
export function createState(options: WorkspaceOptions): State {
  const team = options.team ?? { id: 'T0MUSTER' };
  const botUserId = options.botUserId ?? 'U0MUSTER';
  const state: State = {
    options,
    team: { id: team.id, name: team.name ?? 'Muster Demo', domain: team.domain ?? 'muster-demo' },
    botToken: options.botToken ?? 'xoxb-muster-demo',
    appToken: options.appToken ?? 'xapp-muster-demo',
    signingSecret: options.signingSecret ?? 'muster-demo-signing-secret',
    appId: options.appId ?? 'A0MUSTER',
    botId: 'B0MUSTER',
    botUserId,
    scopes: new Set(options.scopes ?? BOT_SCOPES),
    events: new Set(options.events ?? BOT_EVENTS),
    // What is done to somebody here is done to nobody elsewhere.
    users: new Map((options.users ?? []).map((user) => [user.id, { ...user }])),
    userGroups: new Map((options.userGroups ?? []).map((group) => [group.id, group])),
    channels: new Map(),
    files: [],
    pendingFiles: new Map(),
    canvases: new Map(),
    modals: new Map(),
    homes: new Map(),
    triggers: new Map(),
    responseUrls: new Map(),
    replies: [],
    whispers: [],
    calls: [],
    violations: [],
    broadcasts: [],
    faults: [],
    deliveries: [],
    echoes: [],
    postTimes: new Map(),
    now: options.now ?? Date.now,
    tell: () => undefined,
    enterprise: null,
    baseUrl: '',
    lastTs: 0,
    lastId: 0,
  };
  state.users.set(botUserId, { id: botUserId, name: 'muster', realName: 'Muster', bot: true });
  for (const seed of options.channels ?? []) seedChannel(state, seed);
  return state;
}
