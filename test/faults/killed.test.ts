import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FaultMode } from '../../src/demo/workspace/index.ts';
import { expectInvariants } from '../support/invariants.ts';
import { startProxy } from '../support/proxy.ts';
import { type Service, startService } from '../support/service.ts';
import { createStory, eventually, type Story } from '../support/story.ts';

let story: Story;
let services: Service[] = [];

/** A service of its own; the clock runs, for leases have to run out. */
async function serve(databaseUrl = story.databaseUrl): Promise<Service> {
  const service = await startService({ workspace: story.workspace, databaseUrl });
  services.push(service);
  return service;
}

/** Kills the service in the moment when Slack has done what it was asked and not said so. */
function killWhen(service: Service, method: RegExp, mode: FaultMode, text = ''): Promise<unknown> {
  story.workspace.faults.push({
    method,
    mode,
    times: 1,
    hangMs: 50,
    match: (args) => JSON.stringify(args).includes(text),
    onHit: () => service.kill(),
  });
  return service.gone;
}

const LEASE_MS = 11_000;

/** A new process takes over when the lease of the dead one has run out. */
async function takeOver(): Promise<void> {
  const [service] = await Promise.all([serve(), story.clock.forward(LEASE_MS)]);
  expect(service.port).toBeGreaterThan(0);
  await story.settle();
}

beforeEach(async () => {
  story = await createStory({ replicas: 0, speed: 1 });
});

afterEach(async () => {
  for (const service of services) service.kill();
  await Promise.all(services.map(({ gone }) => gone));
  services = [];
  await story.stop();
});

test('killed between Slack’s yes and the record of it, for a channel and a ping: one of each', async () => {
  const first = await serve();
  await story.type('bo', '/incident list', 'C0GENERAL');
  const gone = killWhen(first, /conversations\.create/, 'hang-after');
  await story.workspace.type('U0BO', 'C0GENERAL', '/incident open sev1 Checkout is down');
  await gone;
  expect(story.findChannel(1)).toBeDefined();

  const second = await serve();
  const again = killWhen(second, /chat\.postMessage/, '500-after', 'New incident');
  await story.clock.forward(LEASE_MS);
  await again;

  await takeOver();
  expect(story.heardHere().filter((line) => line.includes('New incident'))).toHaveLength(1);
  expect(
    [...story.workspace.channels.values()].filter(({ name }) => name.startsWith('inc-')),
  ).toHaveLength(1);
  await expectInvariants(story);
}, 40_000);

test('killed after the commit and before the answer: it is kept, and the repetition is answered', async () => {
  const proxy = await startProxy(story.databaseUrl);
  const first = await serve(proxy.url);
  await story.opens('ana', 'sev1 Checkout is down');
  await story.type('bo', '/incident list', 'C0GENERAL');
  proxy.onCommit('muster', first.kill);
  const typed = await story.workspace.type(
    'U0BO',
    story.channel().id,
    '/incident log pool restarted',
  );
  expect(typed.status).toBe(0);
  await first.gone;
  const delivery = story.workspace.deliveries.at(-1);
  if (!delivery) throw new Error('nothing was delivered');

  await takeOver();
  const { status, body } = await story.workspace.rawRequest(delivery);
  expect(status).toBe(200);
  expect(JSON.stringify(body)).toContain('pool restarted');
  await story.settle();
  const logged = (await story.entries()).filter(({ text }) => text === 'pool restarted');
  expect(logged).toHaveLength(1);
  await expectInvariants(story);
  await proxy.close();
}, 40_000);

test('told to stop in the middle of a delivery it finishes, and exits with 0 within ten seconds', async () => {
  const service = await serve();
  await story.opens('ana', 'sev1 Checkout is down');
  await story.type('bo', '/incident list', 'C0GENERAL');
  let hit = false;
  story.workspace.faults.push({
    method: /chat\.postMessage/,
    mode: 'slow',
    times: 1,
    hangMs: 1500,
    match: (args) => JSON.stringify(args).includes('acknowledged'),
  });
  await story.workspace.type('U0BO', story.channel().id, '/incident ack');
  await eventually(() => {
    hit = story.workspace.faults.at(-1)?.times === 0;
    return hit;
  }, 'the delivery is under way');
  const { code, ms } = await service.signal('SIGTERM');
  expect(code).toBe(0);
  expect(ms).toBeLessThan(10_000);
  const said = story.heardHere().filter((line) => line.includes('acknowledged INC-1 at'));
  expect(said).toHaveLength(1);
  const sending =
    await story.sql`select 1 from outbox where state = 'sending' and lease_until > now()`;
  expect([...sending]).toEqual([]);
}, 30_000);
