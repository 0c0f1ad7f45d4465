import type { Incident } from '../incident.ts';
import type { Instant } from '../instant.ts';
import { onCallBy } from '../schedules/roster.ts';
import type { Target } from '../settings.ts';
import { dated, type Line, type Span, user } from '../text.ts';
import { isAfterwards, nextPing, planTimers, running, withChanges } from '../timers/index.ts';
import type { Timer } from '../timers/timer.ts';
import {
  channelOf,
  HELD_UNTIL,
  NOBODY_NEXT,
  onCallLine,
  systemName,
  whyNobody,
} from '../views/phrases.ts';
import type { Change } from './change.ts';
import type { Context } from './rule.ts';
import { by, fromNow, joined, TIMER_NAMES } from './wording.ts';

/** The timers as they will be after this change, so that a reply can speak of them. */
export function timersAfter(change: Change, { world }: Context): readonly Timer[] {
  const { timers } = change.snapshot;
  // Only looked at: the rows that are written get their ids when the change is finished.
  return withChanges(timers, planTimers(change.incident, timers, { ...world, newId: () => '' }));
}

/** `Still running: mitigate by 15:20, in 42 min; …`. */
export function runningLine(change: Change, context: Context): Line {
  const { incident } = change;
  const { settings } = context.world;
  const clocks = running(incident, timersAfter(change, context), settings).filter(
    ({ name }) => !isAfterwards(name),
  );
  if (clocks.length === 0) return ['No timer is running.'];
  const lines = clocks.map(
    ({ name, at, held }): Line => [`${TIMER_NAMES[name]} `, ...by(at, context.world.now, held)],
  );
  return ['Still running: ', ...joined(lines, '; '), '.'];
}

/** Who is pinged next by the policy and when, or that nobody is. `declarer`: how whoever declared it is called. */
export function nextLine(
  change: Change,
  context: Context,
  declarer: Span = user(change.incident.declaredBy),
): Line {
  const next = nextPing(change.incident, timersAfter(change, context), context.world.settings);
  if (next === null) return nobodyNext(change);
  const { now } = context.world;
  const called = pingedAt({ targets: next.who, declarer }, change, context, Math.max(next.at, now));
  const who: Line = next.who.length === 0 ? [NOBODY_NEXT] : called;
  const pinged = change.incident.drill ? 'Would be pinged now: ' : 'Pinged now: ';
  const why = whyNobody(next.who, next.level);
  if (next.at <= now) return [pinged, ...who, `${why}.`];
  const joint = next.held ? `, ${HELD_UNTIL}` : ' at ';
  return ['Next: ', ...who, joint, dated(next.at, now), `, ${fromNow(next.at, now)}${why}.`];
}

/** Why no policy runs. It may have been so before this change: nothing is said to stop now. */
function nobodyNext({ incident: { acknowledgedBy } }: Change): Line {
  if (acknowledgedBy === null) {
    return ['No policy is running: nobody is pinged unless somebody pages them.'];
  }
  return ['Nobody else is pinged by itself: ', user(acknowledgedBy), ' has acknowledged it.'];
}

/** Targets as people and groups, as they are mentioned; schedules as whoever is on call then. */
function pingedAt(
  { targets, declarer }: { readonly targets: readonly Target[]; readonly declarer: Span },
  { incident }: Change,
  { world }: Context,
  at: Instant,
): Line {
  const onCall = onCallBy(targets, world.settings, world.overrides ?? [], at);
  return joined(
    targets.map((target): Line => {
      if (target.type === 'user') return [{ type: 'user', id: target.id }];
      if (target.type === 'usergroup') return [{ type: 'group', id: target.id }];
      if (target.type === 'declarer') return [declarer];
      if (target.type === 'schedule') return onCallLine(target.name, onCall);
      if (target.type !== 'channel') return [systemName(target)];
      return [target.id === null ? itsChannel(incident) : { type: 'channel', id: target.id }];
    }),
    ', ',
  );
}

/** The incident's channel: what it will be called as long as it is being created. */
const itsChannel = ({ channel }: Incident): Span =>
  channel.id === null && channel.state === 'wanted' ? `#${channel.name}` : channelOf({ channel });

/** Targets that are pinged at this moment. */
export const pingedNow = (targets: readonly Target[], change: Change, context: Context): Line =>
  pingedAt(
    { targets, declarer: user(change.incident.declaredBy) },
    change,
    context,
    context.world.now,
  );
