import { HOUR, type Instant, type Zone } from '../instant.ts';
import { ok, type Result, refuse } from '../result.ts';
import type { Day } from '../time/dates.ts';
import { formatIn } from '../time/format.ts';
import { showings } from '../time/wall.ts';
import { inForce, resolveZone, wrongSeason } from '../time/zones.ts';
import { itemsOf } from './copied.ts';
import { dayOf } from './heading.ts';
import { createLines, type Lines } from './lines.ts';
import { MOST_LINES, type Pasted } from './pasted.ts';
import { readItem } from './read-copied.ts';
import type { ImportReading, ImportRow } from './row.ts';

/** What must be known to read pasted lines. */
export interface ImportContext {
  readonly now: Instant;
  /** The first moment of the incident; lines far before it are asked about. */
  readonly first: Instant | null;
}

/** More than a day before anything else is a slip more often than a long story. */
const FAR = 24 * HOUR;

/** The instant of noon, by which it is told whether an abbreviation is right on a day. */
const noon = (day: Day, zone: Zone): Instant =>
  showings({ day, time: { hour: 12, minute: 0, second: 0, millisecond: 0 } }, zone).at[0] ?? 0;

/** The zone that was typed, as it is used on that day. */
export function importZone(typed: string, day: Day, own: Zone | null): Result<Zone> {
  const plan = resolveZone(typed, own);
  if (!plan.ok) return refuse(`${plan.refusal.reason}.`.replace(/([.?])\.$/, '$1'));
  const { zone, season } = plan.value;
  const at = noon(day, zone);
  if (season !== null && !inForce(season, at)) {
    const on = `${day.year}-${String(day.month).padStart(2, '0')}-${String(day.day).padStart(2, '0')}`;
    return refuse(`${wrongSeason(season, on, at)}.`);
  }
  return ok(zone);
}

/**
 * Reads pasted lines, one after another. What can be read two ways is asked about and not guessed;
 * the same lines with the same answers always come to the same.
 */
export function readImport(
  pasted: Pasted,
  own: Zone | null,
  context: ImportContext,
): Result<ImportReading> {
  const day = dayOf(pasted.date);
  if (day === null) return refuse('Choose the day of the first line.');
  const zone = importZone(pasted.zone, day, own);
  if (!zone.ok) return zone;
  if (pasted.lines.length > MOST_LINES) {
    return refuse(
      `These are ${pasted.lines.length} lines; at most ${MOST_LINES} go at once. Import the first ones, then the rest.`,
    );
  }
  const lines = createLines(pasted, { day, zone: zone.value, last: null, now: context.now });
  for (const item of itemsOf(pasted.lines, pasted.answers)) readItem(lines, item);
  lines.finish();
  askIfFar(lines, pasted, zone.value, context);
  return ok({ rows: lines.rows, questions: lines.questions });
}

const instantsOf = (rows: readonly ImportRow[]): Instant[] =>
  rows.flatMap((row) => (row.type === 'entry' && row.at !== null ? [row.at] : []));

function askIfFar(
  lines: Lines,
  { answers }: Pasted,
  zone: Zone,
  { now, first }: ImportContext,
): void {
  const times = instantsOf(lines.rows);
  const far = first === null ? [] : times.filter((at) => at < first - FAR);
  if (far.length === 0 || first === null) return;
  const show = (at: Instant): string => formatIn(at, zone, { date: true, reference: now });
  const which = far.length === 1 ? 'One line is' : `${far.length} lines are`;
  const reason = `${which} more than a day before anything else in this incident (${show(Math.min(...far))}; it began ${show(first)}). Is the date right?`;
  const answer = answers[0] === 'yes' ? 'yes' : null;
  const offers = [{ value: 'yes', label: 'Yes, the dates are right' }];
  lines.questions.unshift({ line: 0, text: 'All lines', reason, offers, answer });
}

/** Whether nothing is left to ask. */
export const isSettled = ({ questions }: ImportReading): boolean =>
  questions.every(({ answer }) => answer !== null);
