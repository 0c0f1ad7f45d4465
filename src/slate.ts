import type { Instant, Zone } from './domain/instant.ts';
import type { Line, Message } from './domain/text.ts';
import type { Source } from './domain/words.ts';

/** A line that somebody typed while the database was away. */
export interface TypedLine {
  readonly type: 'line';
  /** The key of the request: a line that was done after all is not done again. */
  readonly key: string;
  /** When it was received. */
  readonly at: Instant;
  readonly actor: string;
  readonly source: Source;
  /** Where it was typed, which need not be where it is kept. */
  readonly place: string;
  /** Exactly what was typed, without `/incident`. */
  readonly text: string;
  /** Whether it opens an incident, whose channel is the one that it is kept in. */
  readonly opens: boolean;
}

/** Clocks that a replica let fire while the database was away. */
export interface Escalation {
  readonly type: 'escalation';
  /** The same for every replica that lets the same clocks fire. */
  readonly key: string;
  readonly at: Instant;
  readonly incident: string;
  /** The process that wrote it. */
  readonly by: string;
}

export type Kept = TypedLine | Escalation;

/** What stands in Slack, with where. */
export interface Found {
  readonly kept: Kept;
  readonly channel: string;
  /** Its messages: a very long line has several. The first one tells which of two was earlier. */
  readonly posts: readonly string[];
  /** Imported, or settled otherwise. */
  readonly done: boolean;
}

/** A channel that Muster made. */
export interface OwnChannel {
  readonly id: string;
  readonly name: string;
  /** When it was made. */
  readonly created: Instant;
}

/**
 * Slack as the place where lines are kept while there is no database.
 *
 * Every method may fail as Slack does. What is found is only what our own bot has written: anybody
 * could give a message the same metadata.
 */
export interface Slate {
  /** Keeps something in a channel; `message` is what people see of it. */
  write(channel: string, message: Message, kept: Kept): Promise<void>;
  /** What was kept in a channel since then, oldest first. */
  since(channel: string, oldest: Instant): Promise<readonly Found[]>;
  /** Marks it as settled; `outcome` takes the place of its small print. */
  settle(found: Found, outcome: Line): Promise<void>;
  /** The channels that Muster is in and has made. */
  channels(): Promise<readonly OwnChannel[]>;
  /** Whether Muster made this channel. */
  isOurs(channel: string): Promise<boolean>;
  /** A channel by its id. */
  named(channel: string): Promise<OwnChannel>;
  /** Makes a channel and brings somebody in. */
  open(name: string, isPrivate: boolean, user: string): Promise<OwnChannel>;
  zoneOf(user: string): Promise<Zone | null>;
}
