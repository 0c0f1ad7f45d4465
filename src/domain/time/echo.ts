import { type Instant, MINUTE, offsetIn, type Zone } from '../instant.ts';
import { formatIn, formatLength } from './format.ts';
import type { Reading } from './reading.ts';
import { isZone } from './zone-names.ts';

export { type FormatOptions, formatIn, formatLength } from './format.ts';
export { zoneAbbreviation } from './zone-names.ts';

/** A reading said back, so that a wrong zone or day is seen at once. */
export interface Echo {
  /** `14:49 UTC`, with the date when it is not today's in UTC. */
  readonly utc: string;
  /** `20:19 IST`; null when the reporter has no zone or it is UTC itself. */
  readonly local: string | null;
  /** In the zone it was typed in, when that is neither of the two: `08:30 UTC-03:00`. */
  readonly written: string | null;
  /** `16 min ago`. */
  readonly ago: string;
}

/** Says back how a time was understood. */
export function echoTime(
  reading: Pick<Reading, 'at' | 'zone'>,
  { now, zone }: { readonly now: Instant; readonly zone: Zone | null },
): Echo {
  const show = (there: Zone): string =>
    formatIn(reading.at, there, { date: 'auto', reference: now });
  const utc = show('UTC');
  const local = zone !== null && isZone(zone) ? show(zone) : null;
  const offset = (there: Zone): number => offsetIn(reading.at, there);
  const offsets = [0, ...(local === null || zone === null ? [] : [offset(zone)])];
  const written = offsets.includes(offset(reading.zone)) ? null : show(reading.zone);
  return { utc, local: local === utc ? null : local, written, ago: formatAgo(reading.at, now) };
}

/** `16 min ago`, `just now`, `in 1 min`. */
export function formatAgo(at: Instant, now: Instant): string {
  const distance = now - at;
  if (Math.abs(distance) < MINUTE) return 'just now';
  return distance > 0 ? `${formatLength(distance)} ago` : `in ${formatLength(distance)}`;
}
