import type { Decided } from '../domain/archive.ts';
import type { Decision } from '../domain/decision.ts';
import type { Entry } from '../domain/entry.ts';
import type { Source } from '../domain/words.ts';

/** One decision with who made it, ready to be written. */
export interface Written {
  readonly decision: Decision;
  readonly actor: string | null;
  readonly source: Source;
  readonly action: Decided;
}

/** The entries that a decision adds or corrects, each once as it is in the end: an upsert may not touch a row twice. */
export const entriesOf = ({
  entries: added,
  revised,
}: Pick<Decision, 'entries' | 'revised'>): Entry[] => [
  ...new Map(
    [...added, ...revised.map(({ entry }) => entry)].map((entry) => [entry.no, entry]),
  ).values(),
];
