import type { Entry } from '../entry.ts';
import type { Instant, Zone } from '../instant.ts';
import type { Settings } from '../settings.ts';
import type { Line } from '../text.ts';
import { isZone, sameZone } from '../time/zone-names.ts';
import type { Metric, Question } from './draft.ts';
import type { Outside } from './outward.ts';
import { dated, everywhere } from './phrases.ts';
import type { Telling } from './telling.ts';

/** What a section may look at. */
export interface Context {
  /** The one that happened first comes first. */
  readonly tellings: readonly Telling[];
  /** The incident that the report is of: its people wrote the texts, and its header says how it stands. */
  readonly lead: Telling | undefined;
  readonly several: boolean;
  readonly settings: Settings;
  /** The first one leads; UTC is always among them. */
  readonly zones: readonly Zone[];
  readonly version: number;
  readonly now: Instant;
  readonly metrics: readonly Metric[];
  readonly questions: readonly Question[];
  /** What people typed, fit for readers outside. */
  readonly outside: Outside;
}

/** The zones a draft shows: those set for the incident, else the configured ones, and UTC. */
export function zonesOf(tellings: readonly Telling[], settings: Settings): readonly Zone[] {
  const typed = tellings
    .flatMap(({ record }) => (record.incident.header.zones ?? '').split(/[,;]/))
    .map((zone) => zone.trim())
    .filter((zone) => zone !== '' && isZone(zone));
  const wanted = typed.length > 0 ? typed : settings.zones.filter(isZone);
  const zones = [...wanted, 'UTC'].map((zone) => (sameZone(zone, 'UTC') ? 'UTC' : zone));
  const once = zones.filter(
    (zone, place) => zones.findIndex((other) => sameZone(other, zone)) === place,
  );
  return once.slice(0, 6);
}

/** Where a statement comes from, after the statement: ` [#12]`. */
export const from = (
  { several }: Pick<Context, 'several'>,
  { name }: Pick<Telling, 'name'>,
  ...entries: readonly number[]
): string => {
  const prefix = several ? `${name} ` : '';
  const numbers = [...new Set(entries)].map((no) => `#${no}`);
  return numbers.length === 0 ? '' : ` [${prefix}${numbers.join(', ')}]`;
};

/** What somebody recorded, exactly, with its source. */
export const stated = (context: Pick<Context, 'several'>, telling: Telling, entry: Entry): Line => [
  `${entry.text}${from(context, telling, entry.no)}`,
];

/** An instant in all zones. */
export const whenShown = ({ zones }: Pick<Context, 'zones'>, at: Instant): string =>
  everywhere(at, zones);

/** An instant in the leading zone. */
export const leadTime = ({ zones }: Pick<Context, 'zones'>, at: Instant): string =>
  dated(at, zones[0] ?? 'UTC');
