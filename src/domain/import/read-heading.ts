import { offsetIn } from '../instant.ts';
import { type Day, isoDay, plusDays } from '../time/dates.ts';
import { dayAt, showings } from '../time/wall.ts';
import { resolveZone } from '../time/zones.ts';
import { answered } from './asking.ts';
import { ALWAYS, AS_CHOSEN } from './clocked.ts';
import { comingWeekday, dateAlone, dayOf, daysOf, isHeading, zoneStated } from './heading.ts';
import type { Lines } from './lines.ts';
import { DATE, KEEP, type PastedLine, ZONE } from './pasted.ts';

/** A line that is a date, for those below. */
export function dateLine(lines: Lines, pasted: PastedLine): boolean {
  const date = dateAlone(pasted.text);
  if (date === null) return false;
  lines.finish();
  const { cursor } = lines;
  const days = date.kind === 'weekday' ? [] : daysOf(date, cursor.day);
  const counted = date.kind === 'counted' ? countedDays(lines, date.days) : [];
  const [sure] = counted;
  if (sure !== undefined && counted.length === 1) return beginDay(lines, pasted, isoDay(sure));
  const [only] = days;
  if (only !== undefined && days.length === 1 && date.kind !== 'ambiguous')
    return beginDay(lines, pasted, isoDay(only));
  const near = date.kind === 'weekday' ? [comingWeekday(date.weekday, cursor.day)] : days;
  const possible = [...counted, ...near];
  const offers = [
    ...possible.map((day) => ({
      value: `${DATE}${isoDay(day)}`,
      label: `The lines below are of ${isoDay(day)}`,
    })),
    ...ALWAYS,
  ];
  const answer = answered(lines, pasted, 'Which day do the lines below belong to?', offers);
  return answer === null || beginDay(lines, pasted, answer.slice(DATE.length));
}

/** `Yesterday`, seen from today and from the day that was chosen: one where both are the same. */
function countedDays({ cursor, rows }: Lines, back: number): readonly Day[] {
  const { day, now, zone } = cursor;
  const copied = plusDays(dayAt(now, zone), back);
  const begun = rows.some(({ type }) => type === 'entry');
  if (isoDay(copied) === isoDay(day) && !begun) return [copied];
  const others = [copied, day].map((one) => [isoDay(one), one] as const);
  return [...new Map([...others, [isoDay(plusDays(day, back)), plusDays(day, back)]]).values()];
}

function beginDay(lines: Lines, { line, text }: PastedLine, iso: string): true {
  const day = dayOf(iso);
  if (day !== null) lines.move({ day, last: null });
  lines.rows.push({ type: 'aside', line, text, what: `the date of the lines below: ${iso}` });
  return true;
}

/** A heading that gives the zone of the lines below. */
export function zoneLine(lines: Lines, pasted: PastedLine): boolean {
  const stated = isHeading(pasted) ? zoneStated(pasted.text) : null;
  if (stated === null) return false;
  const { day, zone } = lines.cursor;
  const plan = resolveZone(stated, zone);
  if (!plan.ok && plan.refusal.code === 'unknown-zone') return false;
  lines.finish();
  const { line, text } = pasted;
  const [noon = 0] = showings(
    { day, time: { hour: 12, minute: 0, second: 0, millisecond: 0 } },
    zone,
  ).at;
  if (plan.ok && offsetIn(noon, plan.value.zone) === offsetIn(noon, zone)) {
    lines.rows.push({
      type: 'aside',
      line,
      text,
      what: `a heading; ${stated} is the zone chosen above`,
    });
    return true;
  }
  const zones = plan.ok
    ? [{ value: `${ZONE}${stated}`, label: `The lines below are in ${stated}` }]
    : plan.refusal.offers.map(({ label, typed }) => ({ value: `${ZONE}${typed}`, label }));
  const reason = `The heading says ${stated}, which is not ${zone}. Which zone are the lines below in?`;
  const offers = [...zones, { ...AS_CHOSEN, label: `They are in ${zone}, as chosen above` }];
  const answer = answered(lines, pasted, reason, offers);
  if (answer === null) return true;
  const taken = answer === KEEP ? null : resolveZone(answer.slice(ZONE.length), zone);
  if (taken?.ok) lines.move({ zone: taken.value.zone });
  lines.rows.push({
    type: 'aside',
    line,
    text,
    what: `a heading; times below are in ${taken?.ok ? stated : zone}`,
  });
  return true;
}
