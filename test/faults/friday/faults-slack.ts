import { setTimeout as pause } from 'node:timers/promises';
import type { FaultMode } from '../../../src/demo/workspace/index.ts';
import type { Random } from './random.ts';
import type { Fault, Scene } from './scene.ts';
import type { Stack } from './stack.ts';

/** What can go wrong with a call, in equal shares. A hang is longer than Muster waits. */
const MODES: readonly FaultMode[] = [
  '429',
  '500-before',
  '500-after',
  'reset-before',
  'reset-after',
  'hang-after',
];
const HANG_MS = 4000;
const EVERY_TIME = Number.MAX_SAFE_INTEGER;
/** One channel's limit may hold up nobody else. */
const OTHERS_WITHIN_MS = 2000;

/** Lets a share of all calls go wrong until the function that it gives is called. */
export function troubleSlack({ workspace }: Stack, random: Random, share: number): () => void {
  const each = MODES.map((mode, n) => ({
    method: /^(?!auth\.test)/,
    times: EVERY_TIME,
    mode,
    retryAfter: 1,
    hangMs: HANG_MS,
    // One after another: each is asked only where those before it did not strike.
    match: () => random.chance(share / MODES.length / (1 - (share / MODES.length) * n)),
  }));
  workspace.faults.push(...each);
  return () => void workspace.faults.splice(0);
}

async function limitOne(scene: Scene): Promise<void> {
  const { workspace } = scene.stack;
  const limited = [...workspace.channels.values()].find(({ name }) => name.startsWith('inc-1-'));
  if (!limited) return scene.wrong('INC-1 has no channel');
  const began = Date.now();
  workspace.faults.push({
    // What Slack limits by channel; edits are counted by method.
    method: /^chat\.postMessage$/,
    times: EVERY_TIME,
    mode: '429',
    retryAfter: 2,
    match: ({ channel }) => channel === limited.id,
  });
  await pause(8000);
  workspace.faults.splice(0);
  scene.harmed();
  const refused = workspace.calls.filter(({ fault }) => fault === '429').length;
  const others = await scene.stack.sql<{ ms: number }[]>`
    select extract(epoch from o.sent_at - greatest(o.created_at, i.opened_at + interval '3 seconds'))::float8 * 1000 as ms
    from outbox o join incident i on i.id = o.incident_id
    where o.state = 'sent' and o."to"->>'type' = 'incident' and i.channel_id <> ${limited.id}
      and o.created_at >= to_timestamp(${began} / 1000.0) order by ms desc limit 1`;
  const slowest = Math.round(others[0]?.ms ?? 0);
  scene.note(`${refused} calls refused; the slowest message elsewhere took ${slowest} ms`);
  if (slowest > OTHERS_WITHIN_MS) scene.wrong(`another channel waited ${slowest} ms`);
}

/** What happens to Slack. */
export const SLACK_FAULTS: readonly Fault[] = [
  {
    name: 'slack-faulty',
    what: 'a quarter of all Slack calls: 429, 500 or reset before and after it was done, no answer',
    target: { p99Ms: 1000, healMs: 45_000 },
    async strike(scene) {
      const stop = troubleSlack(scene.stack, scene.random, 0.25);
      await pause(10_000);
      stop();
      scene.harmed();
    },
  },
  {
    name: 'slack-limited',
    what: 'Slack limits one channel for 8 s, Retry-After 2',
    target: { p99Ms: 1000, healMs: 15_000 },
    strike: limitOne,
  },
  {
    name: 'slack-gone',
    what: 'every Slack call is cut off for 8 s',
    target: { p99Ms: 1000, healMs: 45_000 },
    async strike(scene) {
      const stop = troubleSlack(scene.stack, scene.random, 1);
      await pause(8000);
      stop();
      scene.harmed();
    },
  },
];
