import type { Instant, Zone } from '../instant.ts';
import type { Reading } from '../time/read.ts';
import type { Kind } from '../words.ts';

/** An answer that somebody can choose. */
export interface ImportOffer {
  /** A time as it could be typed, or one of the words that are answers. */
  readonly value: string;
  readonly label: string;
}

/** What has to be asked about a line; line 0 is all of them. */
export interface ImportQuestion {
  readonly line: number;
  readonly text: string;
  readonly reason: string;
  readonly offers: readonly ImportOffer[];
  /** As it was answered; null while it is open. */
  readonly answer: string | null;
}

/** A line that becomes an entry. */
export interface ImportEntry {
  readonly type: 'entry';
  readonly line: number;
  /** Null: no time is known. */
  readonly at: Instant | null;
  readonly zone: Zone;
  readonly reading: Reading | null;
  readonly text: string;
  readonly kinds: readonly Kind[];
  /** Kinds that the line states and nobody has tagged. */
  readonly proposed: readonly Kind[];
  /** What should be said about the reading. */
  readonly notes: readonly string[];
}

/** What becomes of one pasted line. */
export type ImportRow =
  | ImportEntry
  /** The end of the entry above, in the same line of text or in one of its own. */
  | {
      readonly type: 'joined';
      readonly line: number;
      readonly text: string;
      readonly by: ' ' | '\n';
    }
  /** A heading, a date or a zone for the lines below: no entry. */
  | { readonly type: 'aside'; readonly line: number; readonly text: string; readonly what: string }
  | { readonly type: 'left out'; readonly line: number; readonly text: string }
  | {
      readonly type: 'open';
      readonly line: number;
      readonly text: string;
      readonly reason: string;
    };

/** Pasted lines as they were understood. */
export interface ImportReading {
  readonly rows: readonly ImportRow[];
  /** Everything that was asked, answered or not. */
  readonly questions: readonly ImportQuestion[];
}
