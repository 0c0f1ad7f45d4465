import { type Instant, offsetIn, type Zone } from '../instant.ts';
import { ok, type Result } from '../result.ts';
import { refuseTime, type TimeRefusal } from './reading.ts';
import {
  fixedZone,
  offsetFigures,
  offsetName,
  sameZone,
  zoneAbbreviation,
  zoneNamed,
  zoneOfCity,
} from './zone-names.ts';
import { ABBREVIATIONS, type Meaning, US_REGIONS } from './zone-table.ts';

/** The zone a time was written in, with what must still hold at that instant. */
export interface ZonePlan {
  readonly zone: Zone;
  /** The abbreviation as typed; refused when its home is not on it that day. */
  readonly season: Season | null;
}

/** An abbreviation that is right for only part of the year. */
export interface Season {
  readonly name: string;
  readonly offset: number;
  readonly home: Zone;
}

const plan = (zone: Zone, season: Season | null = null): Result<ZonePlan, TimeRefusal> =>
  ok({ zone, season });

/** What the typed zone means to this reporter, who may have no zone of their own. */
export function resolveZone(typed: string, reporter: Zone | null): Result<ZonePlan, TimeRefusal> {
  const text = typed
    .replace(/[()[\]]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
  if (/^(?:my |local )?(?:local|time)(?: time)?$/i.test(text) && reporter !== null) {
    return plan(reporter);
  }
  const named = zoneNamed(text);
  if (named !== null) return plan(named);
  const offset = readOffset(text);
  if (offset !== null) return plan(fixedZone(offset));
  return resolveName(text, reporter);
}

const OFFSET =
  /^(?:(?:UTC|GMT) ?)?([+-]) ?(\d{1,2})(?::?([0-5]\d))?(?: ?(?:UTC|GMT|hours?|hrs?|h))?$/i;

/** Minutes east of UTC for `+05:30`, `GMT+3`, `+3 GMT`; null when no place is so far away. */
function readOffset(text: string): number | null {
  const [, sign, hours, minutes] = OFFSET.exec(text) ?? [];
  if (hours === undefined) return null;
  const size = Number(hours) * 60 + Number(minutes ?? 0);
  return size > 14 * 60 || size % 15 !== 0 ? null : sign === '-' ? 0 - size : size;
}

function resolveName(text: string, reporter: Zone | null): Result<ZonePlan, TimeRefusal> {
  const inUs = /^U\.?S\.?A?\.?[ -]/i.test(text);
  const name = text.replace(/^U\.?S\.?A?\.?[ -]/i, '');
  const upper = name.toUpperCase();
  const abbreviation = ABBREVIATIONS.get(upper);
  if (abbreviation !== undefined) return resolveAbbreviation(upper, reporter, inUs);
  const region = /^(\w+?)(?: (standard|daylight))?(?: time)?$/i.exec(name);
  const us = US_REGIONS.get(region?.[1]?.toUpperCase() ?? '');
  if (us !== undefined) return resolveRegion(us, region?.[1] ?? '', region?.[2]);
  const city = zoneOfCity(name.replace(/ time$/i, ''));
  return city === null ? refuseUnknown(text) : plan(city);
}

function resolveRegion(
  zone: Zone,
  region: string,
  half: string | undefined,
): Result<ZonePlan, TimeRefusal> {
  if (half === undefined) return plan(zone);
  const letter = region.slice(0, 1).toUpperCase();
  return resolveAbbreviation(`${letter}${half.slice(0, 1).toUpperCase()}T`, null, true);
}

function resolveAbbreviation(
  name: string,
  reporter: Zone | null,
  inUs: boolean,
): Result<ZonePlan, TimeRefusal> {
  const found = ABBREVIATIONS.get(name);
  if (found === undefined) return refuseUnknown(name);
  if (found.type === 'fixed') return plan(fixedZone(found.offset));
  if (found.type === 'seasonal') return plan(found.zone);
  if (found.type === 'in season') {
    const { offset } = found;
    const home = reporter !== null && uses(reporter, name, offset) ? reporter : found.home;
    return plan(fixedZone(offset), { name, offset, home });
  }
  // The first meaning is the American one wherever there is one.
  const american = found.meanings.find(({ homes }) => homes[0].startsWith('America/'));
  if (inUs && american !== undefined) {
    const home =
      reporter !== null && means(american, name, reporter) ? reporter : american.homes[0];
    return plan(fixedZone(american.offset), { name, offset: american.offset, home });
  }
  const meaning =
    reporter === null ? undefined : found.meanings.find((each) => means(each, name, reporter));
  if (meaning === undefined || reporter === null) return refuseShared(name, found.meanings);
  return plan(fixedZone(meaning.offset), { name, offset: meaning.offset, home: reporter });
}

function means(meaning: Meaning, name: string, reporter: Zone): boolean {
  return (
    meaning.homes.some((home) => sameZone(home, reporter)) || uses(reporter, name, meaning.offset)
  );
}

// Any winter and any summer: which half of the year it is does not matter here.
const HALVES: readonly Instant[] = [1_768_478_400_000, 1_784_116_800_000];

function uses(zone: Zone, name: string, offset: number): boolean {
  return HALVES.some(
    (instant) => offsetIn(instant, zone) === offset && zoneAbbreviation(instant, zone) === name,
  );
}

function refuseShared(
  name: string,
  meanings: readonly Meaning[],
): { ok: false; refusal: TimeRefusal } {
  const list = meanings.map(({ offset, homes }) => `UTC${offsetFigures(offset)} (${homes[0]})`);
  const reason = `${name} can mean ${list.join(', ')}: which one?`;
  const offers = meanings.map(({ offset, homes }) => ({
    label: `${homes[0].slice(homes[0].lastIndexOf('/') + 1).replaceAll('_', ' ')} (${offsetName(offset)})`,
    typed: `UTC${offsetFigures(offset)}`,
  }));
  return refuseTime('ambiguous-zone', reason, offers);
}

/** Refuses a zone that nobody has heard of. */
export function refuseUnknown(typed: string): { ok: false; refusal: TimeRefusal } {
  const reason = `I do not know the zone ${typed.slice(0, 40)}; use a city zone such as Europe/Berlin or an offset such as +02:00`;
  return refuseTime('unknown-zone', reason);
}

/** Whether the abbreviation's home is on it at that instant. */
export function inForce(season: Season, at: Instant): boolean {
  return offsetIn(at, season.home) === season.offset;
}

/** Says that an abbreviation is not in force, and what is instead. */
export function wrongSeason(season: Season, on: string, at: Instant): string {
  const actual = zoneAbbreviation(at, season.home);
  // Sydney is named as the example of its coast, the others as the reporter's own zone.
  return season.name.startsWith('AE')
    ? `${season.name} is not in force on ${on}: ${season.home} is on ${actual}`
    : `${season.name} is not in force on ${on} in ${season.home}: it is on ${actual}`;
}
