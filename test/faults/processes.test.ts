import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { expectInvariants } from '../support/invariants.ts';
import { startProxy } from '../support/proxy.ts';
import { describeWithRedis, startRedis } from '../support/redis.ts';
import { type Service, type ServiceOptions, startService } from '../support/service.ts';
import { createStory, eventually, type Story } from '../support/story.ts';

// What happens to Muster's own processes, besides what killed.test.ts tells. Numbers are the rows of
// the fault matrix; see docs/faults.md.

let story: Story;
let services: Service[] = [];

async function serve(options: Partial<ServiceOptions> = {}): Promise<Service> {
  const { workspace, databaseUrl } = story;
  const service = await startService({ workspace, databaseUrl, ...options });
  services.push(service);
  return service;
}

afterEach(async () => {
  for (const service of services) service.kill();
  await Promise.all(services.map(({ gone }) => gone));
  services = [];
  await story.stop();
});

const LEASE_MS = 11_000;
const levels = (name: string, level: number): number =>
  story.heard(name).filter((line) => line.includes(`level ${level}`)).length;

describeWithRedis('killed', () => {
  test('3: after the commit and before any hint of it, another fires on its sweep', async () => {
    const redis = await startRedis();
    try {
      story = await createStory({ redisUrl: redis.url, speed: 1 });
      const { workspace, databaseUrl } = story;
      const proxy = await startProxy(databaseUrl);
      const victim = await serve({ databaseUrl: proxy.url, redisUrl: redis.url });
      await story.type('bo', '/incident list', 'C0GENERAL');
      // Who lost nothing hints nothing again: only the sweep is left.
      await eventually(
        async () => (await redis.ask('GET {muster}:here')).startsWith('$1'),
        'it is marked',
      );
      proxy.onCommit('muster', victim.kill);
      await workspace.type('U0ANA', 'C0GENERAL', '/incident open sev1 Checkout is down');
      await victim.gone;
      // What was due at once the other has fired, with a hint of its own for what follows.
      await story.settle();
      await redis.ask('DEL {muster}:muster-wake:delayed');
      const waiting = await story.sql`select 1 from timer where state = 'pending'`;
      expect(waiting.length).toBeGreaterThan(3);

      await story.fastForward(5);
      expect(levels('bo', 2)).toBe(1);
      await expectInvariants(story);
      await proxy.close();
    } finally {
      await redis.stop();
    }
  }, 40_000);
});

/** The first firing takes long enough to be killed in. */
const DAWDLE = `create sequence firings;
create function dawdle() returns trigger language plpgsql as $$
begin
  if nextval('firings') = 1 then perform pg_sleep(1); end if;
  return new;
end $$;
create trigger dawdle before insert on entry for each row
  when (new.source = 'system') execute function dawdle();`;

test('4: killed in the middle of the transaction of a firing: nothing of it stays, another fires', async () => {
  story = await createStory({ replicas: 0, speed: 1 });
  const { sql } = story;
  const victim = await serve();
  await story.opens('ana', 'sev1 Checkout is down');
  await sql.unsafe(DAWDLE);
  await story.clock.forward(5 * 60_000);
  await eventually(
    async () =>
      (
        await sql`select 1 from pg_stat_activity
        where datname = current_database() and wait_event = 'PgSleep'`
      ).length > 0,
    'it is firing',
  );
  victim.kill();
  await victim.gone;
  const fired = () => sql`select 1 from audit where action->>'type' = 'fire'`;
  const before = (await fired()).length;
  story.through(await story.startReplica());
  await eventually(async () => (await fired()).length > before, 'another fires');
  await story.settle();
  expect(levels('bo', 2)).toBe(1);
  await expectInvariants(story);
}, 40_000);

/** Stands still for a while, throws, or rejects, each when it is told to by a signal. */
const TROUBLED = `
process.on('SIGUSR2', () => { const until = Date.now() + 2500; while (Date.now() < until); });
process.on('SIGHUP', () => setTimeout(() => { throw new Error('nobody caught it'); }));
process.on('SIGWINCH', () => void Promise.reject(new Error('nobody awaited it')));`;

/** Slack takes a message and leaves the sender waiting; gives when it has it. */
function whenTaken(text: string, onHit: () => void = () => undefined): Promise<unknown> {
  const { faults } = story.workspace;
  faults.push({
    method: /chat\.postMessage/,
    mode: 'hang-after',
    times: 1,
    hangMs: 2900,
    match: (args) => JSON.stringify(args).includes(text),
    onHit,
  });
  return eventually(() => faults.every(({ times }) => times === 0), 'Slack has it');
}

/** Another takes over what the lease of the one before does not hold any more. */
async function takeOver(): Promise<void> {
  story.through(await story.startReplica());
  await story.clock.forward(LEASE_MS);
  await story.settle();
}

const updates = (): string[] => story.heardHere().filter((line) => line.includes('Update by'));

test('9, 10: a loop that blocks in the middle of sending doubles nothing, and a fault nobody caught ends it', async () => {
  story = await createStory({ replicas: 0, speed: 1 });
  const said: string[] = [];
  const troubled = await serve({ preload: TROUBLED, onLine: (line) => void said.push(line) });
  await story.opens('ana', 'sev1 Checkout is down');
  const taken = whenTaken('Rolling back', () => process.kill(troubled.pid, 'SIGUSR2'));
  await story.workspace.type('U0ANA', story.channel().id, '/incident update Rolling back');
  await taken;
  await takeOver();
  expect(updates()).toHaveLength(1);

  const { code } = await troubled.signal('SIGHUP');
  expect(code).toBe(1);
  const fault = said.find((line) => line.includes('"event":"unexpected fault"'));
  expect(fault).toContain('nobody caught it');
  await story.fastForward(5);
  expect(levels('bo', 2)).toBe(1);
  await expectInvariants(story);
}, 40_000);

test('7, 10: a promise nobody awaited ends it, a second signal ends it at once, and another sends what is left', async () => {
  story = await createStory({ replicas: 0, speed: 1 });
  const said: string[] = [];
  const [rejecting, impatient] = await Promise.all([
    serve({ preload: TROUBLED, onLine: (line) => void said.push(line) }),
    serve(),
  ]);
  expect((await rejecting.signal('SIGWINCH')).code).toBe(1);
  expect(said.join('\n')).toContain('nobody awaited it');

  story.workspace.connect(`http://127.0.0.1:${impatient.port}/slack/events`);
  await story.opens('ana', 'sev1 Checkout is down');
  const taken = whenTaken('Rolling back');
  await story.workspace.type('U0ANA', story.channel().id, '/incident update Rolling back');
  await taken;
  process.kill(impatient.pid, 'SIGTERM');
  await pause(100);
  const { code, ms } = await impatient.signal('SIGTERM');
  expect(code).toBe(128 + 15);
  expect(ms).toBeLessThan(1500);
  await takeOver();
  expect(updates()).toHaveLength(1);
  await expectInvariants(story);
}, 40_000);
