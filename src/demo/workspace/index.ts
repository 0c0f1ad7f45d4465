import { deliver, post, type Reach, requestUrl } from './deliver.ts';
import { startFront } from './front.ts';
import { createGestures, type Gestures } from './gestures.ts';
import { createHappenings, type Happenings } from './happenings.ts';
import { eventPayload, issueTrigger } from './interactions.ts';
import type { Json } from './limits/rules.ts';
import { signatureHeaders } from './signing.ts';
import { attachSocketMode, type DisconnectReason, type SocketMode } from './socket-mode.ts';
import { createState, findChannel, type State } from './state.ts';
import type {
  Answer,
  Broadcast,
  Call,
  Channel,
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

export type { Entered } from './controls.ts';
export type { Submitted, Typed } from './gestures.ts';
export { BOT_EVENTS, BOT_SCOPES } from './scopes.ts';
export type * from './types.ts';

/** A simulated Slack workspace on 127.0.0.1: the Web API, response URLs, Socket Mode, and its people. */
export interface Workspace extends Gestures, Happenings {
  /** For `SLACK_API_URL`; ends in `/api/`. */
  readonly apiUrl: string;
  readonly botToken: string;
  readonly appToken: string;
  readonly signingSecret: string;
  readonly appId: string;
  readonly botUserId: string;
  readonly teamId: string;
  /** The organisation that has installed Muster for all its workspaces; null where it has not. */
  enterprise: string | null;
  /** The bot's scopes; take one away to see what happens. */
  readonly scopes: Set<string>;
  readonly users: ReadonlyMap<string, UserSeed>;
  readonly channels: ReadonlyMap<string, Channel>;
  readonly userGroups: ReadonlyMap<string, UserGroupSeed>;
  /** What came through response URLs, in order. */
  readonly replies: readonly Reply[];
  readonly files: readonly UploadedFile[];
  readonly calls: readonly Call[];
  /** Every limit or rule that was broken; tests expect none. */
  readonly violations: Violation[];
  /** Every mention that notified more than the people it named. */
  readonly broadcasts: Broadcast[];
  readonly faults: Fault[];
  /** What the workspace sent to Muster, to be replayed byte for byte. */
  readonly deliveries: readonly Delivery[];
  /** Events about what Muster's own calls did: whom it invited, what it archived. */
  readonly echoes: readonly Delivery[];
  /** Whether Muster is connected by Socket Mode. */
  readonly socketConnected: boolean;

  /** Says where Muster listens: `http://127.0.0.1:3000/slack/events`. */
  connect(requestUrl: string): void;
  /** Sends any event, signed; `retry` marks it as Slack's n-th repetition. */
  event(event: Json, options?: { retry?: number; eventId?: string }): Promise<Answer>;
  /** Sends these bytes with these headers and nothing else; for hostile requests and replays. */
  rawRequest(request: Pick<Delivery, 'body' | 'headers'>): Promise<Answer>;
  /** Headers that sign a body, at a time in milliseconds. */
  sign(body: string, at?: number): Record<string, string>;
  /** A trigger id of something that this person just did. */
  trigger(userId: string): string;
  /** A conversation by id or name, as it is now. */
  channel(idOrName: string): Channel | undefined;
  /** What the bot wrote to somebody directly. */
  directMessages(userId: string): Message[];
  /** Everything that only this person saw, in order: acknowledgements, replies, ephemeral messages. */
  seenBy(userId: string): Reply[];
  /** The modal that is open for somebody. */
  viewOf(userId: string): View | undefined;
  /** Somebody's Home tab. */
  homeOf(userId: string): View | undefined;
  /** A channel's canvas as Markdown. */
  canvas(idOrName: string): string | undefined;
  /** Tells Muster to reconnect its socket, as Slack does every few hours. */
  disconnectSocket(reason?: DisconnectReason): void;
  /** What may befall a connection of Socket Mode. */
  readonly socket: Pick<SocketMode, 'freeze' | 'refuse' | 'loseAcks'>;
  /** Stops listening and drops every connection. */
  close(): Promise<void>;
}

function identity(state: State) {
  const { botToken, appToken, signingSecret, appId, botUserId } = state;
  const { scopes, users, channels, userGroups } = state;
  return {
    apiUrl: `${state.baseUrl}/api/`,
    teamId: state.team.id,
    ...{ botToken, appToken, signingSecret, appId, botUserId },
    ...{ scopes, users, channels, userGroups },
  };
}

function records(state: State) {
  const { replies, files, calls, violations, broadcasts, faults, deliveries, echoes } = state;
  return { replies, files, calls, violations, broadcasts, faults, deliveries, echoes };
}

function reading(state: State) {
  return {
    channel: (idOrName: string) => findChannel(state, idOrName),
    directMessages: (userId: string) =>
      [...state.channels.values()]
        .filter(({ kind, members }) => kind === 'im' && members.includes(userId))
        .flatMap(({ messages }) => messages.filter(({ user }) => user === state.botUserId)),
    seenBy: (userId: string) => state.whispers.filter(({ user }) => user === userId),
    viewOf: (userId: string) => state.modals.get(userId)?.at(-1),
    homeOf: (userId: string) => state.homes.get(userId),
    canvas: (idOrName: string) => findChannel(state, idOrName)?.canvas?.markdown,
    trigger: (userId: string) => issueTrigger(state, userId),
    sign: (body: string, at?: number) => signatureHeaders(state.signingSecret, body, at),
  };
}

/** How each workspace reaches Muster, for those that share a connection. */
const reaches = new WeakMap<object, Reach>();

/** Starts a workspace; it lives in this process and is reached over HTTP like Slack itself. */
export async function startWorkspace(options: WorkspaceOptions = {}): Promise<Workspace> {
  const state = createState(options);
  const server = await startFront(state);
  const shared = options.socketOf === undefined ? undefined : reaches.get(options.socketOf);
  const socket = shared?.socket ?? attachSocketMode(server, state);
  const reach: Reach = { requestUrl: undefined, socket };
  const workspace: Workspace = {
    ...identity(state),
    ...records(state),
    ...reading(state),
    ...createGestures(state, reach),
    ...createHappenings(state, reach),
    get enterprise() {
      return state.enterprise;
    },
    set enterprise(id) {
      state.enterprise = id;
    },
    get socketConnected() {
      return reach.socket.connected();
    },
    connect: (url) => {
      reach.requestUrl = url;
    },
    event: (event, { retry, eventId } = {}) =>
      deliver(state, reach, { kind: 'event', payload: eventPayload(state, event, eventId), retry }),
    rawRequest: (request) => post(requestUrl(reach), request, state.options.ackTimeoutMs ?? 3000),
    socket: reach.socket,
    disconnectSocket: (reason = 'refresh_requested') => reach.socket.disconnect(reason),
    close: async () => {
      reach.socket.close();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
  reaches.set(workspace, reach);
  return workspace;
}
