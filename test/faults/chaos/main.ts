import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { load, machine, table } from '../../bench/report.ts';
import { judge, latenessOf, type Verdict } from '../friday/judge.ts';
import { busy, endInOrder, gather } from '../friday/night.ts';
import { createPeople, type People } from '../friday/people.ts';
import { createRandom, type Random } from '../friday/random.ts';
import { print, run } from '../friday/run.ts';
import { prepareGround, type Stack, startStack } from '../friday/stack.ts';
import { tableOf } from '../friday/table.ts';
import { AWAY, choose, type Misfortune } from './misfortunes.ts';
import { type Happened, type Phase, phasesOf } from './phases.ts';

// `npm run chaos`, or `npm run chaos -- --timers 10000 --seed 7`. One misfortune after another, at
// times two at once, while incidents are opened, worked on and resolved, until so many timers have
// fired; then everything that is left is looked at. See docs/faults.md.

const REPLICAS = 3;
/** One is ahead, one behind, one right. */
const CLOCKS_MS = [20_000, -20_000, 0];
const ACT_EVERY_MS = 250;
const OPEN_AT_ONCE = 12;
const TEND_EVERY_MS = 700;
const CALM_MS = 10_000;
const SAY_EVERY_MS = 20_000;
const HEALS_WITHIN_MS = 15_000;
/** Slack waits three seconds; a machine that stood still answers none of those who asked then. */
const SLACK_WAITS_MS = 3500;

/** What went wrong in one run, and how long killed deliveries took to be healed. */
interface Night {
  readonly happened: Happened[];
  readonly healed: (number | null)[];
}

/** Keeps so many incidents open: a new one for each that somebody resolves. */
function tend(people: People, random: Random): () => Promise<void> {
  let stopped = false;
  const tending = (async () => {
    for (; !stopped; await pause(TEND_EVERY_MS)) {
      const open = await Promise.race([people.openNumbers().catch(() => null), pause(1000, null)]);
      if (open === null) continue;
      if (open.length < OPEN_AT_ONCE) await people.open();
      else if (random.chance(0.4)) await people.resolve(open[0] ?? 0);
    }
  })();
  return async () => {
    stopped = true;
    await tending;
  };
}

async function strike(misfortune: Misfortune, stack: Stack, random: Random, night: Night) {
  const from = Date.now();
  const { name, kind } = misfortune;
  const onHealed = (ms: number | null): void => void night.healed.push(ms);
  const stretch = await misfortune.strike({ stack, random, onHealed });
  night.happened.push({ name, kind, stretch: stretch ?? { from, to: Date.now() } });
}

/** How many deliveries wait their turn, and for how long the oldest has. */
async function waiting({ sql }: Stack): Promise<string> {
  const [row] = await sql`select count(*)::int as n,
    coalesce(round(extract(epoch from max(now() - next_at))), 0)::int as oldest
    from outbox where state in ('pending', 'sending') and next_at <= now()`;
  return `${row?.n} deliveries due (oldest ${row?.oldest} s)`;
}

const firedSoFar = async ({ sql }: Stack): Promise<number> =>
  Number((await sql`select count(*) as n from watched.trail where next_step > step`)[0]?.n ?? 0);

/** One misfortune after another, and now and then Slack's on top, until enough has fired. */
async function haunt(stack: Stack, random: Random, timers: number): Promise<Night> {
  const night: Night = { happened: [], healed: [] };
  await pause(CALM_MS);
  let said = Date.now();
  for (;;) {
    const fired = await firedSoFar(stack);
    if (fired >= timers) return night;
    if (Date.now() - said > SAY_EVERY_MS) {
      said = Date.now();
      const due = await waiting(stack);
      const struck = `${night.happened.length} misfortunes`;
      print(`    ${fired} timers fired, ${struck}, ${due}, load ${load()}`);
    }
    const first = choose(random);
    const second = choose(random);
    const both = second.kind === 'slack' && first.kind !== 'slack' && first.kind !== 'killed';
    await Promise.all(
      [first, ...(both ? [second] : [])].map((each) => strike(each, stack, random, night)),
    );
    await pause(random.between(1000, 6000));
  }
}

/** Requests that nobody answered in time although their replica ran. */
function unanswered({ workspace }: Stack, { happened }: Night): number {
  const frozen = happened.filter(({ kind }) => kind === 'frozen');
  return workspace.violations.filter(
    ({ rule, at }) =>
      rule === 'operation_timeout' &&
      !frozen.some(({ stretch }) => at >= stretch.from && at <= stretch.to + SLACK_WAITS_MS),
  ).length;
}

const shownPhases = (phases: readonly Phase[]): string =>
  table(
    ['while', 'fired', 'p50 ms', 'p99 ms', 'max ms', 'wanted', ''],
    phases.map(({ name, fired, lateness, wanted, met }) => [
      name,
      String(fired),
      ...[lateness.p50, lateness.p99, lateness.max].map((ms) => String(Math.round(ms))),
      wanted,
      met ? 'pass' : 'FAIL',
    ]),
  );

/** How often each misfortune struck. */
const shownHappened = (happened: readonly Happened[]): string => {
  const times = new Map<string, number>();
  for (const { name } of happened) times.set(name, (times.get(name) ?? 0) + 1);
  return [...times].map(([name, n]) => `${n} × ${name}`).join(', ');
};

async function spend(stack: Stack, seed: number, timers: number): Promise<boolean> {
  const random = createRandom(seed);
  const people = createPeople(stack, createRandom(seed + 1));
  for (let n = 0; n < OPEN_AT_ONCE / 2; n += 1) await people.open();
  const stops = [busy(people, ACT_EVERY_MS), tend(people, createRandom(seed + 2))];
  const night = await haunt(stack, random, timers);
  await pause(CALM_MS);
  for (const stop of stops) await stop();
  const wrong = [...(await endInOrder(stack, people))];
  const late = unanswered(stack, night);
  if (late > 0) wrong.push(`${late} requests were not answered in time`);
  const away = night.happened
    .filter(({ kind }) => AWAY.includes(kind))
    .map(({ stretch }) => stretch);
  const slowest = night.healed.includes(null)
    ? null
    : Math.max(0, ...night.healed.flatMap((ms) => ms ?? []));
  const seen = { away, healMs: slowest, wrong, tolerated: ['operation_timeout'] };
  const evidence = await gather(stack, people, seen);
  const verdict: Verdict = judge(evidence, { p99Ms: 5000, healMs: HEALS_WITHIN_MS });
  const phases = phasesOf(evidence.trail, night.happened);
  const { p50, p99, max } = latenessOf(evidence.told.answers);
  const crashes = stack.replicas.reduce((all, each) => all + each.crashes, 0);
  print(`\n${tableOf([{ name: `seed ${seed}`, verdict }])}\n\n${shownPhases(phases)}\n`);
  print(`${shownHappened(night.happened)}.`);
  print(
    `${evidence.told.opened} incidents, ${evidence.told.logged.length} logged lines, each there once; ${evidence.trail.folded} overdue steps folded into later ones, ${evidence.trail.overtaken.length} stopped by somebody when they were due.`,
  );
  print(
    `${evidence.told.answers.length} answers: p50 ${Math.round(p50)} ms, p99 ${Math.round(p99)} ms, slowest ${Math.round(max)} ms; ${evidence.told.unanswered} requests died with their replica; ${crashes} replicas ended by themselves.`,
  );
  const complaints = [...stack.complaints].map(([said, times]) => `${times} × ${said}`);
  if (complaints.length > 0) print(`Errors in their logs: ${complaints.join(', ')}.`);
  for (const reason of verdict.reasons) print(`FAIL ${reason}`);
  return verdict.passed && phases.every(({ met }) => met);
}

async function main(): Promise<boolean> {
  const { values } = parseArgs({
    options: { timers: { type: 'string' }, seed: { type: 'string' } },
  });
  const seed = Number(values.seed ?? Date.now() % 100_000);
  const timers = Number(values.timers ?? 10_000);
  const began = performance.now();
  print(`Chaos until ${timers} timers have fired, seed ${seed}; ${machine()}; load: ${load()}`);
  const ground = await prepareGround();
  try {
    const stack = await startStack(ground, { replicas: REPLICAS, aheadMs: CLOCKS_MS, lined: true });
    try {
      return await spend(stack, seed, timers);
    } finally {
      await stack.close();
    }
  } finally {
    await ground.stop();
    print(`${((performance.now() - began) / 1000).toFixed(0)} s; seed ${seed}; load: ${load()}`);
  }
}

run(main);
