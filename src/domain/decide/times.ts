import type { TypedWhen } from '../action.ts';
import type { Entry, TimeQuestion } from '../entry.ts';
import type { Incident } from '../incident.ts';
import { DAY, type Instant, inZone } from '../instant.ts';
import { type Result, refuse } from '../result.ts';
import { type Reading, readTime, type TimeContext, type TimeRefusal } from '../time/read.ts';
import type { Change } from './change.ts';
import type { Context } from './rule.ts';
import { sentence } from './wording.ts';

/** What became of a typed time. */
export type When =
  | { readonly type: 'at'; readonly at: Instant; readonly reading: Reading | null }
  /** `--:--`: nobody knows. */
  | { readonly type: 'none' }
  /** Refused, or questioned because it lies far before the incident. */
  | { readonly type: 'question'; readonly question: TimeQuestion };

/** The moment the words were typed: what `now` and `10m ago` count from. */
export const typedAt = ({ world }: Context): Instant => world.typedAt ?? world.now;

const isBare = (when: string): boolean => when.trim() === '--:--';

const known = ({ milestones }: Incident): Instant[] =>
  milestones.flatMap(({ at }) => (at === null ? [] : [at]));

/** The first moment that anything of this incident is known from; null when nothing is. */
export function firstMoment(incident: Incident): Instant | null {
  // A record entered afterwards was opened long after it began: only its own times count.
  const opened = incident.recorded ? [] : [incident.openedAt];
  const first = Math.min(...known(incident), ...opened);
  return Number.isFinite(first) ? first : null;
}

/** What the reading of times must know about this incident and its reporter. */
export function timeContext({ incident }: Change, context: Context): TimeContext {
  const times = known(incident);
  const over = incident.recorded || incident.status === 'resolved';
  const now = typedAt(context);
  const end = Math.max(...times);
  // On the day after, a bare time may well mean today: then it is asked about, not guessed.
  const to = !incident.recorded && now - end < DAY ? now : end;
  const span = over && times.length > 0 ? { from: Math.min(...times), to } : undefined;
  const first = firstMoment(incident);
  return {
    now,
    zone: context.actor.zone,
    ...(span === undefined ? {} : { span }),
    ...(first === null ? {} : { firstEvent: first }),
  };
}

/** A time that cannot be misread, ready to type: `2026-03-08 14:05 UTC`. */
export const unmistakable = (at: Instant): string =>
  inZone(at, 'UTC').toFormat("yyyy-MM-dd HH:mm 'UTC'");

/**
 * Reads a typed time. A time far before the incident is questioned, unless exactly this time was
 * offered before: typing or pressing an offer is the answer to the question.
 */
export function readWhen(
  change: Change,
  context: Context,
  when: TypedWhen,
  offered: TimeQuestion | null = null,
): When {
  if (when === null) return { type: 'at', at: typedAt(context), reading: null };
  if (isBare(when)) return { type: 'none' };
  const read = readTime(when, timeContext(change, context));
  if (!read.ok) return { type: 'question', question: questionOf(when, read.refusal) };
  const answered = offered?.offers.some(({ typed }) => typed === when.trim()) ?? false;
  if (read.value.flags.includes('far-past') && !answered) {
    return { type: 'question', question: farPast(when, read.value) };
  }
  return { type: 'at', at: read.value.at, reading: confirmed(read.value) };
}

/** A time that was asked about and said again is not asked about by the draft. */
const confirmed = (reading: Reading): Reading => ({
  ...reading,
  flags: reading.flags.filter((flag) => flag !== 'far-past'),
});

/** What was asked of an entry's time, or would be: saying the time that it has in full is the answer. */
export function askedOf({ at, time, question }: Entry): TimeQuestion | null {
  if (question !== null || at === null || time === null) return question;
  return time.flags.includes('far-past') ? farPast(time.typed, { at }) : null;
}

const questionOf = (typed: string, { code, reason, offers }: TimeRefusal): TimeQuestion => ({
  code,
  typed,
  reason: sentence(reason),
  offers,
});

function farPast(
  typed: string,
  { at, assumed = [], alternative }: Pick<Reading, 'at' | 'assumed' | 'alternative'>,
): TimeQuestion {
  const full = unmistakable(at);
  const far = assumed.includes('day') ? 'more than 12 hours' : 'more than a day';
  const other = alternative === undefined ? [] : [unmistakable(alternative.at)];
  return {
    code: 'far-past',
    typed,
    reason: `${full} is ${far} before anything else in this incident. Is it right?`,
    offers: [
      { label: `Yes, ${full}`, typed: full },
      ...other.map((each) => ({ label: `No, ${each}`, typed: each })),
    ],
  };
}

/** The parts of an entry that a time settles. */
export function timing(when: When): Pick<Entry, 'at' | 'time' | 'question'> {
  if (when.type === 'none') return { at: null, time: null, question: null };
  if (when.type === 'question') return { at: null, time: null, question: when.question };
  const { at, reading } = when;
  if (reading === null) return { at, time: null, question: null };
  const { typed, zone, flags, restated = [] } = reading;
  const disagreements = restated.flatMap(({ problem }) => (problem === null ? [] : [problem]));
  return { at, time: { typed, zone, flags, disagreements }, question: null };
}

function readTimeInFull(change: Change, context: Context, when: TypedWhen) {
  if (when === null) return null;
  const read = readTime(when, timeContext(change, context));
  if (!read.ok || unmistakable(read.value.at) !== when.trim()) return null;
  return { type: 'at', at: read.value.at, reading: confirmed(read.value) } as const;
}

/** A time that must be known: refused with a line that works, built by `retype`. */
export function readInstant(
  change: Change,
  context: Context,
  when: TypedWhen,
  retype: (typed: string) => string,
): Result<Extract<When, { type: 'at' }>> {
  const read = readWhen(change, context, when);
  if (read.type === 'at') return { ok: true, value: read };
  // No entry keeps this question, so the time in full is its answer.
  const full = readTimeInFull(change, context, when);
  if (full !== null) return { ok: true, value: full };
  if (read.type === 'none') {
    return refuse('This needs a time. Leave it out for now, or type one.', retype('10m ago'));
  }
  const { reason, offers } = read.question;
  return refuse(reason, retype(offers[0]?.typed ?? '10m ago'));
}
