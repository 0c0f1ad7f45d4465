import { setTimeout as pause } from 'node:timers/promises';
import type { Replica } from './replica.ts';
import type { Fault, Scene } from './scene.ts';

const STOPS_WITHIN_MS = 10_000;
/** How long the transaction is held open in which somebody is killed. */
const DAWDLE_SECONDS = 1;
const PATIENCE_MS = 15_000;

const firstOf = ({ stack }: Scene): Replica => {
  const [first] = stack.replicas;
  if (!first) throw new Error('there is no replica');
  return first;
};

const linesOf = ({ stack }: Scene) => {
  if (!stack.lines) throw new Error('there are no lines');
  return stack.lines;
};

/** Kills a replica when Slack has done what it asked for, and before it hears of it. */
async function killSending(scene: Scene): Promise<void> {
  const victim = firstOf(scene);
  const accepted = new Promise<void>((resolve) => {
    linesOf(scene).slack.onAnswer(/POST \/api\/chat\.postMessage/, resolve);
  });
  const late = pause(PATIENCE_MS, 'late', { ref: false });
  if ((await Promise.race([accepted, late])) === 'late') return scene.wrong('nothing was sent');
  const killed = victim.kill();
  scene.harmed();
  await killed;
}

/** The first entry of a firing takes its time: somebody can be killed meanwhile. */
const DAWDLE = `
create sequence watched.firings;
create function watched.dawdle() returns trigger language plpgsql as $$
begin
  if nextval('watched.firings') = 1 then perform pg_sleep(${DAWDLE_SECONDS}); end if;
  return new;
end $$;
create trigger dawdle before insert on entry for each row
  when (new.source = 'system') execute function watched.dawdle();`;
const DAWDLING = `select client_port as port from pg_stat_activity
  where datname = current_database() and wait_event = 'PgSleep'`;

/** Kills whoever is in the middle of the transaction of a firing. */
async function killFiring(scene: Scene): Promise<void> {
  const { sql, replicas } = scene.stack;
  await sql.unsafe(DAWDLE);
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await pause(20)) {
    const [dawdling] = await sql.unsafe<{ port: number }[]>(DAWDLING);
    if (!dawdling) continue;
    const victim = replicas[linesOf(scene).postgres.owns(dawdling.port) ? 0 : 1];
    const killed = victim?.kill();
    scene.harmed();
    await killed;
    return;
  }
  scene.wrong('nothing fired');
}

async function killOften(scene: Scene): Promise<void> {
  for (let n = 0; n < 4; n += 1) {
    const victim = scene.random.pick(scene.stack.replicas);
    await Promise.all([victim.kill(), pause(2000)]);
  }
  scene.harmed();
}

async function rollAll(scene: Scene): Promise<void> {
  const went: { code: number | null; ms: number }[] = [];
  for (const replica of scene.stack.replicas) went.push(await replica.roll());
  scene.harmed();
  const slowest = Math.max(...went.map(({ ms }) => ms));
  scene.note(`the slowest stopped in ${(slowest / 1000).toFixed(1)} s`);
  for (const { code, ms } of went) {
    if (code !== 0) scene.wrong(`a replica that was told to stop ended with ${code}`);
    if (ms > STOPS_WITHIN_MS) scene.wrong(`a replica took ${Math.round(ms)} ms to stop`);
  }
}

async function freezeOne(scene: Scene): Promise<void> {
  const victim = firstOf(scene);
  victim.freeze();
  await pause(12_000);
  victim.thaw();
  scene.harmed();
}

async function cutOff(scene: Scene): Promise<void> {
  const lines = Object.values(linesOf(scene));
  for (const line of lines) line.freeze();
  await pause(10_000);
  for (const line of lines) line.thaw();
  scene.harmed();
}

/** What happens to Muster's own processes. */
export const PROCESS_FAULTS: readonly Fault[] = [
  {
    name: 'killed-sending',
    what: 'kill -9 after Slack took a message, before the replica heard so',
    stack: { lined: true },
    target: { p99Ms: 1500, healMs: 15_000 },
    strike: killSending,
  },
  {
    name: 'killed-firing',
    what: 'kill -9 in the middle of the transaction of a firing',
    stack: { lined: true },
    target: { p99Ms: 1500 + DAWDLE_SECONDS * 1000, healMs: 15_000 },
    strike: killFiring,
  },
  {
    name: 'killed-often',
    what: 'kill -9 of either replica, four times, two seconds apart',
    target: { p99Ms: 1500, healMs: 15_000 },
    strike: killOften,
  },
  {
    name: 'rolling-restart',
    what: 'SIGTERM to each of three replicas, one after another',
    stack: { replicas: 3 },
    target: { p99Ms: 1000, healMs: 5000 },
    strike: rollAll,
  },
  {
    name: 'replica-frozen',
    what: 'SIGSTOP of one of two replicas for 12 s, as a paused machine',
    target: { p99Ms: 5000, healMs: 15_000 },
    // Nobody answers for a machine that stands still.
    tolerated: ['operation_timeout'],
    strike: freezeOne,
  },
  {
    name: 'black-hole',
    what: 'one of two replicas hears nothing of PostgreSQL, Redis and Slack for 10 s',
    stack: { lined: true },
    target: { p99Ms: 5000, healMs: 15_000 },
    strike: cutOff,
  },
  {
    name: 'boot-together',
    what: 'three replicas start at once on an empty database',
    stack: { replicas: 3, empty: true },
    target: { p99Ms: 1000, healMs: 5000 },
    async strike({ stack, note, harmed }) {
      harmed();
      note(`three of three ready in ${(stack.bootMs / 1000).toFixed(1)} s`);
      await pause(4000);
    },
  },
];
