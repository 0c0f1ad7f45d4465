import type { Reply } from '../decision.ts';
import { COMMANDER, isOver, milestone } from '../incident.ts';
import { MINUTE } from '../instant.ts';
import { ok, type Result } from '../result.ts';
import { code, instant, type Line, user } from '../text.ts';
import { courseOf, ruleOf } from '../timers/index.ts';
import { channelOf } from '../views/phrases.ts';
import { CALLS, settlePings, tellChannel } from './announcing.ts';
import { type Change, heard, patch, point, pointer, pointerTo, write } from './change.ts';
import { momentLine } from './echo.ts';
import { milestones } from './milestones.ts';
import { runningLine } from './outlook.ts';
import { isAsked } from './presence.ts';
import type { ActionOf, Context, Rules } from './rule.ts';
import { readInstant, timing, typedAt } from './times.ts';
import { button, by, goOnThere, inWords, nameOf, reply } from './wording.ts';

/** Stops the acknowledge timer and the policy, nothing else. The first in a round wins. */
function ack(change: Change, action: ActionOf<'ack'>, context: Context): Result<Reply> {
  const { incident } = change;
  if (isLate(change, action)) {
    const asked = { ...action, type: 'milestone', milestone: 'acknowledged' } as const;
    return milestones.milestone.handle(change, { ...asked, by: null, text: null }, context);
  }
  const already =
    explained(change) ?? helping(change, action, context) ?? stillThere(change, context);
  if (already !== null) return ok(already);
  const when = readInstant(change, context, action.when, (typed) => `ack ${typed}`);
  if (!when.ok) return when;
  const { actor, request, world } = context;
  const was = pointer(change, 'acknowledged');
  const entry = write(change, {
    ...timing(when.value),
    kinds: ['acknowledged'],
    text: 'Acknowledged.',
    detail: { type: 'acknowledged' },
    author: actor.id,
    source: request.source,
  });
  // After an upgrade somebody acknowledges anew; when it was acknowledged first stays the milestone.
  if (was === null) point(change, 'acknowledged', pointerTo(entry));
  patch(change, { acknowledgedBy: actor.id });
  const { at } = when.value;
  settlePings(change, ['Acknowledged by ', user(actor.id), ' at ', instant(at)], CALLS);
  tellChannel(change, [
    user(actor.id),
    ' acknowledged ',
    nameOf(incident),
    ' at ',
    instant(at),
    '.',
  ]);
  const said = momentLine(at, actor.zone, world.now);
  return ok(
    reply(['Acknowledged: ', nameOf(incident), `, ${said}.`], {
      lines: [
        ['Stopped: the acknowledge timer and the escalation. Nobody else is pinged by it.'],
        runningLine(change, context),
        ...livesOn(change, context),
      ],
      buttons: [
        button(incident, 'Take command', `lead <@${actor.id}>`),
        button(incident, 'Undo', `strike ${entry.no}`),
      ],
    }),
  );
}

/** Whether somebody says afterwards when it was acknowledged: a moment of the record, and no more. */
const isLate = (change: Change, { when }: ActionOf<'ack'>): boolean =>
  when !== null &&
  (change.incident.recorded || change.incident.status === 'resolved') &&
  pointer(change, 'acknowledged') === null;

/** Why there is nothing to acknowledge, or null. An explanation, not an error. */
function explained({ incident }: Change): Reply | null {
  if (incident.recorded) {
    return reply([nameOf(incident), ' was recorded after it was over: nothing is running.']);
  }
  const there = goOnThere(incident, 'ack');
  if (there !== null) return reply(there);
  if (isOver(incident)) {
    return reply([
      nameOf(incident),
      ` is ${incident.status}: nothing is running. If it is back, type `,
      code('/incident reopen'),
    ]);
  }
  return null;
}

/** Somebody was called although it is acknowledged, and comes: the others hear of it, the clocks do not. */
function helping(change: Change, { too }: ActionOf<'ack'>, context: Context): Reply | null {
  const { incident } = change;
  const { actor, request } = context;
  const responsible =
    actor.id === incident.acknowledgedBy || actor.id === incident.roles[COMMANDER];
  if (too !== true || incident.acknowledgedBy === null || responsible) return null;
  const entry = write(change, {
    at: typedAt(context),
    text: 'On it too.',
    author: actor.id,
    source: request.source,
  });
  tellChannel(change, [user(actor.id), ' is on it too.']);
  return reply(['The others are told that you are on it. Go on in ', channelOf(incident), '.'], {
    lines: [[user(incident.acknowledgedBy), ' acknowledged ', nameOf(incident), '.']],
    buttons: [button(incident, 'Undo', `strike ${entry.no}`), button(incident, 'Brief', 'brief')],
  });
}

/** Acknowledged already. From those who are responsible it is a sign that they are still there. */
function stillThere(change: Change, context: Context): Reply | null {
  const { incident, snapshot } = change;
  const { actor } = context;
  const { acknowledgedBy } = incident;
  if (acknowledgedBy === null) return null;
  const at = milestone(incident, 'acknowledged', incident.round)?.at ?? null;
  const since: Line = at === null ? ['.'] : [' at ', instant(at), '.'];
  const responsible = actor.id === acknowledgedBy || actor.id === incident.roles[COMMANDER];
  // Pressed twice, it is one acknowledgement and one explanation.
  const silent = change.now - (incident.lastSignAt ?? incident.armedAt) >= MINUTE;
  if (!isAsked(snapshot.timers) && !(responsible && silent)) {
    return reply([
      nameOf(incident),
      ' is already acknowledged by ',
      user(acknowledgedBy),
      ...since,
    ]);
  }
  heard(change);
  const own = actor.id === acknowledgedBy;
  const who: Line = own ? ['you acknowledged '] : [user(acknowledgedBy), ' acknowledged '];
  return reply(['Noted that you are still on it: ', ...who, nameOf(incident), ...since], {
    lines: livesOn(change, context),
  });
}

/** Until when it counts without a sign of life, and what happens then. */
function livesOn({ incident }: Change, { world }: Context): readonly Line[] {
  const sign = { ...incident, lastSignAt: world.now };
  const course = courseOf(ruleOf('presence'), sign, world.settings);
  const [asked, over] = [course?.step(0)?.dueAt, course?.step(1)?.dueAt];
  if (asked === undefined || over === undefined) return [];
  return [
    [
      'Log something or post an update to show that you are on it; looking things up does not. After silence you are asked ',
      ...by(asked, world.now),
      `, and ${inWords(over - asked)} later the escalation starts anew.`,
    ],
  ];
}

/** Who has seen it. */
export const acknowledging: Rules<'ack'> = { ack: { handle: ack } };
