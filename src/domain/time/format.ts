import { DAY, HOUR, type Instant, inZone, MINUTE, type Zone } from '../instant.ts';
import { offsetFigures, zoneAbbreviation } from './zone-names.ts';
import { resolveZone } from './zones.ts';

/** `auto` adds the date only when it is not the reference's date in that zone. */
export interface FormatOptions {
  readonly date: boolean | 'auto';
  readonly reference: Instant;
}

/** `14:49 UTC`, `7 May 20:19 IST`, `7 May 2025 14:49 UTC`: the year only when it differs. */
export function formatIn(instant: Instant, zone: Zone, { date, reference }: FormatOptions): string {
  const there = inZone(instant, zone);
  const then = inZone(reference, zone);
  const clock = `${there.toFormat('HH:mm')} ${zoneAbbreviation(instant, zone)}`;
  const sameYear = there.year === then.year;
  const sameDay = sameYear && there.ordinal === then.ordinal;
  if (date === false || (date === 'auto' && sameDay)) return clock;
  return `${there.toFormat(sameYear ? 'd LLL' : 'd LLL yyyy')} ${clock}`;
}

/** `02:30`. */
export function clockIn(instant: Instant, zone: Zone): string {
  return inZone(instant, zone).toFormat('HH:mm');
}

/** `01:30 BST`, so that it is read back as this instant; with the offset where a name would not be. */
export function writtenIn(instant: Instant, zone: Zone): string {
  const there = inZone(instant, zone);
  const name = zoneAbbreviation(instant, zone);
  const plan = resolveZone(name, zone);
  const fits = plan.ok && inZone(instant, plan.value.zone).offset === there.offset;
  const fixed = fits && !/^[A-Z]T$|^AET$/.test(name);
  return `${there.toFormat('HH:mm')} ${fixed ? name : `UTC${offsetFigures(there.offset)}`}`;
}

/** `16 min`, `18 h 46 min`, `3 days 2 h`: the two largest units. */
export function formatLength(ms: number): string {
  const minutes = Math.floor(Math.abs(ms) / MINUTE);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor((minutes * MINUTE) / HOUR);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  const days = Math.floor((hours * HOUR) / DAY);
  return hours % 24 === 0 || days >= 14 ? `${days} days` : `${days} days ${hours % 24} h`;
}
