import type { Reply } from '../decision.ts';
import type { Detail, Entry } from '../entry.ts';
import { type Delay, type Incident, incidentName, isOver } from '../incident.ts';
import { DAY, type Instant, MINUTE } from '../instant.ts';
import { ok, type Refusal, type Result, refuse } from '../result.ts';
import { dated, type Line, user } from '../text.ts';
import { deadline, naturalBasis } from '../timers/index.ts';
import type { Timer, TimerName } from '../timers/timer.ts';
import { settlePings, tellChannelQuietly } from './announcing.ts';
import { type Change, patch, write } from './change.ts';
import { nextLine, timersAfter } from './outlook.ts';
import type { ActionOf, Context, Rules } from './rule.ts';
import { typedAt } from './times.ts';
import { button, by, inWords, reply, TIMER_NAMES } from './wording.ts';

/** Longer than this nobody should be able to silence a clock without looking again. */
const MOST = DAY;

/** What a clock was put off by so far, as long as it counts from the same moment. */
function delaySoFar({ delays }: Incident, timer: string, basis: Instant): Delay {
  const delay = delays[timer];
  return delay?.basis === basis ? delay : { basis, ms: 0, snoozed: 0 };
}

/** Puts a clock off further, or less far again; `snoozed` counts what people asked for. */
export function putOffBy(change: Change, timer: string, part: Omit<Delay, 'from'>): void {
  const before = delaySoFar(change.incident, timer, part.basis);
  const ms = Math.max(0, before.ms + part.ms);
  const snoozed = Math.max(0, before.snoozed + part.snoozed);
  patch(change, {
    delays: { ...change.incident.delays, [timer]: { ...before, ms, snoozed } },
  });
}

const pending = (timers: readonly Timer[], name: TimerName): Timer | undefined =>
  timers.find((timer) => timer.name === name && timer.state === 'pending');

/** All remaining steps of one clock come later; asking again adds to it. */
function snooze(change: Change, action: ActionOf<'snooze'>, context: Context): Result<Reply> {
  const { timer, ms } = action;
  const reason = action.reason.trim();
  const before = timersAfter(change, context);
  const basis = naturalBasis(timer, change.incident, context.world.settings);
  // The question whether somebody is there is put off with the update that they owe.
  const runs = basis !== null && timer !== 'presence' && pending(before, timer) !== undefined;
  if (isOver(change.incident) || !runs) return refuseStopped(change.incident, timer, before);
  const again = (length: string): string =>
    `snooze ${TIMER_NAMES[timer]} ${length} ${reason === '' ? 'waiting for the vendor' : reason}`;
  if (reason === '') {
    return refuse('Why? The reason stays on the record, for whoever asks later.', again('30 min'));
  }
  if (ms < MINUTE) return refuse('A timer is snoozed for a minute at least.', again('10 min'));
  const already = delaySoFar(change.incident, timer, basis).snoozed;
  if (already + ms > MOST) {
    const so = already === 0 ? '' : `, and it is snoozed for ${inWords(already)} already`;
    return refuse(`A timer can be snoozed for 24 h in all${so}.`, again('60 min'));
  }
  putOffBy(change, timer, { basis, ms, snoozed: ms });
  const entry = write(change, {
    at: typedAt(context),
    text: `Snoozed ${TIMER_NAMES[timer]} for ${inWords(ms)}: ${reason}`,
    kinds: ['decision'],
    detail: { type: 'snoozed', timer, ms, basis, reason },
    author: context.actor.id,
    source: context.request.source,
  });
  return ok(tellSnooze(change, action, context, { entry, before }));
}

/** Why nothing of this incident can be put off; null where something may. */
export function whyNoSnooze(incident: Incident): Refusal | null {
  if (!isOver(incident)) return null;
  const name = incidentName(incident);
  return { reason: `${name} is ${incident.status}: only an open incident has timers to snooze.` };
}

/** Only what runs can be put off. */
function refuseStopped(incident: Incident, timer: TimerName, timers: readonly Timer[]) {
  const name = incidentName(incident);
  const over = whyNoSnooze(incident);
  if (over !== null) return { ok: false, refusal: over } as const;
  const offered = timers.filter(
    ({ name: one, state }) => state === 'pending' && one !== 'presence',
  );
  const names = offered.map(({ name: one }) => TIMER_NAMES[one]);
  const runs = names.length === 0 ? 'No timer runs.' : `These run: ${names.join(', ')}.`;
  const paused = incident.pausedAt === null ? '' : ' While it is monitored, some stand still.';
  const [first] = names;
  const example = first && `snooze ${first} 30 min waiting for the vendor`;
  return refuse(
    `The ${TIMER_NAMES[timer]} timer does not run for ${name}. ${runs}${paused}`,
    example,
  );
}

function tellSnooze(
  change: Change,
  { timer, ms, reason }: ActionOf<'snooze'>,
  context: Context,
  { entry, before }: { readonly entry: Entry; readonly before: readonly Timer[] },
): Reply {
  const who = user(context.actor.id);
  const length = inWords(ms);
  // Whoever was pinged to acknowledge can still do so.
  if (timer !== 'policy' && timer !== 'acknowledge') {
    settlePings(change, [`Snoozed for ${length} by `, who, `: ${reason}`], [timer]);
  }
  const next = nextLine(change, context);
  const lines = timer === 'policy' ? [next] : [movedTo(change, context, timer, before), next];
  tellChannelQuietly(change, [who, ` snoozed ${TIMER_NAMES[timer]} for ${length}: ${reason}`], {
    lines,
  });
  return reply([`Snoozed for ${length}: ${TIMER_NAMES[timer]}.`], {
    lines,
    buttons: [button(change.incident, 'Undo', `strike ${entry.no}`)],
  });
}

/** `status update by 15:30, in 60 min, instead of 15:00.` */
function movedTo(
  change: Change,
  context: Context,
  timer: TimerName,
  before: readonly Timer[],
): Line {
  const { settings, now } = context.world;
  const was = pending(before, timer);
  const row = pending(timersAfter(change, context), timer);
  if (was === undefined || row === undefined) return [`${TIMER_NAMES[timer]} stops.`];
  const [then, at] = [
    deadline(was, change.snapshot.incident, settings),
    deadline(row, change.incident, settings),
  ];
  const name = TIMER_NAMES[timer];
  if (then === at) return [`${name} stays `, ...by(at, now), ', when the quiet hours end.'];
  const instead = dated(then, now);
  return [`${name} `, ...by(at, now), ', instead of ', instead, '.'];
}

/** Takes a snooze back, or makes it count again, with the entry that says it. */
export function moveSnooze(change: Change, detail: Detail | null, way: 1 | -1): Line[] {
  if (detail?.type !== 'snoozed' || isOver(change.incident)) return [];
  const { timer, basis, ms } = detail;
  // It counts from somewhere else by now, and forgot that it was ever put off.
  if (way < 0 && change.incident.delays[timer]?.basis !== basis) return [];
  putOffBy(change, timer, { basis, ms: way * ms, snoozed: way * ms });
  return [[way < 0 ? 'The timer is due as before.' : 'The timer is put off again.']];
}

/** Putting clocks off. */
export const snoozing: Rules<'snooze'> = { snooze: { handle: snooze } };
