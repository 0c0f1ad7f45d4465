import type { Entry } from '../entry.ts';
import { brief, quoted } from './phrases.ts';
import { found, type Telling } from './telling.ts';

/** A rule that finds a contradiction or a gap in one incident's record. */
export interface Check {
  readonly id: string;
  readonly title: string;
  /** `report` holds all incidents of the report, this one among them. */
  readonly find: (telling: Telling, report: readonly Telling[]) => readonly Finding[];
}

/** What a check found: what is asked, where it comes from, and what to type to settle it. */
export interface Finding {
  readonly text: string;
  readonly entries: readonly number[];
  /** After `/incident <n> `. */
  readonly settle: string;
  /** Where the record may be what is wrong: what to type to correct it instead. */
  readonly otherwise?: string;
}

/** An entry as a question names it: `#12 “Rolled back…”`. */
export const cited = ({ no, text }: Entry, limit = 110): string =>
  `#${no} ${quoted(brief(text, limit))}`;

/** Everything people wrote as a finding, apart from actions, fields and published figures. */
export const prose = (telling: Telling): readonly Entry[] =>
  (['effect', 'cause', 'fix', 'workaround', 'lesson'] as const).flatMap((type) =>
    found(telling, type),
  );

/** Whether a person wrote the text, and not Muster. */
export const isTyped = ({ author, source }: Entry): boolean =>
  author !== null && source !== 'system';

/** Everything a person wrote that tells what happened: findings and lines of the timeline, once each. */
export function told(telling: Telling): readonly Entry[] {
  const lines = telling.timeline.filter(isTyped);
  const rest = prose(telling).filter(({ at }) => at === null);
  return [...lines, ...rest];
}
