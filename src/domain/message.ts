import type { Instant } from './instant.ts';

/** A message of Slack's as the rules see it: its words as a reader reads them. */
export interface SlackMessage {
  readonly channel: string;
  /** What Slack calls it: its time, which no other message of the channel has. */
  readonly ts: string;
  /** The same time. */
  readonly at: Instant;
  /** Null for a system that has no account. */
  readonly author: string | null;
  /** The names of its files where it has no words. */
  readonly text: string;
  readonly files: readonly AttachedFile[];
  readonly link: string | null;
  /** Slack's time of its last edit; null for none. */
  readonly edited: string | null;
}

/** A message as a form that was filled with it comes back. */
export interface MessageInForm extends SlackMessage {
  /** What its field holds then: the message's own words, others, or none. */
  readonly words: string;
}

/** The message in Slack that an entry was taken from. */
export interface TakenFrom {
  readonly channel: string;
  /** What Slack calls it: its time, which no other message of the channel has. */
  readonly ts: string;
  /** Where it can be read; null where Slack did not say, and once it was deleted. */
  readonly link: string | null;
  /** What is attached to it. Muster copies no files. */
  readonly files: readonly AttachedFile[];
  /** Slack's time of the edit that the entry has followed; null for none. */
  readonly edited: string | null;
  /** Somebody put it in other words here: those stand, whatever becomes of the message. */
  readonly reworded?: true;
  /** An incident was declared from it: it is in no incident's channel, so it is neither marked nor followed. */
  readonly elsewhere?: true;
  /** It was deleted in Slack, or redacted here: the entry stands for itself. */
  readonly deleted?: true;
}

/** A file that is in Slack. */
export interface AttachedFile {
  readonly name: string;
  readonly link: string | null;
}

/** The channel of an incident that is open. */
export interface OpenChannel {
  readonly incident: string;
  readonly channel: string;
  readonly openedAt: Instant;
}

/** An entry that was taken from a message, as far as the message may have moved on. */
export interface Taken {
  /** Slack's time of the message. */
  readonly ts: string;
  /** Slack's time of the edit that it has followed; null for none. */
  readonly edited: string | null;
  /** Why it was struck; null while it stands. */
  readonly struckFor: string | null;
  /** It follows its message no more. */
  readonly deleted: boolean;
}
