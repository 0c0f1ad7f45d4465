import { DateTime, IANAZone } from 'luxon';

/** A point in time: milliseconds since the Unix epoch. The domain stores and compares only these. */
export type Instant = number;

/** An IANA zone such as `Europe/Amsterdam`. */
export type Zone = string;

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Offsets that are kept for one zone: two months of it, and then anew. */
const KEPT = 250;
/** No zone changes its offset twice within this. */
const STRETCH = 6 * HOUR;

/**
 * A zone that asks `Intl` about a stretch of time once: reading one typed clock asks for more than
 * a dozen offsets, each of which costs as much as everything else that a typed line takes.
 */
class SteadyZone extends IANAZone {
  readonly #offsets = new Map<number, number | null>();

  override offset(instant: number): number {
    return this.#throughout(Math.floor(instant / STRETCH)) ?? super.offset(instant);
  }

  /** The offset of a whole stretch; null when it changes in between. */
  #throughout(stretch: number): number | null {
    const known = this.#offsets.get(stretch);
    if (known !== undefined) return known;
    const first = super.offset(stretch * STRETCH);
    const offset = first === super.offset((stretch + 1) * STRETCH) ? first : null;
    if (this.#offsets.size >= KEPT) this.#offsets.clear();
    this.#offsets.set(stretch, offset);
    return offset;
  }
}

const steadyZones = new Map<Zone, SteadyZone | Zone>();

/** The zone as luxon is to use it. What is no name of the IANA database is left to luxon to refuse. */
function steady(zone: Zone): SteadyZone | Zone {
  const known = steadyZones.get(zone);
  if (known !== undefined) return known;
  const isNamed = zone.includes('/') && IANAZone.isValidZone(zone);
  if (!isNamed) return zone;
  const made = new SteadyZone(zone);
  steadyZones.set(zone, made);
  return made;
}

/** The instant as a date and clock in one zone; throws when the zone is unknown, which is a fault. */
export function inZone(instant: Instant, zone: Zone): DateTime<true> {
  const read = DateTime.fromMillis(instant, { zone: steady(zone), locale: 'en-GB' });
  if (!read.isValid) throw new Error(`no such zone or instant: ${zone} ${instant}`);
  return read;
}

/** By how many minutes clocks in the zone are ahead of UTC at that instant. */
export function offsetIn(instant: Instant, zone: Zone): number {
  const known = steady(zone);
  return typeof known === 'string' ? inZone(instant, zone).offset : known.offset(instant);
}

/** A clock alone says which day is meant only within the next half day. */
export const isAnotherDay = (at: Instant, now: Instant): boolean => Math.abs(at - now) > 12 * HOUR;
