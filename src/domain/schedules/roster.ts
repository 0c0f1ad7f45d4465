import type { Instant } from '../instant.ts';
import type { Settings, Target } from '../settings.ts';
import { onCall, shifts } from './on-call.ts';
import type { Override, Schedule } from './schedule.ts';

/** In a gap: nobody is on call, and whose turn comes next is pinged instead. */
export interface Gap {
  readonly next: string;
}

/**
 * Who is on call by the name of the schedule; missing where it was not looked up. Null where nobody
 * is, nor comes next.
 */
export type OnCallBy = Readonly<Record<string, string | Gap | null>>;

/** Who is pinged for it; null for nobody. */
export const pingedFor = (one: OnCallBy[string] | undefined): string | null =>
  typeof one === 'object' ? (one?.next ?? null) : (one ?? null);

/** Who is on call at that instant in the schedules among the targets that the configuration knows. */
export function onCallBy(
  targets: readonly Target[],
  { schedules }: Settings,
  overrides: readonly Override[],
  at: Instant,
): OnCallBy {
  const asked = targets.flatMap((target) => {
    const schedule = target.type === 'schedule' ? schedules[target.name] : undefined;
    return schedule === undefined ? [] : [schedule];
  });
  return Object.fromEntries(
    asked.map((schedule) => [schedule.name, answers(schedule, overrides, at)]),
  );
}

function answers(
  schedule: Schedule,
  overrides: readonly Override[],
  at: Instant,
): OnCallBy[string] | null {
  const { user } = onCall(schedule, overrides, at);
  if (user !== null) return user;
  const [next] = nextInLine(schedule, overrides, at);
  return next === undefined ? null : { next };
}

/** Why somebody with such a profile is nobody to page, after their name; null when they are. */
export function whyNobody({
  deleted,
  bot,
  guest,
}: {
  readonly deleted: boolean;
  readonly bot: boolean;
  readonly guest: boolean;
}): string | null {
  if (deleted) return 'has left the workspace';
  if (bot) return 'is a bot';
  return guest ? 'is a guest, who may not see the incident' : null;
}

/** How far ahead somebody is looked for who could step in: a rotation is rarely longer. */
const LOOKED_AHEAD = 60;

/** Whoever is on call after that instant, each once, in the order of their turns: to step in. */
export function nextInLine(
  schedule: Schedule,
  overrides: readonly Override[],
  at: Instant,
): readonly string[] {
  const coming = shifts(schedule, overrides, at, LOOKED_AHEAD).slice(1);
  const now = onCall(schedule, overrides, at).user;
  const people = coming.flatMap(({ user }) => (user === null || user === now ? [] : [user]));
  return [...new Set(people)];
}
