import type { Decision, Snapshot, World } from '../decision.ts';
import type { Incident } from '../incident.ts';
import { DAY, type Instant } from '../instant.ts';
import type { Ping } from '../ping.ts';
import type { Target } from '../settings.ts';
import { withChanges } from '../timers/index.ts';
import type { TimerName } from '../timers/timer.ts';
import { fire } from './fire.ts';
import { open } from './table.ts';

/** One ping that would be sent while nobody does anything. */
export interface Rehearsed {
  readonly at: Instant;
  readonly timer: TimerName;
  readonly step: 'warning' | 'breach' | 'level' | 'exhausted';
  /** From 1; 0 where it is no level of the policy. */
  readonly level: number;
  /** Counts the rounds of a policy, from 1. */
  readonly round: number;
  readonly ping: Ping;
}

/** What would follow if an incident were opened and nobody answered. */
export interface Rehearsal {
  readonly incident: Incident;
  readonly invited: readonly Target[];
  readonly pings: readonly Rehearsed[];
}

/** Nothing that has not happened by then is worth telling. */
const HORIZON = 30 * DAY;
const MOST_FIRINGS = 1000;

/**
 * Opens an incident of that severity in thought and lets time pass: the same rules decide as in a
 * real one, so what is foretold is what will happen.
 *
 * Told until the policy is exhausted and each clock has warned and run out once.
 */
export function rehearse(severity: string, actor: string, world: World): Rehearsal | null {
  const opened = open(
    { id: 'rehearsal', workspace: '', number: 0, twin: null },
    {
      action: { type: 'open', title: 'Rehearsal', severity, private: false, since: null },
      actor: { id: actor, zone: null },
      source: 'system',
      typed: '',
    },
    world,
  );
  if (!opened.ok) return null;
  const { incident, timers, notices } = opened.value;
  const invited = notices.flatMap(({ what }) => (what.type === 'invite' ? what.targets : []));
  return { incident, invited, pings: pingsOf({ incident, timers }, world) };
}

type Running = Pick<Snapshot, 'incident' | 'timers'>;

function pingsOf(start: Running, world: World): readonly Rehearsed[] {
  const pings: Rehearsed[] = [];
  const done = new Set<TimerName>();
  let now = start;
  for (let fired = 0; fired < MOST_FIRINGS; fired += 1) {
    const waiting = now.timers.filter(({ state }) => state === 'pending');
    if (waiting.every(({ name }) => done.has(name))) break;
    const at = Math.max(world.now, Math.min(...waiting.map(({ dueAt }) => dueAt)));
    if (at > world.now + HORIZON) break;
    const then = { ...world, now: at, typedAt: at, receivedAt: at };
    const decision = fire({ ...now, entries: [], revisions: [] }, then);
    for (const ping of rehearsed(decision, at, pings)) {
      if (done.has(ping.timer)) continue;
      pings.push(ping);
      if (ping.step === 'breach' || ping.step === 'exhausted') done.add(ping.timer);
    }
    now = { incident: decision.incident, timers: withChanges(now.timers, decision.timers) };
  }
  return pings;
}

/** What went off in one firing: an entry says which step it was, its ping whom it calls. */
function rehearsed(
  { entries, notices }: Decision,
  at: Instant,
  before: readonly Rehearsed[],
): readonly Rehearsed[] {
  const sent = notices.flatMap(({ what }) => ('ping' in what && what.ping ? [what.ping] : []));
  return entries.flatMap(({ detail }): Rehearsed[] => {
    if (detail?.type !== 'ping' && detail?.type !== 'timer') return [];
    const name = detail.type === 'ping' ? 'policy' : detail.timer;
    const ping = sent.find(({ timer }) => timer === name);
    if (ping === undefined || ping.timer === 'page') return [];
    const { timer, level } = ping;
    const step = detail.type === 'ping' ? 'level' : detail.step;
    const round = before.filter((one) => one.step === 'level' && one.level === level).length + 1;
    return [{ at, timer, step, level, round, ping }];
  });
}
