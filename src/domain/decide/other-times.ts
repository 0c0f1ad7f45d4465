import type { Entry } from '../entry.ts';
import { HOUR, type Instant, inZone, MINUTE, type Zone } from '../instant.ts';
import type { Button } from '../text.ts';
import { formatIn } from '../time/format.ts';
import type { Change } from './change.ts';
import type { Context } from './rule.ts';
import { firstMoment, type When } from './times.ts';
import { button } from './wording.ts';

/** As far ahead as a clock may be: the reading of times takes no more either. */
const SKEW = 2 * MINUTE;
/** How long before its first moment something that belongs to an incident may have been. */
const LEAD = 12 * HOUR;
/** More buttons than this are no help to somebody in a hurry. */
const ZONES = 2;

/** The same figures on another day's or zone's clock, ready to be typed; null where no clock showed them. */
interface Other {
  readonly at: Instant;
  readonly zone: Zone;
  readonly typed: string;
}

function onAnotherDay(at: Instant, zone: Zone, days: number): Other | null {
  const here = inZone(at, zone);
  const there = here.plus({ days });
  return there.toFormat('HH:mm') === here.toFormat('HH:mm')
    ? { at: there.toMillis(), zone, typed: `${there.toFormat('yyyy-MM-dd HH:mm')} ${zone}` }
    : null;
}

function onAnotherClock(at: Instant, zone: Zone, other: Zone): Other | null {
  const here = inZone(at, zone).toFormat('yyyy-MM-dd HH:mm');
  const there = inZone(at, zone).setZone(other, { keepLocalTime: true });
  if (!there.isValid || there.toFormat('yyyy-MM-dd HH:mm') !== here) return null;
  return { at: there.toMillis(), zone: other, typed: `${here} ${other}` };
}

/**
 * Buttons for the day and the zone that nobody wrote and that were assumed: whoever meant another
 * one presses it.
 */
export function otherTimes(
  { incident }: Change,
  { world }: Context,
  { no }: Pick<Entry, 'no'>,
  when: When,
): Button[] {
  if (when.type !== 'at' || when.reading === null) return [];
  const { at, reading } = when;
  const { assumed = [], zone } = reading;
  const zones = assumed.includes('zone') ? [...new Set(['UTC', ...world.settings.zones])] : [];
  const days = assumed.includes('day') ? [-1, 1] : [];
  const hasCome = (other: Other | null): other is Other =>
    other !== null && other.at !== at && other.at <= world.now + SKEW;
  const first = firstMoment(incident);
  // A day long before anything happened is no help, unless the time itself is as long before.
  const earliest = first === null ? at : Math.min(at, first - LEAD);
  const near = (other: Other): boolean => other.at >= earliest;
  const others = [
    ...days
      .map((by) => onAnotherDay(at, zone, by))
      .filter(hasCome)
      .filter(near),
    ...zones
      .map((other) => onAnotherClock(at, zone, other))
      .filter(hasCome)
      .slice(0, ZONES),
  ];
  return others.map((other) => {
    const shown = formatIn(other.at, other.zone, { date: 'auto', reference: at });
    return button(incident, `I meant ${shown}`, `edit ${no} at ${other.typed}`);
  });
}
