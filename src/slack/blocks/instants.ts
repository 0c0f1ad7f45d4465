import { DateTime } from 'luxon';
import type { Instant } from '../../domain/instant.ts';
import type { Span } from '../../domain/text.ts';

type Style = Extract<Span, { type: 'instant' }>['style'];

/** How Slack is to show an instant, in the zone of whoever reads it. */
const FORMATS: Readonly<Record<Style, string>> = {
  clock: '{time}',
  full: '{date_short_pretty} {time}',
  ago: '{ago}',
};

/** An instant in UTC, with the zone named: what stands beside the reader's own time. */
export function inUtc(at: Instant, style: Style): string {
  const read = DateTime.fromMillis(at, { zone: 'utc', locale: 'en-GB' });
  if (!read.isValid) return 'a time out of range';
  return `${read.toFormat(style === 'clock' ? 'HH:mm' : 'yyyy-MM-dd HH:mm')} UTC`;
}

/** What Slack needs to show an instant, or null when it cannot (before 1970, out of range). */
export function slackDate(
  at: Instant,
  style: Style,
): { timestamp: number; format: string; fallback: string } | null {
  const timestamp = Math.floor(at / 1000);
  if (!(timestamp >= 0 && timestamp < 253_402_300_800)) return null;
  return { timestamp, format: FORMATS[style], fallback: inUtc(at, style) };
}
