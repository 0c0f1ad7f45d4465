import type { Incident } from './incident.ts';

/** Which incident a line names. */
export type Address = Pick<Incident, 'number' | 'drill'>;

/** A line with the incident that it names, if it does. */
export interface Addressed {
  readonly address: Address | null;
  /** The name as it was typed, to be repeated: `INC-42`. Empty where there is none. */
  readonly typed: string;
  readonly rest: string;
  /** Whether `drill 3` was typed, which may as well be the verb and a severity. */
  readonly loose: boolean;
}

const NAME =
  /^(?:(?<drill>drill(?<gap>\s)?\s?[-–—‑#]?\s?)|inc\s?[-–—‑]?\s?|#)?(?<digits>\d{1,9})[:,]?(?=\s|$)/i;

/** Takes the name of an incident off the beginning of a line: `42`, `#42`, `INC-42`, `DRILL-3`. */
export function addressed(line: string): Addressed {
  const found = NAME.exec(line);
  const { digits, drill, gap } = found?.groups ?? {};
  if (found === null || digits === undefined)
    return { address: null, typed: '', rest: line, loose: false };
  return {
    address: { number: Number(digits), drill: drill !== undefined },
    typed: found[0],
    rest: line.slice(found[0].length).trim(),
    loose: gap !== undefined,
  };
}
