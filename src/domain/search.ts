import type { Entry } from './entry.ts';
import type { Incident } from './incident.ts';
import type { Instant } from './instant.ts';
import type { Kind, Status } from './words.ts';

/** One word or phrase that is looked for. */
export interface Term {
  readonly text: string;
  /** In quotes: as it stands. Otherwise words that begin with it are found too. */
  readonly exact: boolean;
  /** What has it is left out. */
  readonly not: boolean;
  /** Either this one or the one before it. */
  readonly or: boolean;
}

/** What somebody looks for, as far as it can be read without a clock. */
export interface Search {
  readonly terms: readonly Term[];
  /** Any of these; empty for all. So are the statuses. */
  readonly severities: readonly string[];
  readonly statuses: readonly Status[];
  /** Entries that have all of these. */
  readonly kinds: readonly Kind[];
  /** A person: who wrote it, declared it or has a role in it. */
  readonly by: string | null;
  /** A day or a time, as typed. */
  readonly since: string | null;
  /** One incident, by its number. */
  readonly within: number | null;
  /** Drills number apart and are looked for apart. */
  readonly drills: boolean;
}

/** A search as the store is asked for it. */
export interface Query extends Omit<Search, 'since'> {
  readonly workspace: string;
  readonly viewer: string;
  /** The incident in whose channel it is asked: whoever types there sees it. */
  readonly here: string | null;
  readonly since: Instant | null;
  readonly limit: number;
  readonly offset: number;
}

/**
 * How many of the newest matches are ranked and can be paged through: ranking needs the words of each
 * entry, which the index has not.
 */
export const RANKED = 1000;

/** One incident or one entry that was found. */
export interface Hit {
  readonly incident: Pick<
    Incident,
    'number' | 'drill' | 'title' | 'severity' | 'status' | 'openedAt' | 'channel'
  >;
  /** Null where the incident itself was found. */
  readonly entry: Pick<Entry, 'no' | 'at' | 'text' | 'kinds' | 'author'> | null;
}

/** A page of what was found. */
export interface Found {
  readonly hits: readonly Hit[];
  readonly count: number;
  /** Whether anything that was typed is a word: `!!!` is none. */
  readonly hasWords: boolean;
  /** Where nothing was found: words of about that length in what the viewer may see. */
  readonly vocabulary: readonly string[];
}
