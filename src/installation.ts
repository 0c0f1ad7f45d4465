import type { Instant } from './domain/instant.ts';

/** A key that tokens are encrypted with; what it has encrypted names it by its id. */
export interface EncryptionKey {
  readonly id: string;
  /** 32 bytes. */
  readonly key: Uint8Array;
}

/** What Slack lets us act with. */
export interface Tokens {
  readonly bot: string;
  /** For the next token, where the app has token rotation; used once. */
  readonly refresh: string | null;
  /** When the bot token ends, by the database's clock; null where it never does. */
  readonly expiresAt: Instant | null;
}

/** Why there are no tokens: Muster was removed, or they cannot be decrypted with any key. */
export type Untokened = 'removed' | 'sealed';

/** Muster as it is installed in one workspace, or for all of an organisation's. */
export interface Installation {
  /** Slack's id of the workspace (`T…`), or of the organisation (`E…`) where it is for all of it. */
  readonly id: string;
  /** Whether it is an organisation's: one token for many workspaces. */
  readonly isOrg: boolean;
  /** The organisation that the workspace belongs to, or itself; null where there is none. */
  readonly enterprise: string | null;
  readonly name: string;
  readonly appId: string;
  readonly botId: string;
  readonly botUserId: string;
  readonly scopes: readonly string[];
  /** The person who installed it. */
  readonly installedBy: string;
  readonly tokens: Tokens | null;
}

/** An installation as it is kept. */
export interface KeptInstallation extends Installation {
  /** Null while there are tokens. */
  readonly untokened: Untokened | null;
  readonly removedAt: Instant | null;
  /** In Slack's word, why the last refresh of the token failed; null when it did not. */
  readonly refreshFault: string | null;
}

/** Which organisation's installation serves a workspace. */
export interface OrgWorkspace {
  readonly workspace: string;
  readonly enterprise: string;
}

/** What became of an attempt to refresh a token. */
export type Refreshed =
  /** New, here or in another replica. */
  | { readonly type: 'fresh' }
  /** Another replica is at it. */
  | { readonly type: 'elsewhere' }
  /** Slack refused. */
  | { readonly type: 'refused'; readonly fault: string };

/** Where installations are kept. Every method fails with `StoreUnavailable` while the database is away. */
export interface Installations {
  /** All of them, removed ones too, and the workspaces of organisations that were seen. */
  all(): Promise<{
    readonly installations: readonly KeptInstallation[];
    readonly workspaces: readonly OrgWorkspace[];
    /** The database's clock. */
    readonly now: Instant;
  }>;
  /** Keeps it in place of an earlier one, and lets go what Slack's refusal of that one held back. */
  save(installation: Omit<Installation, 'tokens'>, tokens: Granted): Promise<void>;
  /** Remembers that this workspace is served by its organisation's installation, and lets go what waited for that. */
  join(workspace: string, enterprise: string): Promise<void>;
  /** Forgets that; false where it was another organisation's, or nobody's. */
  part(workspace: string, enterprise: string): Promise<boolean>;
  /** Wipes the tokens; the rest stays, so that what waits goes out when it is installed again. */
  remove(id: string, why: string): Promise<boolean>;
  /**
   * Refreshes the token by `renew`, if it ends within so many milliseconds and no other replica is
   * at it. `renew` is called outside of any transaction, with the refresh token.
   */
  refresh(
    id: string,
    withinMs: number,
    renew: (refresh: string) => Promise<Granted | { readonly fault: string }>,
  ): Promise<Refreshed>;
  /** Writes tokens of older keys anew with the newest; answers of how many. */
  reseal(): Promise<number>;
  /** Takes an installation away as if it had never been: for a purge, long after its removal. */
  forget(id: string): Promise<void>;
}

/** Tokens as Slack grants them: how long they last, not until when. */
export interface Granted {
  readonly bot: string;
  readonly refresh: string | null;
  readonly expiresInMs: number | null;
}

/** The installations that were finished: what a browser carried through one is good once. */
export interface InstallStates {
  /** Whether nobody has spent it before; kept for so long. */
  spend(digest: string, ms: number): Promise<boolean>;
}
