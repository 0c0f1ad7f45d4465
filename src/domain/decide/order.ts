import type { Incident, Milestone } from '../incident.ts';
import type { Instant } from '../instant.ts';
import { type Refusal, refuse } from '../result.ts';
import type { MilestoneName } from '../words.ts';
import type { Change } from './change.ts';
import { momentLine } from './echo.ts';
import type { Context } from './rule.ts';
import { typedAt } from './times.ts';

/** What cannot come before what, within a round. */
const ORDER: readonly (readonly [earlier: MilestoneName, later: MilestoneName])[] = [
  ['impact started', 'impact ended'],
  ['impact started', 'resolved'],
  ['impact started', 'mitigated'],
];

/** What is typed to move each milestone. */
const VERBS: Partial<Record<MilestoneName, string>> = {
  'impact started': 'impact started',
  'impact ended': 'impact ended',
  mitigated: 'mitigated',
  resolved: 'resolve',
};

/** A milestone about to be set; refused when it would contradict another one, with both times. */
export function checkMilestone(
  { incident, now }: Pick<Change, 'incident' | 'now'>,
  name: MilestoneName,
  at: Instant | null,
  round: number,
  context: Context,
): { ok: false; refusal: Refusal } | null {
  if (at === null) return null;
  for (const [earlier, later] of ORDER) {
    const other = partner(incident, name, earlier, later, round);
    if (other?.at === undefined || other.at === null) continue;
    const wrong = name === earlier ? at > other.at : at < other.at;
    if (!wrong) continue;
    const mine = momentLine(at, context.actor.zone, typedAt(context));
    const theirs = momentLine(other.at, context.actor.zone, now);
    return refuse(
      `“${name}” at ${mine} would be ${name === earlier ? 'after' : 'before'} “${other.name}” at ${theirs}. Correct the one that is wrong.`,
      `${VERBS[name] ?? name} <time>, or edit ${other.entry} at <time>`,
    );
  }
  return null;
}

function partner(
  { milestones }: Incident,
  name: MilestoneName,
  earlier: MilestoneName,
  later: MilestoneName,
  round: number,
): Milestone | undefined {
  if (name !== earlier && name !== later) return undefined;
  const wanted = name === earlier ? later : earlier;
  return milestones.find((one) => one.name === wanted && one.round === round);
}

/** The same check for an entry whose instant is about to move. */
export function checkOrder(
  change: Change,
  entry: number,
  at: Instant,
  context: Context,
): { ok: false; refusal: Refusal } | null {
  for (const { name, round } of change.incident.milestones.filter((one) => one.entry === entry)) {
    const refusal = checkMilestone(change, name, at, round, context);
    if (refusal !== null) return refusal;
  }
  return null;
}
