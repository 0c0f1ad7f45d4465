import { type Incident, isOver } from '../incident.ts';
import type { Settings } from '../settings.ts';
import { bold, instant, type Line } from '../text.ts';
import { CLOCKS, courseOf, deadline, delayOf, ruleOf } from '../timers/index.ts';
import type { Timer } from '../timers/timer.ts';
import type { Change } from './change.ts';
import { nextLine, timersAfter } from './outlook.ts';
import type { Context } from './rule.ts';
import { by, inWords, TIMER_NAMES } from './wording.ts';

/** A clock before and after a change. */
interface Pair {
  readonly was: Timer | null;
  readonly is: Timer | null;
}

const ran = (timer: Timer | undefined): Timer | null => (timer?.state === 'pending' ? timer : null);

/**
 * What a change of severity did to every clock that ran or runs, a line each: when it is due now and
 * was before, what it was put off by, and who is pinged next.
 */
export function moved(change: Change, context: Context): readonly Line[] {
  const after = timersAfter(change, context);
  const before = change.snapshot.timers;
  return CLOCKS.flatMap((name): Line[] => {
    if (name === 'presence') return [];
    const pair = {
      was: ran(before.find((timer) => timer.name === name)),
      is: ran(after.find((timer) => timer.name === name)),
    };
    return name === 'policy' ? policyLine(change, context, pair) : clockLine(change, context, pair);
  });
}

function policyLine(change: Change, context: Context, { was, is }: Pair): Line[] {
  const name = bold(TIMER_NAMES.policy);
  if (is === null) return was === null ? [] : [[name, ' stops.']];
  const next = nextLine(change, context);
  if (was === is) return [[name, ' goes on as it was. ', ...next]];
  const anew = was === null || is.basis !== was.basis;
  return [[name, anew ? ' starts anew. ' : ' goes on by the new policy. ', ...next]];
}

function clockLine({ incident, snapshot }: Change, { world }: Context, pair: Pair): Line[] {
  const { was, is } = pair;
  const { now, settings } = world;
  const timer = is ?? was;
  if (timer === null) return [];
  const name = bold(TIMER_NAMES[timer.name]);
  if (is === null) return stoppedLine(incident, timer, settings);
  const at = deadline(is, incident, settings);
  const put = is.delay > 0 ? [`, put off by ${inWords(is.delay)}`] : [];
  const forgot = forgotten(snapshot.incident, was, is, settings);
  if (is.basis === now) {
    return [[name, ` starts anew: ${inWords(is.span)}, by `, instant(at), '.', ...forgot]];
  }
  const before = was === null ? null : deadline(was, snapshot.incident, settings);
  if (before === at) return [[name, ' stays: ', ...by(at, now), ...put, '.']];
  const instead: Line = before === null ? [] : [' instead of ', instant(before)];
  return [[name, ' ', ...by(at, now), ...instead, ...put, '.', ...forgot]];
}

/** A clock that has stopped, and why where that is not plain. */
function stoppedLine(incident: Incident, timer: Timer, settings: Settings): Line[] {
  const name = bold(TIMER_NAMES[timer.name]);
  const stands =
    incident.pausedAt !== null &&
    !isOver(incident) &&
    courseOf(ruleOf(timer.name), { ...incident, pausedAt: null }, settings) !== null;
  return [[name, stands ? ' stands still while it is being monitored.' : ' stops.']];
}

/** A clock that counts from another moment knows nothing of what it was put off by. */
function forgotten(before: Incident, was: Timer | null, is: Timer, settings: Settings): Line {
  if (was === null || was.basis === is.basis) return [];
  const course = courseOf(ruleOf(was.name), { ...before, delays: {} }, settings);
  const delay = course === null ? null : delayOf(was.name, course, before);
  return delay === null || delay.snoozed === 0
    ? []
    : [` Its snooze of ${inWords(delay.snoozed)} is forgotten.`];
}
