import type { Reply } from '../decision.ts';
import { incidentName, isOver, milestone } from '../incident.ts';
import { type Instant, inZone } from '../instant.ts';
import { ok, type Result, refuse } from '../result.ts';
import { unreviewed } from '../task.ts';
import { code, instant, type Line, user } from '../text.ts';
import { settlePings, tellChannel, WHILE_OPEN } from './announcing.ts';
import { type Change, heard, patch, point, pointer, pointerTo, write } from './change.ts';
import { openAgain } from './channel-life.ts';
import { momentLine } from './echo.ts';
import { soAlready } from './logging.ts';
import { checkMilestone } from './order.ts';
import { runningLine } from './outlook.ts';
import type { ActionOf, Context, Rules } from './rule.ts';
import { readInstant, timing, typedAt } from './times.ts';
import { ask, button, goOnThere, nameOf, quoted, reply } from './wording.ts';

/** Ends it at once; the way back is in the reply. Asks first only when nobody has acknowledged. */
export function resolve(
  change: Change,
  action: ActionOf<'resolve'>,
  context: Context,
): Result<Reply> {
  const { incident } = change;
  if (isOver(incident)) return ok(overAlready(change, action, context));
  const when = readInstant(change, context, action.when, (typed) => `resolve ${typed}`);
  if (!when.ok) return when;
  const { at } = when.value;
  const wrong =
    checkMilestone(change, 'resolved', at, incident.round, context) ??
    beforeReopening(change, at, 'resolve', context);
  if (wrong !== null) return wrong;
  const acknowledged = pointer(change, 'acknowledged') !== null;
  if (!acknowledged && !action.confirmed) {
    return ok(
      ask(['Nobody has acknowledged ', nameOf(incident), ' yet. Resolve it all the same?']),
    );
  }
  const { actor, request } = context;
  const entry = write(change, {
    ...timing(when.value),
    kinds: ['recovered'],
    text: action.text ?? 'Resolved.',
    detail: { type: 'resolved', was: pointer(change, 'resolved') },
    author: actor.id,
    source: request.source,
  });
  point(change, 'resolved', pointerTo(entry));
  patch(change, { status: 'resolved', pausedAt: null });
  change.work.push({ kind: 'draft', notBefore: context.world.now, reason: 'resolved' });
  settlePings(change, ['Resolved by ', user(actor.id), ' at ', instant(at)], WHILE_OPEN);
  const said: Line[] = action.text === null ? [] : [[action.text]];
  tellChannel(change, [user(actor.id), ' resolved ', nameOf(incident), ' at ', instant(at), '.'], {
    lines: said,
    notes: [['The draft of the postmortem follows here. The channel stays open.']],
  });
  return ok(
    reply(['Resolved: ', nameOf(incident), `, ${momentLine(at, actor.zone, context.world.now)}.`], {
      lines: [
        ...(action.text === null ? [] : [[quoted(entry.text)]]),
        ...missingLines(change, at, context),
      ],
      notes: [['All timers but the postmortem’s are stopped. The draft is being written.']],
      buttons: [button(incident, 'Undo', 'reopen resolved by mistake')],
    }),
  );
}

/** What the figures will lack. Muster never guesses a milestone; the example is a time that would be accepted now. */
function missingLines(change: Change, resolvedAt: Instant, context: Context): Line[] {
  const declared = pointer(change, 'declared')?.at ?? resolvedAt;
  const examples = [
    ['impact started', Math.min(declared, resolvedAt)],
    ['impact ended', resolvedAt],
  ] as const;
  return examples
    .filter(([name]) => pointer(change, name) === null)
    .map(([name, at]) => [
      `“${name}” is not recorded. To set it, type it with its time, for example `,
      code(`/incident ${name} ${typable(at, context)}`),
      '.',
    ]);
}

/** A time as its reporter types it: the clock of today, with the date on another day, in UTC where no zone is known. */
function typable(at: Instant, { actor, world }: Context): string {
  const zone = actor.zone ?? 'UTC';
  const [there, today] = [inZone(at, zone), inZone(world.now, zone)];
  const clock = there.toFormat(there.hasSame(today, 'day') ? 'HH:mm' : 'yyyy-MM-dd HH:mm');
  return actor.zone === null ? `${clock} UTC` : clock;
}

function overAlready(change: Change, action: ActionOf<'resolve'>, context: Context): Reply {
  const { incident } = change;
  const { when, text } = action;
  const at = milestone(incident, 'resolved', incident.round)?.at ?? null;
  const there = goOnThere(incident, ['resolve', when, text].filter(Boolean).join(' '));
  if (there !== null) return reply(there);
  if (incident.status === 'cancelled') {
    return soAlready(change, context, action, [
      nameOf(incident),
      ' is cancelled. If it was real after all, type ',
      code('/incident reopen'),
    ]);
  }
  const since = at === null ? '' : `, ${momentLine(at, context.actor.zone, context.world.now)}`;
  const already: Line = [nameOf(incident), ` is already resolved${since}.`];
  return soAlready(change, context, action, already, {
    buttons: [button(incident, 'Reopen', 'reopen')],
  });
}

/** A round cannot end before it began, nor begin before the last one ended. */
function beforeReopening(change: Change, at: Instant, verb: string, context: Context) {
  const { milestones, round } = change.incident;
  const bound = milestones.find(
    (one) => one.round === round && one.name === (verb === 'reopen' ? 'resolved' : 'reopened'),
  );
  if (bound === undefined || bound.at === null || at >= bound.at) return null;
  const { zone } = context.actor;
  const [mine, theirs] = [at, bound.at].map((one) => momentLine(one, zone, typedAt(context)));
  return refuse(`${mine} is before “${bound.name}” at ${theirs}.`, verb);
}

/** Begins a new round: the clocks start anew, earlier intervals stay. */
function reopen(change: Change, action: ActionOf<'reopen'>, context: Context): Result<Reply> {
  const { incident } = change;
  if (incident.recorded) {
    return refuse(
      `${incidentName(incident)} was recorded after it was over, so nothing can run. Open a new one.`,
      'open it is back',
    );
  }
  if (!isOver(incident)) {
    const said = { when: action.when, text: action.reason };
    const already: Line = [nameOf(incident), ` is open: ${incident.status}.`];
    return ok(soAlready(change, context, said, already));
  }
  const when = readInstant(change, context, action.when, (typed) => `reopen ${typed}`);
  if (!when.ok) return when;
  const early = beforeReopening(change, when.value.at, 'reopen', context);
  if (early !== null) return early;
  const { actor, request, world } = context;
  const reason = action.reason?.trim() || null;
  const entry = write(change, {
    ...timing(when.value),
    text: reason === null ? 'Reopened.' : `Reopened: ${reason}`,
    detail: { type: 'reopened', reason },
    author: actor.id,
    source: request.source,
  });
  openAgain(change);
  patch(change, {
    status: 'investigating',
    round: incident.round + 1,
    armedAt: world.now,
    acknowledgedBy: null,
    header: unreviewed(incident),
  });
  point(change, 'reopened', pointerTo(entry));
  tellChannel(change, [user(actor.id), ' reopened ', nameOf(incident), '.'], {
    lines: reason === null ? [] : [[reason]],
  });
  return ok(
    reply([nameOf(incident), ' is open again: investigating.'], {
      lines: [
        runningLine(change, context),
        ['The escalation starts anew. Acknowledge to stop it.'],
      ],
      buttons: [button(incident, 'Acknowledge', 'ack'), button(incident, 'Resolve', 'resolve')],
    }),
  );
}

/** It was none: everything stops and no draft is owed. */
function cancel(change: Change, action: ActionOf<'cancel'>, context: Context): Result<Reply> {
  const { incident } = change;
  const reason = action.reason.trim();
  if (reason === '') return refuse('Why? Cancelling needs a reason.', 'cancel false alarm');
  if (isOver(incident)) {
    const already: Line = [nameOf(incident), ` is ${incident.status} already.`];
    return ok(soAlready(change, context, { text: reason }, already));
  }
  const { actor, request, world } = context;
  write(change, {
    at: world.typedAt ?? world.now,
    text: `Cancelled: ${reason}`,
    detail: { type: 'cancelled', reason },
    author: actor.id,
    source: request.source,
  });
  // From now on nothing counts as a sign of life: this is the last one.
  heard(change);
  patch(change, { status: 'cancelled', pausedAt: null });
  settlePings(change, ['Cancelled by ', user(actor.id)], null);
  tellChannel(change, [user(actor.id), ' cancelled ', nameOf(incident), '.'], {
    lines: [[reason]],
  });
  return ok(
    reply(['Cancelled: ', nameOf(incident), '. All timers are stopped.'], {
      buttons: [button(incident, 'Undo', 'reopen cancelled by mistake')],
    }),
  );
}

/** How it ends, and begins again. */
export const closing: Rules<'resolve' | 'reopen' | 'cancel'> = {
  resolve: { handle: resolve },
  reopen: { handle: reopen },
  cancel: { handle: cancel },
};
