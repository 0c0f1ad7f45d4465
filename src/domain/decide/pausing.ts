import { type Incident, isOver } from '../incident.ts';
import type { Settings } from '../settings.ts';
import type { Line } from '../text.ts';
import { deadline, naturalBasis, severityOf } from '../timers/index.ts';
import { paceOf } from '../timers/paced.ts';
import type { TimerName } from '../timers/timer.ts';
import { settlePings } from './announcing.ts';
import { type Change, patch } from './change.ts';
import { timersAfter } from './outlook.ts';
import type { Context } from './rule.ts';
import { putOffBy } from './snoozing.ts';
import { by, inWords, joined, TIMER_NAMES } from './wording.ts';

/** What stands still while an incident is being monitored, where its severity wants that. */
const PAUSED = ['update', 'mitigate', 'resolve'] as const satisfies readonly TimerName[];

const shouldPause = (incident: Incident, settings: Settings): boolean =>
  incident.status === 'monitoring' &&
  severityOf(incident, settings)?.pausesWhileMonitoring === true;

/**
 * Stops or starts the clocks that stand still while the incident is being monitored, after its status
 * or its severity changed; says which.
 */
export function keepPause(change: Change, context: Context): readonly Line[] {
  const { incident } = change;
  const pauses = shouldPause(incident, context.world.settings);
  if (pauses === (incident.pausedAt !== null)) return [];
  return pauses ? pause(change, context) : goOn(change, context);
}

function pause(change: Change, context: Context): readonly Line[] {
  const running = timersAfter(change, context).filter(({ state }) => state === 'pending');
  const names = PAUSED.filter((name) => running.some((timer) => timer.name === name));
  patch(change, { pausedAt: context.world.now });
  if (names.length === 0) return [];
  settlePings(change, ['Paused: it is being monitored.'], names);
  return [
    [`Paused while it is being monitored: ${names.map((name) => TIMER_NAMES[name]).join(', ')}.`],
  ];
}

/** What was left of *mitigate* and *resolve* is left still; the next update counts from now. */
function goOn(change: Change, context: Context): readonly Line[] {
  const { now, settings } = context.world;
  const since = change.incident.pausedAt ?? now;
  patch(change, { pausedAt: null });
  if (isOver(change.incident)) return [];
  const paused = (now - since) * paceOf(change.incident, settings);
  for (const name of ['mitigate', 'resolve'] as const) {
    const basis = naturalBasis(name, change.incident, settings);
    if (basis !== null) putOffBy(change, name, { basis, ms: paused, snoozed: 0 });
  }
  const basis = naturalBasis('update', change.incident, settings);
  if (basis !== null) {
    const update = { basis, ms: 0, snoozed: 0, from: now };
    patch(change, { delays: { ...change.incident.delays, update } });
  }
  const clocks = timersAfter(change, context).filter(
    ({ name, state }) => state === 'pending' && PAUSED.some((one) => one === name),
  );
  const lines = clocks.map(
    (timer): Line => [
      `${TIMER_NAMES[timer.name]} `,
      ...by(deadline(timer, change.incident, settings), now),
    ],
  );
  if (lines.length === 0) return [];
  return [[`Going on after ${inWords(paused)}: `, ...joined(lines, '; '), '.']];
}
