import type { Broken } from '../../support/broken.ts';
import type { Told } from './people.ts';
import type { Stretch, Target } from './scene.ts';
import type { Firing, Trail } from './trail.ts';

/** How late firings were, milliseconds. */
export interface Lateness {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** Everything that is known about one run. */
export interface Evidence {
  readonly trail: Trail;
  readonly broken: readonly Broken[];
  readonly told: Told;
  /** Lines that were answered with "Logged", and how often each stands on a timeline. */
  readonly kept: ReadonlyMap<string, number>;
  readonly away: readonly Stretch[];
  /** From the harm until nothing of it was left; null when it did not heal. */
  readonly healMs: number | null;
  readonly wrong: readonly string[];
}

/** One row of the table. */
export interface Verdict {
  readonly fired: number;
  readonly lost: number;
  readonly early: number;
  readonly doubled: number;
  readonly inversions: number;
  readonly lateness: Lateness;
  readonly healMs: number | null;
  readonly passed: boolean;
  /** Why it did not pass, a line each. */
  readonly reasons: readonly string[];
}

/** From due, or from PostgreSQL's return where it was away meanwhile, to the commit. */
export function lateMs({ due, committed }: Firing, away: readonly Stretch[]): number {
  const waited = away.filter(({ from, to }) => due < to && committed > from);
  return committed - Math.max(due, ...waited.map(({ to }) => Math.min(to, committed)));
}

/** The middle, the slowest of 99 in a hundred, and the slowest. */
export function latenessOf(all: readonly number[]): Lateness {
  const sorted = all.toSorted((a, b) => a - b);
  const at = (share: number): number => sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
  return { p50: at(0.5), p99: at(0.99), max: at(1) };
}

const count = (broken: readonly Broken[], rule: RegExp): number =>
  broken.filter((each) => rule.test(each.rule)).reduce((all, { found }) => all + found.length, 0);

/** A few of many. */
const some = (found: readonly unknown[]): string =>
  found
    .slice(0, 4)
    .map((each) => (typeof each === 'string' ? each : JSON.stringify(each)))
    .join('; ');

function reasonsOf(evidence: Evidence, lateness: Lateness, target: Target): string[] {
  const { trail, broken, kept, healMs, wrong } = evidence;
  const reasons = [...wrong];
  const say = (what: string, found: readonly unknown[]): void => {
    if (found.length > 0) reasons.push(`${what}: ${found.length}, such as ${some(found)}`);
  };
  say('lost timers', trail.lost);
  say('timers that fired twice', trail.doubled);
  say(
    'timers that fired too early',
    trail.early.map(({ name, due, at }) => `${name} by ${Math.round(due - at)} ms`),
  );
  for (const { rule, found } of broken) say(rule, found);
  const miscounted = [...kept].filter(([, times]) => times !== 1);
  say('logged lines that are not there once', miscounted);
  if (trail.fired.length === 0) reasons.push('nothing fired');
  if (lateness.p99 > target.p99Ms) {
    reasons.push(`p99 ${Math.round(lateness.p99)} ms late, at most ${target.p99Ms} ms wanted`);
  }
  if (healMs === null || healMs > target.healMs) {
    const took = healMs === null ? 'did not heal' : `healed in ${Math.round(healMs)} ms`;
    reasons.push(`${took}, at most ${target.healMs} ms wanted`);
  }
  return reasons;
}

/** Holds what happened against what has to be reached. */
export function judge(evidence: Evidence, target: Target): Verdict {
  const { trail, broken, away, healMs } = evidence;
  const lateness = latenessOf(trail.fired.map((firing) => lateMs(firing, away)));
  const reasons = reasonsOf(evidence, lateness, target);
  return {
    fired: trail.fired.length,
    lost: trail.lost.length + count(broken, /^I3|not in Slack/),
    early: trail.early.length,
    doubled: trail.doubled.length + count(broken, /twice|more than once|more than one/),
    inversions: count(broken, /^I5/),
    lateness,
    healMs,
    passed: reasons.length === 0,
    reasons,
  };
}
