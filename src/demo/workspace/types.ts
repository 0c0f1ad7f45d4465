import type { Json } from './limits/rules.ts';

/** A person who works in the simulated workspace. */
export interface UserSeed {
  readonly id: string;
  readonly name: string;
  readonly realName?: string;
  readonly tz?: string;
  readonly admin?: boolean;
  readonly guest?: boolean;
  /** The workspace of another organisation, whose member is here by a shared channel. */
  readonly team?: string;
  readonly deleted?: boolean;
}

/** A channel that exists before Muster arrives. */
export interface ChannelSeed {
  readonly id: string;
  readonly name: string;
  /** Who is in it; everybody but guests when absent. The bot is in it when listed here or when `bot` is true. */
  readonly members?: readonly string[];
  readonly private?: boolean;
  /** Whether Muster's bot has been invited already. */
  readonly bot?: boolean;
}

/** A user group that exists before Muster arrives. */
export interface UserGroupSeed {
  readonly id: string;
  readonly handle: string;
  readonly name?: string;
  readonly users: readonly string[];
}

/** What kind of workspace to simulate; everything has a default. */
export interface WorkspaceOptions {
  readonly users?: readonly UserSeed[];
  readonly channels?: readonly ChannelSeed[];
  readonly userGroups?: readonly UserGroupSeed[];
  readonly team?: { readonly id: string; readonly name?: string; readonly domain?: string };
  readonly botToken?: string;
  readonly appToken?: string;
  readonly signingSecret?: string;
  readonly appId?: string;
  readonly botUserId?: string;
  /** What the bot's token may do; `BOT_SCOPES` when absent. */
  readonly scopes?: readonly string[];
  /** How long every Web API answer takes. */
  readonly latencyMs?: number;
  /** Whether chat.postMessage is held to one a second per channel, with a small burst. */
  readonly rateLimits?: boolean;
  /** Whether the plan allows channel canvases. */
  readonly canvases?: boolean;
  /** Whether the app has a Home tab, as its manifest says; it has when absent. */
  readonly homeTab?: boolean;
  /** Which events the app subscribed to; `BOT_EVENTS` when absent. */
  readonly events?: readonly string[];
  /** How long Slack waits for an acknowledgement; 3,000 ms when absent. */
  readonly ackTimeoutMs?: number;
  /** The clock of messages and response URLs in milliseconds; signatures stay on real time. */
  readonly now?: () => number;
  /** Whose Socket Mode connection is used: an app has one for all workspaces that installed it. */
  readonly socketOf?: object;
  /** The port to listen on; a free one when absent. */
  readonly port?: number;
}

/** A file that was uploaded, with its bytes. */
export interface UploadedFile {
  readonly id: string;
  readonly name: string;
  readonly length: number;
  title: string;
  content: Buffer;
  /** Where it was shared; empty until the upload is completed. */
  channel: string;
  threadTs: string | undefined;
  user: string;
}

/** A message as it stands now. */
export interface Message {
  readonly channel: string;
  readonly ts: string;
  readonly user: string;
  /** Set when an app posted it. */
  readonly botId: string | undefined;
  text: string;
  blocks: Json[];
  metadata: Json | undefined;
  threadTs: string | undefined;
  edited: { user: string; ts: string } | undefined;
  files: UploadedFile[];
  reactions: { name: string; users: string[] }[];
  /** What is left of a deleted message that has replies. */
  readonly tombstone: boolean;
  /** The name of a system that has no account of its own. */
  readonly username: string | undefined;
  /** Also shown in the channel, though it is a thread reply. */
  readonly broadcast: boolean;
}

/** A channel, private channel or direct message. */
export interface Channel {
  readonly id: string;
  readonly creator: string;
  readonly created: number;
  kind: 'public' | 'private' | 'im' | 'mpim';
  name: string;
  topic: string;
  purpose: string;
  members: string[];
  pins: string[];
  bookmarks: { id: string; title: string; link: string; emoji: string | undefined }[];
  archived: boolean;
  /** Nobody finds it any more, the bot least of all. */
  deleted: boolean;
  canvas: { id: string; markdown: string } | undefined;
  messages: Message[];
}

/** What one person saw and nobody else: an acknowledgement body, a response_url reply, an ephemeral message. */
export interface Reply {
  readonly via: 'ack' | 'response_url' | 'ephemeral';
  readonly at: number;
  readonly user: string;
  readonly channel: string;
  readonly ts: string;
  readonly threadTs: string | undefined;
  readonly text: string;
  readonly blocks: Json[];
  readonly responseType: 'ephemeral' | 'in_channel';
  readonly replaceOriginal: boolean;
  readonly deleteOriginal: boolean;
  /** The body as Muster sent it. */
  readonly raw: Json;
}

/** A modal or Home tab as Slack keeps it. */
export interface View {
  readonly id: string;
  readonly rootId: string;
  readonly previousId: string | undefined;
  readonly user: string;
  readonly type: 'modal' | 'home';
  hash: string;
  title: string;
  submit: string | undefined;
  close: string | undefined;
  callbackId: string;
  externalId: string;
  privateMetadata: string;
  notifyOnClose: boolean;
  clearOnClose: boolean;
  blocks: Json[];
}

/** One call of the Web API. */
export interface Call {
  readonly at: number;
  readonly method: string;
  readonly args: Json;
  ok: boolean;
  error: string | undefined;
  /** The fault that was injected, when one was. */
  fault: string | undefined;
}

/** A limit or rule of Slack's that was broken; `rule` is Slack's error code where it has one. */
export interface Violation {
  readonly at: number;
  readonly method: string;
  readonly rule: string;
  readonly reason: string;
}

/** A mention that would have notified many people: `channel`, `here`, `everyone` or a user group id. */
export interface Broadcast {
  readonly at: number;
  readonly method: string;
  readonly channel: string;
  readonly ts: string;
  readonly range: string;
}

/** How a call can go wrong. `-after` means that the effect happens and only the answer is lost. */
export type FaultMode =
  | 'ok'
  | '429'
  | '500-before'
  | '500-after'
  | 'reset-before'
  | 'reset-after'
  | 'hang'
  | 'hang-after'
  | 'slow'
  | 'error';

/** A scripted misfortune of the Web API; `response_url` and `upload` are methods here too. */
export interface Fault {
  readonly method: RegExp;
  /** How often it strikes before it is spent. */
  times: number;
  readonly mode: FaultMode;
  /** Only calls for which this holds. */
  readonly match?: (args: Json) => boolean;
  /** Seconds, for `429`. */
  readonly retryAfter?: number;
  /** Slack's code, for `error`. */
  readonly error?: string;
  /** How long `hang`, `hang-after` and `slow` take; the first two then drop the connection. */
  readonly hangMs?: number;
  /** Called when it strikes; for `-after` modes, once the effect has happened. */
  readonly onHit?: () => void;
}

/** One request that the workspace sent to Muster, ready to be replayed byte for byte. */
export interface Delivery {
  readonly kind: 'command' | 'interaction' | 'event';
  readonly body: string;
  readonly headers: Record<string, string>;
}

/** How Muster answered; status 0 means that no answer came. */
export interface Answer {
  readonly status: number;
  readonly ms: number;
  /** The body, parsed when it is JSON; null when empty. */
  readonly body: unknown;
  /** Why there was no answer: `operation_timeout` or `dispatch_failed`. */
  readonly error: string | undefined;
}
