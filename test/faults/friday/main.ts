import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { load, machine } from '../../bench/report.ts';
import { FAULTS } from './faults.ts';
import { judge, type Verdict } from './judge.ts';
import { busy, endInOrder, gather, healed } from './night.ts';
import { createPeople } from './people.ts';
import { createRandom } from './random.ts';
import { print, run } from './run.ts';
import type { Fault, Scene, Stretch } from './scene.ts';
import { type Ground, prepareGround, startStack } from './stack.ts';
import { type Shown, tableOf } from './table.ts';

// `npm run failure-friday`, or `npm run failure-friday -- --only redis-frozen --seed 7`. Each fault
// strikes a stack of its own while people work and clocks run out; see docs/faults.md.

const INCIDENTS = 8;
const ACT_EVERY_MS = 150;
const CALM_MS = 2000;

/** Lets one fault strike, and says what came of it. */
async function tryFault(ground: Ground, fault: Fault, seed: number): Promise<Verdict> {
  const random = createRandom(seed);
  const stack = await startStack(ground, fault.stack);
  const away: Stretch[] = [];
  const wrong: string[] = [];
  let harmedAt = Date.now();
  try {
    const people = createPeople(stack, random);
    for (let n = 0; n < INCIDENTS; n += 4) {
      await Promise.all(Array.from({ length: 4 }, () => people.open()));
    }
    const stopWork = busy(people, ACT_EVERY_MS);
    const scene: Scene = {
      stack,
      people,
      random,
      harmed: () => {
        harmedAt = Date.now();
      },
      away: (stretch) => void away.push(stretch),
      note: (line) => print(`    ${line}`),
      wrong: (line) => void wrong.push(line),
    };
    await pause(CALM_MS);
    harmedAt = Date.now();
    await fault.strike(scene);
    const healMs = await healed(stack, harmedAt);
    await pause(CALM_MS);
    await stopWork();
    wrong.push(...(await endInOrder(stack, people)));
    const seen = { away, healMs, wrong, tolerated: fault.tolerated ?? [] };
    const evidence = await gather(stack, people, seen);
    tell(
      evidence.told.unanswered,
      stack.complaints,
      stack.replicas.map(({ crashes }) => crashes),
    );
    return judge(evidence, fault.target);
  } finally {
    await stack.close();
  }
}

function tell(
  unanswered: number,
  complaints: ReadonlyMap<string, number>,
  crashes: readonly number[],
): void {
  const ended = crashes.reduce((all, n) => all + n, 0);
  if (ended > 0) print(`    replicas that ended by themselves: ${ended}`);
  if (unanswered > 0) print(`    requests that nobody answered: ${unanswered}`);
  if (process.env.FRIDAY_LOG) print(`    ${JSON.stringify([...complaints])}`);
}

/** One fault after another, each said when it begins and when it is over. */
async function tryAll(ground: Ground, faults: readonly Fault[], seed: number): Promise<Shown[]> {
  const shown: Shown[] = [];
  for (const [n, fault] of faults.entries()) {
    const began = performance.now();
    print(`${n + 1}/${faults.length} ${fault.name}: ${fault.what}`);
    const verdict = await tryFault(ground, fault, seed);
    const took = ((performance.now() - began) / 1000).toFixed(0);
    print(`    ${verdict.passed ? 'pass' : 'FAIL'}, ${verdict.fired} timers, in ${took} s`);
    for (const reason of verdict.reasons) print(`    ${reason}`);
    shown.push({ name: fault.name, verdict });
  }
  return shown;
}

async function main(): Promise<boolean> {
  const { values } = parseArgs({
    options: { only: { type: 'string' }, seed: { type: 'string' } },
  });
  const seed = Number(values.seed ?? Date.now() % 100_000);
  const faults = FAULTS.filter(({ name }) => values.only === undefined || name === values.only);
  if (faults.length === 0) {
    throw new Error(
      `No fault is called that. There is: ${FAULTS.map(({ name }) => name).join(', ')}.`,
    );
  }
  const began = performance.now();
  print(`Failure Friday, seed ${seed}; ${machine()}; load: ${load()}\n`);
  const ground = await prepareGround();
  const shown: Shown[] = [];
  try {
    shown.push(...(await tryAll(ground, faults, seed)));
  } finally {
    await ground.stop();
  }
  const failed = shown.filter(({ verdict }) => !verdict.passed);
  print(`\n${tableOf(shown)}\n`);
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  const outcome = failed.length === 0 ? 'Everything passed' : `${failed.length} did not pass`;
  print(`${outcome}, in ${seconds} s; seed ${seed}; load: ${load()}`);
  return failed.length === 0;
}

run(main);
