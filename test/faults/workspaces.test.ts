import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import type { Workspace } from '../../src/demo/workspace/index.ts';
import { startProxy } from '../support/proxy.ts';
import { createTenants, type Tenants } from '../support/tenants.ts';
import { eventually } from '../support/town.ts';

let tenants: Tenants | undefined;

afterEach(async () => {
  await tenants?.close();
  tenants = undefined;
});

/** BullMQ does not survive that its connection is cut in the middle of its own start. */
const QUEUE_STARTS_MS = 1500;

const textsIn = (workspace: Workspace, channel: string): string =>
  JSON.stringify(workspace.channel(channel)?.messages.map(({ blocks }) => blocks));

test('while the database is away, each workspace keeps its lines to itself, and gets them imported', async () => {
  tenants = await createTenants();
  const { one, two, install, start, use, type, incidentChannel, clock, sql } = tenants;
  await install(one);
  await install(two);
  const way = await startProxy(clock.url);
  use(await start(undefined, way.url));
  await tenants.first.stop();
  await type(one, 'U0ANA', 'open sev1 checkout down');
  await type(two, 'U0BO', 'open sev2 payroll late');
  const [here, there] = [await incidentChannel(one), await incidentChannel(two)];
  await eventually(() => here.messages.length * there.messages.length > 0, 'both cards');
  await pause(QUEUE_STARTS_MS);
  way.cut();
  expect(await type(one, 'U0ANA', 'log pool is full', here.id)).toContain('Recorded in');
  expect(await type(two, 'U0BO', 'log bank is closed', there.id)).toContain('Recorded in');
  expect(textsIn(one, here.id)).toContain('pool is full');
  expect(textsIn(two, there.id)).toContain('bank is closed');
  expect(textsIn(one, here.id)).not.toContain('bank is closed');
  way.restore();
  const entries = () => sql<{ workspace: string; text: string }[]>`
    select i.workspace, e.text from entry e join incident i on i.id = e.incident_id
    where e.text in ('pool is full', 'bank is closed') order by 1`;
  await eventually(async () => (await entries()).length === 2, 'both are imported', 20_000);
  expect(await entries()).toEqual([
    { workspace: 'T0ONE', text: 'pool is full' },
    { workspace: 'T0TWO', text: 'bank is closed' },
  ]);
  await way.close();
}, 60_000);
