import { DAY, inZone } from '../instant.ts';
import { ok, type Result } from '../result.ts';
import { scanLength } from '../time/duration.ts';
import { quote, refuseTime, type TimeRefusal } from '../time/reading.ts';
import { readSince, type SinceContext } from '../time/since.ts';
import { isZone } from '../time/zone-names.ts';
import type { Period } from './stats.ts';

/** What is counted when nobody says which period. */
const USUAL_DAYS = 90;
const EXAMPLES = ['30 days', 'last month', '2026-03', 'since 2026-01-01'];

const NAMED = /^(this|last) (week|month|quarter|year)$/i;
const CALENDAR = /^((?:19|20)\d{2})(?:-(?:(0[1-9]|1[0-2])|q([1-4])))?$/i;

/**
 * Reads a period: `30 days`, `last month`, `this year`, `2026-03`, `2026-Q1`, `2026`, `since Monday`,
 * `all`. Nothing means the last 90 days. It ends now at the latest. Weeks begin on Monday.
 */
export function readPeriod(typed: string, given: SinceContext): Result<Period, TimeRefusal> {
  const text = typed.trim().replaceAll(/\s+/g, ' ');
  const { now } = given;
  if (text === '') return ok({ from: now - USUAL_DAYS * DAY, to: now });
  if (text.length > 60) return refuseUnread(text.slice(0, 60));
  if (/^(all|ever|all time)$/i.test(text)) return ok({ from: 0, to: now });
  const calendar = named(text, given) ?? dated(text, given);
  if (calendar !== null) return begun(calendar, text, given);
  const [, amount = ''] = /^(?:(?:the )?(?:last|past) )?(.+)$/i.exec(text) ?? [];
  const length = scanLength(amount, 0);
  if (length !== null && length.end === amount.length && length.ms > 0) {
    return ok({ from: now - length.ms, to: now });
  }
  const [, since] = /^since (.+)$/i.exec(text) ?? [];
  if (since === undefined) return refuseUnread(text);
  const read = readSince(since, given);
  return read.ok ? ok({ from: read.value, to: now }) : read;
}

const zoneOf = ({ zone }: SinceContext): string => (zone !== null && isZone(zone) ? zone : 'UTC');

function named(text: string, given: SinceContext): Period | null {
  const [, which, unit] = NAMED.exec(text.toLowerCase()) ?? [];
  if (unit !== 'week' && unit !== 'month' && unit !== 'quarter' && unit !== 'year') return null;
  const current = inZone(given.now, zoneOf(given)).startOf(unit);
  const start = which === 'last' ? current.minus({ [unit]: 1 }) : current;
  return { from: start.toMillis(), to: start.plus({ [unit]: 1 }).toMillis() };
}

function dated(text: string, given: SinceContext): Period | null {
  const [, year, month, quarter] = CALENDAR.exec(text) ?? [];
  if (year === undefined) return null;
  const first = month ?? (quarter === undefined ? 1 : Number(quarter) * 3 - 2);
  const start = inZone(given.now, zoneOf(given))
    .set({ year: Number(year), month: Number(first), day: 1 })
    .startOf('day');
  const unit = month !== undefined ? 'month' : quarter !== undefined ? 'quarter' : 'year';
  return { from: start.toMillis(), to: start.plus({ [unit]: 1 }).toMillis() };
}

/** A period that has begun, up to now. */
function begun(
  { from, to }: Period,
  text: string,
  { now }: SinceContext,
): Result<Period, TimeRefusal> {
  if (from <= now) return ok({ from, to: Math.min(to, now) });
  return refuseTime('future', `${quote(text)} is still to come`, EXAMPLES);
}

const refuseUnread = (text: string): { ok: false; refusal: TimeRefusal } =>
  refuseTime('unreadable', `I cannot read which time ${quote(text)} is`, EXAMPLES);
