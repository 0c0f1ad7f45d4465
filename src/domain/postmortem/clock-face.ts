import type { Instant, Zone } from '../instant.ts';
import { zoneAbbreviation } from '../time/zone-names.ts';
import { clockOf, wallClock } from './wall-clock.ts';

/** How instants are printed in the rows of one table. */
export interface ClockFace {
  /** `7 May 2026 14:49 UTC`. */
  readonly leading: (at: Instant) => string;
  /** The other zones: `20:19 IST`, with the date where it differs from the leading one. */
  readonly beside: (at: Instant) => readonly string[];
  /** `Thursday, 7 May 2026`. */
  readonly day: (at: Instant) => string;
}

/** Prints instants of many rows; names of zones are looked up once per offset and month. */
export function clockFace([leading = 'UTC', ...others]: readonly Zone[]): ClockFace {
  const first = face(leading);
  const beside = others.map(face);
  return {
    leading: (at) => {
      const { date, year, clock } = first(at);
      return `${date} ${year} ${clock}`;
    },
    beside: (at) => {
      const here = first(at).date;
      return beside.map((there) => {
        const { date, clock } = there(at);
        return date === here ? clock : `${date} ${clock}`;
      });
    },
    day: (at) => {
      const { date, year, weekday } = first(at);
      return `${WEEKDAYS[weekday - 1]}, ${date} ${year}`;
    },
  };
}

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const WEEKDAYS = 'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ');

function face(zone: Zone) {
  const read = wallClock(zone);
  const names = new Map<string, string>();
  return (at: Instant) => {
    const { there, offset } = read(at);
    const { year, month, day, weekday } = there;
    const key = `${offset} ${year} ${month}`;
    const name = names.get(key) ?? zoneAbbreviation(at, zone);
    names.set(key, name);
    const date = `${day} ${MONTHS[month - 1]}`;
    return { year, weekday, date, clock: `${clockOf(there)} ${name}` };
  };
}
