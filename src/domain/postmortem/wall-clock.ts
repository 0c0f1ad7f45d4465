import { DateTime } from 'luxon';
import { type Instant, inZone, MINUTE, type Zone } from '../instant.ts';

/** No zone has changed its clocks but at a full quarter of an hour since 1972. */
const QUARTER = 15 * MINUTE;

/** Date and clock of many instants in one zone: the zone's rules are asked once per quarter hour. */
export function wallClock(zone: Zone): (at: Instant) => { there: DateTime<true>; offset: number } {
  const offsets = new Map<number, number>();
  return (at) => {
    const quarter = Math.floor(at / QUARTER);
    const known = offsets.get(quarter);
    const offset = known ?? inZone(at, zone).offset;
    if (known === undefined) offsets.set(quarter, offset);
    const there = DateTime.fromMillis(at + offset * MINUTE, { zone: 'utc' });
    if (!there.isValid) throw new Error(`no such instant: ${at}`);
    return { there, offset };
  };
}

/** `09:05`. */
export const clockOf = ({ hour, minute }: DateTime<true>): string => `${two(hour)}:${two(minute)}`;

const two = (figure: number): string => String(figure).padStart(2, '0');
