import { unmistakable } from '../decide/times.ts';
import { HOUR, type Instant, type Zone } from '../instant.ts';
import { type Day, isoDay, plusDays } from '../time/dates.ts';
import { fold } from '../time/fold.ts';
import { formatIn } from '../time/format.ts';
import { type Reading, readTime, type TimeRefusal } from '../time/read.ts';
import { type Form, scanForm } from '../time/scan.ts';
import { dayAt } from '../time/wall.ts';
import { resolveZone } from '../time/zones.ts';
import { comingWeekday, nearestYear } from './heading.ts';
import { KEEP, LEFT_OUT, UNTIMED } from './pasted.ts';
import type { ImportOffer } from './row.ts';

/** Where reading has come to: times without a date are read on from here. */
export interface Cursor {
  /** The day that stands for lines without one, in `zone`. */
  readonly day: Day;
  readonly zone: Zone;
  /** The last time that was read; null where a date has begun anew. */
  readonly last: Instant | null;
  readonly now: Instant;
}

/** A time that was read, or why it has to be asked about. */
export type Clocked =
  | { readonly type: 'read'; readonly reading: Reading; readonly notes: readonly string[] }
  | { readonly type: 'ask'; readonly reason: string; readonly offers: readonly ImportOffer[] };

const LONGEST_VALUE = 75;

const ask = (reason: string, offers: readonly ImportOffer[] = []): Clocked => ({
  type: 'ask',
  reason,
  offers: offers.filter(({ value }) => value.length <= LONGEST_VALUE),
});

/** Reads the time of one line: with its own date, else on the cursor's day or the one after. */
export function readClocked(typed: string, cursor: Cursor): Clocked {
  const text = fold(typed).text.trim();
  const form = scanForm(text, 0, 'whole');
  if (form === null || form.offset !== null || form.now)
    return ask(
      `“${typed.trim()}” counts from the moment it was written. Choose, or write the time.`,
    );
  if (form.range !== null) return refused(form, typed, cursor);
  switch (form.date?.kind) {
    case undefined:
      return onDay(typed, form, cursor);
    case 'yearless':
      return dated(withDate(form, text, nearestYear(form.date, cursor.day)), typed, cursor);
    case 'weekday':
      return weekdayAsked(form, form.date.weekday, text, cursor);
    case 'counted':
      return ask(`“${form.date.typed}” counts from the day it was written. Write the date.`);
    default:
      return dated(typed, typed, cursor);
  }
}

const contextOf = ({ now, zone }: Cursor) => ({ now, zone });

/** The same time with another way of saying the day. */
function withDate({ date }: Form, text: string, day: Day): string {
  const rest = text.replace(date?.typed ?? '', '').replace(/^[\s,]*(?:at )?|[\s,]+$/gi, '');
  return `${isoDay(day)} ${rest.replace(/,? on(?= |$)/i, '')}`;
}

function dated(written: string, typed: string, cursor: Cursor): Clocked {
  const read = readTime(written, contextOf(cursor));
  if (!read.ok) return askWhy(read.refusal, cursor);
  return {
    type: 'read',
    reading: { ...read.value, typed: typed.trim() },
    notes: notesOf(read.value),
  };
}

/** What is to be seen of a reading besides its time. */
export function notesOf({ flags, restated = [] }: Reading): readonly string[] {
  const problems = restated.flatMap(({ problem }) => (problem === null ? [] : [problem]));
  return [...(flags.includes('approximate') ? ['approximate'] : []), ...problems];
}

function askWhy({ reason, offers }: TimeRefusal, cursor: Cursor): Clocked {
  const workable = offers.filter(({ typed }) => readTime(typed, contextOf(cursor)).ok);
  return ask(
    reason,
    workable.map(({ label, typed }) => ({ value: typed, label })),
  );
}

/** A range: which of its two times the line stands at. */
function refused(form: Form, typed: string, cursor: Cursor): Clocked {
  const { first = '', second = '' } = form.range ?? {};
  const offers = [first, second].flatMap((one) => {
    const read = onDay(one, scanForm(fold(one).text.trim(), 0, 'whole') ?? form, cursor);
    if (read.type === 'ask') return read.offers;
    return [offerOf(read.reading.at, cursor)];
  });
  const reason = `“${typed.trim()}” is two times. Choose one, or make two lines of it.`;
  return ask(reason, form.date === null ? offers : []);
}

/** An instant to choose, told in the zone of the import. */
export const offerOf = (at: Instant, { zone }: Pick<Cursor, 'zone'>): ImportOffer => ({
  value: unmistakable(at),
  label: formatIn(at, zone, { date: true, reference: at }),
});

/** A clock without a date. */
function onDay(typed: string, form: Form, cursor: Cursor): Clocked {
  const { last, zone } = cursor;
  const plan = form.zone === null ? null : resolveZone(form.zone, zone);
  const own = plan?.ok ? plan.value.zone : zone;
  // What a clock in another zone shows belongs to the day that it is there.
  const day = last === null ? cursor.day : dayAt(last, own);
  const here = readTime(`${isoDay(day)} ${typed.trim()}`, contextOf(cursor));
  if (!here.ok) return askWhy(here.refusal, cursor);
  const reading = { ...here.value, typed: typed.trim() };
  const notes = notesOf(here.value);
  if (last === null || reading.at >= last) return { type: 'read', reading, notes };
  const next = readTime(`${isoDay(plusDays(day, 1))} ${typed.trim()}`, contextOf(cursor));
  if (next.ok && next.value.at - last <= 12 * HOUR)
    return {
      type: 'read',
      reading: { ...next.value, typed: typed.trim() },
      notes: ['the day after the line above', ...notes],
    };
  const days = [reading.at, ...(next.ok ? [next.value.at] : [])];
  return ask(
    `${typed.trim()} is earlier than the line above. Which day?`,
    days.map((at) => offerOf(at, cursor)),
  );
}

function weekdayAsked(form: Form, weekday: number, text: string, cursor: Cursor): Clocked {
  const written = withDate(form, text, comingWeekday(weekday, cursor.day));
  const read = readTime(written, contextOf(cursor));
  return ask(
    `“${form.date?.typed ?? ''}” is no date. Which day?`,
    read.ok ? [offerOf(read.value.at, cursor)] : [],
  );
}

/** What any line can be answered with. */
export const ALWAYS: readonly ImportOffer[] = [
  { value: UNTIMED, label: 'Keep it, without a time' },
  { value: LEFT_OUT, label: 'Leave this line out' },
];

export const AS_CHOSEN: ImportOffer = { value: KEEP, label: 'As chosen above' };
