import { DateTime } from 'luxon';
import type { Instant } from '../../../src/domain/instant.ts';
import { type Reading, readTime, type TimeContext } from '../../../src/domain/time/read.ts';

/** The instant of an ISO text. */
export const at = (iso: string): Instant => DateTime.fromISO(iso, { zone: 'utc' }).toMillis();

/** What was read, as ISO in UTC, or the code of the refusal. */
export function outcome(typed: string, context: TimeContext): string {
  const read = readTime(typed, context);
  return read.ok ? utc(read.value.at) : read.refusal.code;
}

export const utc = (instant: Instant): string =>
  DateTime.fromMillis(instant).toUTC().toFormat("yyyy-MM-dd'T'HH:mm'Z'");

/** The reading, which the test expects to be one. */
export function reading(typed: string, context: TimeContext): Reading {
  const read = readTime(typed, context);
  if (!read.ok) throw new Error(`${typed}: ${read.refusal.reason}`);
  return read.value;
}

/** What was refused, which the test expects to be. */
export function refusal(typed: string, context: TimeContext) {
  const read = readTime(typed, context);
  if (read.ok) throw new Error(`${typed} was read as ${utc(read.value.at)}`);
  return read.refusal;
}
