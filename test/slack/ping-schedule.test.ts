import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Workspace } from '../../src/demo/workspace/index.ts';
import type { Destination, NoticeBody } from '../../src/domain/decision.ts';
import type { Ping } from '../../src/domain/ping.ts';
import type { Override, Schedule } from '../../src/domain/schedules/schedule.ts';
import type { Target } from '../../src/domain/settings.ts';
import { createClients } from '../../src/slack/clients.ts';
import { createDeliverer } from '../../src/slack/deliver.ts';
import { delivery, incident, memory, office, quiet, SETTINGS } from './support.ts';

let workspace: Workspace;

beforeEach(async () => {
  workspace = await office();
});
afterEach(async () => {
  expect(workspace.violations).toEqual([]);
  await workspace.close();
});

/** Whoever is first is on call now, and the others follow day by day. */
const rota = (name: string, members: readonly string[]): Schedule => ({
  name,
  zone: 'UTC',
  layers: [
    {
      members,
      turn: { unit: 'day', count: 1 },
      handoff: { weekday: 1, hour: 0, minute: 0 },
      start: new Date().toISOString().slice(0, 10),
      only: [],
      zone: 'UTC',
    },
  ],
});

const schedule = (name: string): Target => ({ type: 'schedule', name });

const pingOf = (who: readonly Target[]): Ping => ({
  timer: 'policy',
  level: 1,
  why: ['New incident. Please acknowledge it.'],
  who,
  stops: ['Acknowledge'],
  next: null,
  lateMs: 0,
});

/** What follows from asking one of the schedules, in a few words. */
async function follows(
  schedules: readonly Schedule[],
  { who = [schedule('platform')], overrides = [] as readonly Override[], secret = false } = {},
): Promise<string[]> {
  const { store } = memory(incident({ private: secret }), null, overrides);
  const address = { token: workspace.botToken, apiUrl: workspace.apiUrl };
  const settings = {
    ...SETTINGS,
    schedules: Object.fromEntries(schedules.map((one) => [one.name, one])),
  };
  const { client } = createClients(address, quiet);
  const { botUserId } = workspace;
  const deliver = createDeliverer({ client, store, settings, botUserId, log: quiet, pauseMs: 0 });
  const what = { type: 'ping schedule', schedule: 'platform', ping: pingOf(who) } as const;
  const to = { type: 'lookup', name: 'schedule:platform' } as const;
  const delivered = await deliver(delivery({ what, to }));
  if (!('next' in delivered)) return [delivered.type];
  return (delivered.next ?? []).map(({ to: address, what: body }) => {
    const whom = 'id' in address ? address.id : address.type;
    if (body.type !== 'message') return `${body.type} ${whom}`;
    const words = body.message.summary.map((span) =>
      typeof span === 'object' && 'id' in span ? `@${span.id}` : span,
    );
    return `${whom}: ${words.join('')}`;
  });
}

test('whoever is on call is pinged and invited', async () => {
  expect(await follows([rota('platform', ['U0BO', 'U0ANA'])])).toEqual([
    'ping U0BO',
    'invite chores',
  ]);
});

test('an override counts for more than the rotation', async () => {
  const standIn: Override = {
    id: 'one',
    schedule: 'platform',
    user: 'U0ANA',
    from: Date.now() - 60_000,
    until: Date.now() + 3_600_000,
    by: 'U0ANA',
    at: 1,
  };
  const overrides = [standIn, { ...standIn, id: 'two', schedule: 'else', user: 'U0EVE', at: 2 }];
  const [first] = await follows([rota('platform', ['U0BO'])], { overrides });
  expect(first).toBe('ping U0ANA');
});

test.each([
  ['U0GONE', 'has left the workspace'],
  ['U0NOBODY', 'is not in this workspace'],
  ['U0EVE', 'is a guest, who may not see the incident'],
])('%s, who is on call but %s, is reported, and the next is pinged', async (id, why) => {
  const line = `INC-42: @${id} is on call in platform but ${why}. Pinged instead: @U0BO, whose turn is next.`;
  expect(await follows([rota('platform', [id, 'U0BO'])])).toEqual([
    'ping U0BO',
    'invite chores',
    `incident: ${line}`,
    `U0ANA: ${line}`,
  ]);
});

test('of a private incident administrators learn what to mend, and neither which it is nor who came', async () => {
  for (const schedules of [[rota('platform', ['U0GONE', 'U0BO'])], []]) {
    const all = await follows(schedules, { secret: true });
    const [told = '', ...others] = all.filter((line) => line.startsWith('U0ANA: '));
    expect(others).toEqual([]);
    expect(told).toMatch(/^U0ANA: A private incident: .* in platform .*/);
    expect(told).not.toMatch(/42|U0BO/);
    expect(all.find((line) => line.startsWith('incident: '))).toContain('INC-42');
  }
});

test('what administrators may press and type names no private incident either', async () => {
  const { store } = memory(incident({ private: true }));
  const address = { token: workspace.botToken, apiUrl: workspace.apiUrl };
  const { client } = createClients(address, quiet);
  const { botUserId } = workspace;
  const settings = { ...SETTINGS, schedules: { platform: rota('platform', ['U0GONE', 'U0BO']) } };
  const deliver = createDeliverer({ client, store, settings, botUserId, log: quiet, pauseMs: 0 });
  const ping = pingOf([schedule('platform')]);
  const whole = async (what: NoticeBody, to: Destination): Promise<string[]> => {
    const delivered = await deliver(delivery({ what, to }));
    const next = 'next' in delivered ? (delivered.next ?? []) : [];
    return next
      .filter(({ to: whom, what: body }) => whom.type === 'user' && body.type === 'message')
      .map(({ what: body }) => JSON.stringify(body));
  };
  const scheduled = { type: 'ping schedule', schedule: 'platform', ping } as const;
  const told = [
    ...(await whole(scheduled, { type: 'lookup', name: 'schedule:platform' })),
    ...(await whole({ type: 'ping', ping }, { type: 'user', id: 'U0NOBODY' })),
  ];
  expect(told).toHaveLength(2);
  for (const message of told) {
    expect(message).toContain('A private incident');
    expect(message).not.toMatch(/42|checkout|C0WAR|page @/);
  }
});

test('a rotation in which nobody is left pings nobody and says so', async () => {
  expect(await follows([rota('platform', ['U0GONE', 'U0NOBODY'])])).toEqual([
    expect.stringContaining('incident: INC-42: @U0GONE is on call in platform but'),
    expect.stringContaining('Nobody was pinged for it.'),
  ]);
});

test('a schedule that the configuration no longer has is reported', async () => {
  const [first] = await follows([]);
  expect(first).toContain('Nobody is on call in platform now. Nobody was pinged for it.');
});

test('when Slack does not tell who somebody is, they are pinged all the same', async () => {
  workspace.faults.push({ method: /^users\.info$/, times: 5, mode: '500-before' });
  const [first, , ...more] = await follows([rota('platform', ['U0GONE', 'U0BO'])]);
  expect({ first, more }).toEqual({ first: 'ping U0GONE', more: [] });
});

test('somebody whom two targets mean is pinged once', async () => {
  const both = [rota('platform', ['U0BO']), rota('database', ['U0BO'])];
  const named: Target[] = [{ type: 'user', id: 'U0BO' }, schedule('platform')];
  expect(await follows(both, { who: named })).toEqual(['invite chores']);
  const after = [schedule('database'), schedule('platform')];
  expect(await follows(both, { who: after })).toEqual(['invite chores']);
  const before = [schedule('platform'), schedule('database')];
  expect(await follows(both, { who: before })).toEqual(['ping U0BO', 'invite chores']);
});
