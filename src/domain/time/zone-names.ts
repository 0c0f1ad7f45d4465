import { IANAZone } from 'luxon';
import { type Instant, inZone, MINUTE, type Zone } from '../instant.ts';
import { CITIES, LOCAL_NAMES } from './zone-table.ts';

const canonical = new Map<Zone, Zone>();

/** One spelling per zone, so that `Asia/Calcutta` and `Asia/Kolkata` are the same. */
export function canonicalZone(zone: Zone): Zone {
  const known = canonical.get(zone);
  if (known !== undefined) return known;
  const name = IANAZone.isValidZone(zone)
    ? new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone
    : zone;
  canonical.set(zone, name);
  return name;
}

/** Whether both names mean the same zone. */
export function sameZone(one: Zone, other: Zone): boolean {
  return canonicalZone(one) === canonicalZone(other);
}

/** Asking luxon builds a formatter each time; what people type must not fill the memory. */
const MOST_REMEMBERED = 2000;

/** Remembers answers by key, and forgets them all when there are too many. */
function remembered<T>(answers: Map<string, T>, key: string, ask: () => T): T {
  const known = answers.get(key);
  if (known !== undefined) return known;
  const answer = ask();
  if (answers.size >= MOST_REMEMBERED) answers.clear();
  answers.set(key, answer);
  return answer;
}

const valid = new Map<string, boolean>();

/** Whether the zone can be computed with: an IANA name, or fixed such as `UTC+3`. */
export const isZone = (zone: Zone): boolean =>
  /^UTC(?:[+-]\d{1,2}(?::\d{2})?)?$/.test(zone) ||
  remembered(valid, zone, () => IANAZone.isValidZone(zone));

const cased = new Map<string, Zone>();
const cities = new Map<string, Zone>();
for (const zone of Intl.supportedValuesOf('timeZone')) {
  cased.set(zone.toLowerCase(), zone);
  cities.set(
    zone
      .slice(zone.lastIndexOf('/') + 1)
      .replaceAll('_', ' ')
      .toLowerCase(),
    zone,
  );
}
for (const [zone, names] of CITIES) {
  cased.set(zone.toLowerCase(), zone);
  for (const name of names.split(',')) cities.set(name, zone);
}

/** The zone with this IANA name, in whatever case it was typed. */
export function zoneNamed(typed: string): Zone | null {
  const listed = cased.get(typed.toLowerCase());
  if (listed !== undefined) return listed;
  // Bare legacy names (`EST`, `CET`, `GB`) are abbreviations to people, and settled as such.
  if (!typed.includes('/') || !IANAZone.isValidZone(typed)) return null;
  const etc = /^etc\/(.+)$/i.exec(typed)?.[1];
  if (etc !== undefined) return `Etc/${etc.toUpperCase()}`;
  return typed
    .toLowerCase()
    .replace(/^us(?=\/)|(?:^|[/_-])[a-z]/g, (letters) => letters.toUpperCase());
}

/** The zone of a city: `Berlin`, `new york`. */
export function zoneOfCity(typed: string): Zone | null {
  return cities.get(typed.toLowerCase().replaceAll('_', ' ')) ?? null;
}

const localNames = new Map<Zone, Readonly<Record<string, string>>>();
for (const [zones, names] of LOCAL_NAMES) {
  for (const zone of zones.split(' ')) localNames.set(canonicalZone(zone), names);
}

/** `UTC+05:30`; `UTC` itself without figures. */
export function offsetName(minutes: number): string {
  if (minutes === 0) return 'UTC';
  return `UTC${offsetFigures(minutes)}`;
}

/** `+05:30`. */
export function offsetFigures(minutes: number): string {
  const size = Math.abs(minutes);
  const two = (figure: number): string => String(figure).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** A zone that is always so far from UTC, in luxon's spelling: `UTC+5:30`. */
export function fixedZone(minutes: number): Zone {
  if (minutes === 0) return 'UTC';
  const size = Math.abs(minutes);
  const rest = size % 60 === 0 ? '' : `:${String(size % 60).padStart(2, '0')}`;
  return `UTC${minutes < 0 ? '-' : '+'}${Math.floor(size / 60)}${rest}`;
}

const abbreviations = new Map<string, string>();
/** No zone changes its clock in between. */
const QUARTER_HOUR = 15 * MINUTE;

/** The abbreviation in force in the zone at that instant: `CEST` in summer, `UTC+04:30` in Kabul. */
export const zoneAbbreviation = (instant: Instant, zone: Zone): string =>
  remembered(abbreviations, `${zone} ${Math.floor(instant / QUARTER_HOUR)}`, () =>
    abbreviationThen(instant, zone),
  );

function abbreviationThen(instant: Instant, zone: Zone): string {
  const there = inZone(instant, zone);
  const local = localNames.get(canonicalZone(zone))?.[String(there.offset / 60)];
  if (local !== undefined) return local;
  // Each English knows its own region's names and gives the others as `GMT+1`.
  for (const locale of ['en-US', 'en-GB', 'en-AU']) {
    const name = there.setLocale(locale).toFormat('ZZZZ');
    if (/^[A-Z]{2,5}$/.test(name)) return name;
  }
  return offsetName(there.offset);
}
