import type { Actor } from '../action.ts';
import type { Notice, Reply } from '../decision.ts';
import { DAY, type Instant, inZone, type Zone } from '../instant.ts';
import { ok, type Result, refuse } from '../result.ts';
import { onCall, shifts } from '../schedules/on-call.ts';
import type { Override, Schedule } from '../schedules/schedule.ts';
import type { Settings } from '../settings.ts';
import { user } from '../text.ts';
import { readDeadline } from '../time/deadline.ts';
import { ended, standsIn, tellEnded, tellStandIn } from './on-call-texts.ts';
import { inWords, reply, sentence } from './wording.ts';

/** What somebody asks to become true of who is on call. Times are as typed: read in the transaction. */
export type OnCallAction =
  | {
      readonly type: 'override';
      readonly schedule: string;
      readonly user: string;
      /** How they were named, for repeating it: `@bo`, `me`. */
      readonly named?: string;
      /** Null for now. */
      readonly from: string | null;
      readonly until: string;
    }
  /** Ends an override by the beginning of its id; without one the override that holds now, or the only one. */
  | { readonly type: 'end'; readonly schedule: string; readonly override: string | null };

type Standing = Extract<OnCallAction, { type: 'override' }>;

/** What the rules may look at. */
export interface OnCallWorld {
  readonly now: Instant;
  readonly settings: Settings;
  readonly actor: Actor;
  /** Those that are not over. */
  readonly overrides: readonly Override[];
  readonly newId: () => string;
}

/** What becomes true, and who is told. */
export interface OnCallDecision {
  /** Overrides that are new or changed. */
  readonly overrides: readonly Override[];
  readonly notices: readonly Notice[];
  readonly reply: Reply;
}

/** Longer than any holiday: beyond this the rotation itself has changed. */
const LONGEST = 31 * DAY;
const FARTHEST = 366 * DAY;
/** Shifts that an override may fall into and still have everybody told. */
const REPLACED = 50;

/** Decides who stands in for whom, or refuses with a line that would work. */
export function arrange(action: OnCallAction, world: OnCallWorld): Result<OnCallDecision> {
  const schedule = world.settings.schedules[action.schedule];
  if (schedule === undefined) return refuse(`There is no schedule ${action.schedule}.`, 'oncall');
  return action.type === 'override'
    ? override(action, schedule, world)
    : end(action.override, schedule, world);
}

/** From when until when, by the rule for deadlines: the next such moments, never the past. */
function span(
  action: Standing,
  zone: Zone,
  now: Instant,
): Result<{ from: Instant; until: Instant }> {
  const from = action.from === null ? ok(now) : beginning(action.from, zone, now);
  if (!from.ok)
    return refuse(sentence(from.refusal.reason), again({ ...action, from: 'tomorrow' }));
  const until = readDeadline(action.until, { now: from.value, zone });
  const end = until.ok ? '18:00' : (until.refusal.offers[0]?.typed ?? '18:00');
  const example = again({ ...action, until: end });
  if (!until.ok) return refuse(sentence(until.refusal.reason), example);
  if (from.value > now + FARTHEST)
    return refuse(
      'That begins more than a year ahead.',
      again({ ...action, from: 'tomorrow', until: 'tomorrow 18:00' }),
    );
  const length = until.value.at - from.value;
  if (length <= LONGEST) return ok({ from: from.value, until: until.value.at });
  return refuse(
    `That is ${inWords(length)}. An override lasts at most ${inWords(LONGEST)}; for longer, change the rotation in the configuration.`,
    example,
  );
}

/** The line as it was typed, with what is corrected in it. */
const again = ({ schedule, named, from, until }: Standing): string =>
  `oncall ${schedule} override ${named ?? '@somebody'}${from === null ? '' : ` from ${from}`} until ${until}`;

/** A day without a clock begins at its midnight, where as a deadline it would end. */
function beginning(typed: string, zone: Zone, now: Instant): Result<Instant> {
  if (/^now$/i.test(typed.trim())) return ok(now);
  const read = readDeadline(typed, { now, zone });
  if (!read.ok) return read;
  const { at, dateOnly } = read.value;
  return ok(dateOnly ? Math.max(now, inZone(at, zone).startOf('day').toMillis()) : at);
}

function override(
  action: Standing,
  schedule: Schedule,
  world: OnCallWorld,
): Result<OnCallDecision> {
  const { actor, now, overrides } = world;
  const zone = actor.zone ?? schedule.zone;
  const read = span(action, zone, now);
  if (!read.ok) return read;
  const { from, until } = read.value;
  const before = shifts(schedule, overrides, from, REPLACED).filter(
    (shift) => (shift.from ?? from) < until,
  );
  if (before.length === 1 && before[0]?.user === action.user) {
    const line = [user(action.user), ` is on call in ${schedule.name} then anyway.`];
    return ok({ overrides: [], notices: [], reply: reply(line) });
  }
  const made: Override = {
    id: world.newId(),
    schedule: schedule.name,
    user: action.user,
    from,
    until,
    by: actor.id,
    // Of two that overlap the one made later counts; a transaction may carry an older clock.
    at: Math.max(now, ...overrides.map(({ at }) => at + 1)),
  };
  const replaced = before.flatMap((shift) => (shift.user === null ? [] : [shift.user]));
  const others = [...new Set(replaced)].filter((id) => id !== action.user);
  return ok({
    overrides: [made],
    notices: tellStandIn(made, others, actor),
    reply: standsIn(made, others, schedule, { actor, now }),
  });
}

/** The override that is meant: by its id, else the one that holds now, else the only one there is. */
function meant(
  given: string | null,
  schedule: Schedule,
  { now, overrides }: OnCallWorld,
): Result<Override> {
  const own = overrides.filter(({ schedule: of, until }) => of === schedule.name && until > now);
  const only = own.length === 1 ? own[0] : undefined;
  const found =
    given === null
      ? (onCall(schedule, own, now).override ?? only)
      : own.find(({ id }) => id.startsWith(given.toLowerCase()));
  if (found !== undefined) return ok(found);
  if (own.length > 0 && given === null) {
    return refuse(
      'Nobody stands in now, and several will. Choose which.',
      `oncall ${schedule.name}`,
    );
  }
  const none =
    given === null ? 'Nobody stands in: there is no override.' : 'That override is over.';
  return refuse(none, `oncall ${schedule.name}`);
}

/** Whose turns the rest of an override would have taken, who are on call then after all. */
function relievedBy(
  was: Override,
  others: readonly Override[],
  schedule: Schedule,
  now: Instant,
): readonly string[] {
  const from = Math.max(was.from, now);
  return shifts(schedule, others, from, REPLACED)
    .filter((shift) => (shift.from ?? from) < was.until)
    .flatMap(({ user }) => (user === null || user === was.user ? [] : [user]));
}

const NOBODY = { user: null, until: null };

/** Ends an override: now where it runs, before it begins where it does not. The row stays. */
function end(given: string | null, schedule: Schedule, world: OnCallWorld): Result<OnCallDecision> {
  const found = meant(given, schedule, world);
  if (!found.ok) return found;
  const { now, actor, overrides } = world;
  const was = found.value;
  const runs = was.from <= now;
  const shortened = { ...was, until: Math.max(was.from, now) };
  const others = overrides.map((each) => (each.id === was.id ? shortened : each));
  const [next = NOBODY] = shifts(schedule, others, now, 1);
  const takesOver = runs && next.user !== was.user ? next.user : null;
  const left = others
    .filter((each) => each.schedule === was.schedule && each.user === was.user)
    .filter((each) => each.id !== was.id && each.until > now)
    .toSorted((a, b) => a.from - b.from);
  const ending = { was, next, left, relieved: relievedBy(was, others, schedule, now), now };
  return ok({
    overrides: [shortened],
    notices: tellEnded(ending, takesOver, actor),
    reply: ended(ending, actor),
  });
}
