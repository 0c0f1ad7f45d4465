import { type DateText, type Day, exists, isoDay, plusDays, weekdayOf } from '../time/dates.ts';
import { fold } from '../time/fold.ts';
import { scanForm } from '../time/scan.ts';
import type { PastedLine } from './pasted.ts';

const TITLE = /^(?:incident )?time ?line\b[^.!?]{0,60}$/i;
const TABLE_HEAD = /^(?:date|time|timestamp|when)\b[^.!?\d]{0,60}$/i;
const LABEL = /^[^.!?\d]{1,60}:$/;
const RULE = /^[-=*_~|+: ]{3,}$/;
const ALL_TIMES = /^[(*_ ]*(?:all )?times (?:are |given |shown )*(?:in )?(.{1,40}?)[.)*_ ]*$/i;
const IN_BRACKETS = /\(([^()]{1,40})\)\s*:?$/;

/** Whether a line without a time only heads what follows. */
export const isHeading = ({ text, mark }: PastedLine): boolean =>
  mark === 'heading' || [TITLE, TABLE_HEAD, LABEL, RULE, ALL_TIMES].some((each) => each.test(text));

/** The zone that a heading gives for the lines below: `Timeline (+3 GMT)`, `All times in CET`. */
export function zoneStated(text: string): string | null {
  const found = ALL_TIMES.exec(text) ?? IN_BRACKETS.exec(text);
  const stated = found?.[1]?.replace(/^(?:all )?times (?:are )?(?:in )?/i, '').trim();
  return stated === undefined || stated === '' ? null : stated;
}

const NUMBERED = /^(?:incident|day|date|timeline|part)(?: #?\d{1,2})?[:,–-]? /i;
const WORD = /^(?:incident|day|date|timeline|part)[:,–-]? /i;

/** The date that a line is, with nothing beside it: `April 10, 2024`, `Incident #1 April 10, 2024`. */
export function dateAlone(text: string): DateText | null {
  for (const lead of [/^/, WORD, NUMBERED]) {
    if (!lead.test(text)) continue;
    const rest = fold(text.replace(lead, '')).text.trim().replace(/[:.]$/, '');
    const form = scanForm(rest, 0, 'whole');
    const alone = form !== null && form.end === rest.length && form.clock === null;
    if (alone && form.offset === null && !form.now && form.date !== null) return form.date;
  }
  return null;
}

/** The days that a date can be, seen from a day near it; several are to be asked about. */
export function daysOf(date: DateText, near: Day): readonly Day[] {
  if (date.kind === 'day') return exists(date.date) ? [date.date] : [];
  if (date.kind === 'ambiguous') return date.either.filter(exists);
  if (date.kind === 'yearless') return [nearestYear(date, near)].filter(exists);
  return [];
}

/** The year in which a day of the month is nearest to another day. */
export function nearestYear({ month, day }: Pick<Day, 'month' | 'day'>, near: Day): Day {
  const distance = (one: Day): number =>
    Math.abs((one.year - near.year) * 365 + (one.month - near.month) * 30.4 + (one.day - near.day));
  return [-1, 0, 1]
    .map((years) => ({ year: near.year + years, month, day }))
    .reduce((best, one) => (distance(one) < distance(best) ? one : best));
}

/** The next such weekday, that day included. */
export function comingWeekday(weekday: number, from: Day): Day {
  return plusDays(from, (weekday - weekdayOf(from) + 7) % 7);
}

/** `2026-05-07` as a day; null when it is none. */
export function dayOf(iso: string): Day | null {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(iso.trim()) ?? [];
  const read = { year: Number(year), month: Number(month), day: Number(day) };
  return exists(read) && isoDay(read) === iso.trim() ? read : null;
}
