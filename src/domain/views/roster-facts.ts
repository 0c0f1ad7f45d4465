import { type Incident, isOver } from '../incident.ts';
import type { Instant } from '../instant.ts';
import { peopleOf } from '../schedules/on-call.ts';
import { type OnCallBy, onCallBy } from '../schedules/roster.ts';
import type { Override } from '../schedules/schedule.ts';
import { type Settings, type Target, targetName } from '../settings.ts';
import { distinct } from '../targets.ts';
import type { Line } from '../text.ts';
import { type NextPing, nextPing, policyOf } from '../timers/index.ts';
import type { Timer } from '../timers/timer.ts';
import { atName, dueAt, type Names, NOBODY_NEXT, quietName, whyNobody } from './phrases.ts';

/** What is known for naming people: whoever stands in, and what everybody is called. */
export interface Known {
  readonly overrides: readonly Override[];
  readonly names: Names;
}

export const NOBODY_KNOWN: Known = { overrides: [], names: {} };

/** Everybody whom the incident's policy may ping, as far as they have a target. */
const pinged = (incident: Incident, settings: Settings): readonly Target[] =>
  distinct((policyOf(incident, settings)?.levels ?? []).flatMap(({ notify }) => notify));

const schedulesIn = (targets: readonly Target[], { schedules }: Settings) =>
  targets.flatMap((target) => {
    const schedule = target.type === 'schedule' ? schedules[target.name] : undefined;
    return schedule === undefined ? [] : [schedule];
  });

/** The ids of everybody who may have to be named on the incident's card. */
export function idsToName(
  incident: Incident,
  settings: Settings,
  overrides: readonly Override[],
): readonly string[] {
  const targets = pinged(incident, settings);
  const direct = targets.flatMap((target) =>
    'id' in target && target.id !== null ? [target.id] : [],
  );
  const schedules = schedulesIn(targets, settings);
  const standIns = schedules.length === 0 ? [] : overrides.map(({ user }) => user);
  return [...new Set([...direct, ...schedules.flatMap(peopleOf), ...standIns])];
}

/** Who is on call for the incident and who is pinged next, named and never mentioned: a card pings nobody. */
export function rosterFacts(
  { incident, timers, asOf }: { incident: Incident; timers: readonly Timer[]; asOf: Instant },
  settings: Settings,
  known: Known,
): readonly { label: string; value: Line }[] {
  if (isOver(incident) || incident.recorded) return [];
  const schedules = schedulesIn(pinged(incident, settings), settings);
  const targets = schedules.map(({ name }) => ({ type: 'schedule', name }) as const);
  const now = onCallBy(targets, settings, known.overrides, asOf);
  const holders = schedules.flatMap(({ name }) => holder(name, now[name], known) ?? []);
  const next = nextPing(incident, timers, settings);
  return [
    ...(holders.length === 0 ? [] : [{ label: 'On call', value: [holders.join(', ')] }]),
    ...(next === null
      ? []
      : [
          {
            label: incident.drill ? 'Would be pinged next' : 'Next ping',
            value: nextValue(next, asOf, settings, known),
          },
        ]),
  ];
}

/** Null where their name is not known yet: that somebody is on call goes without saying. */
function holder(
  schedule: string,
  id: OnCallBy[string] | undefined,
  { names }: Known,
): string | null {
  if (typeof id !== 'string') return `nobody (${schedule})`;
  const name = names[id];
  return name === undefined ? null : `${atName(name)} (${schedule})`;
}

function nextValue(
  { who, at, level, held }: NextPing,
  asOf: Instant,
  settings: Settings,
  { names, overrides }: Known,
): Line {
  const onCall = onCallBy(who, settings, overrides, Math.max(at, asOf));
  const called = new Map(
    who.map((target) => [targetName(target), quietName(target, names, onCall)]),
  );
  const shown = who.length === 0 ? NOBODY_NEXT : [...called.values()].join(', ');
  return [`${shown}, `, ...dueAt(at, asOf, held), whyNobody(who, level)];
}
