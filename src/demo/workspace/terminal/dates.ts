import { DateTime } from 'luxon';
import type { Reader } from './reader.ts';

function ordinal(day: number): string {
  const teen = day % 100 >= 11 && day % 100 <= 13;
  const ending = teen ? 'th' : (['th', 'st', 'nd', 'rd'][day % 10] ?? 'th');
  return `${day}${ending}`;
}

function nearDay(at: DateTime, now: DateTime): string | undefined {
  const days = Math.round(at.startOf('day').diff(now.startOf('day'), 'days').days);
  return { '-1': 'yesterday', '0': 'today', '1': 'tomorrow' }[String(days)];
}

const date = (at: DateTime) => `${at.toFormat('MMMM')} ${ordinal(at.day)}, ${at.year}`;
const short = (at: DateTime) => at.toFormat('MMM d, yyyy');
const weekday = (at: DateTime) => `${at.toFormat('EEEE')}, ${date(at)}`;

const TOKENS: Readonly<Record<string, (at: DateTime, now: DateTime) => string>> = {
  date_num: (at) => at.toFormat('yyyy-MM-dd'),
  date,
  date_short: short,
  date_long: weekday,
  date_pretty: (at, now) => nearDay(at, now) ?? date(at),
  date_short_pretty: (at, now) => nearDay(at, now) ?? short(at),
  date_long_pretty: (at, now) => nearDay(at, now) ?? weekday(at),
  time: (at) => at.toFormat('HH:mm'),
  time_secs: (at) => at.toFormat('HH:mm:ss'),
  ago: (at, now) => at.toRelative({ base: now }) ?? '',
};

/** A Slack date format at an instant (in seconds), as this reader's device shows it; the fallback when the format is strange. */
export function showDate(reader: Reader, seconds: number, format: string, fallback = ''): string {
  const zone = { zone: reader.zone, locale: 'en' };
  const at = DateTime.fromSeconds(seconds, zone);
  const now = DateTime.fromMillis(reader.now, zone);
  const names = [...format.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '');
  if (!at.isValid || names.some((name) => !TOKENS[name])) return fallback || format;
  return format.replace(/\{(\w+)\}/g, (_, name: string) => TOKENS[name]?.(at, now) ?? '');
}
