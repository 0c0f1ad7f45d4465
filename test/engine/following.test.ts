import { expect, test } from 'vitest';
import type { Destination, Notice, NoticeBody } from '../../src/domain/decision.ts';
import type { Ping } from '../../src/domain/ping.ts';
import { say } from '../../src/domain/text.ts';
import { keepingInside } from '../../src/engine/following.ts';
import type { Delivered, Delivery } from '../../src/ports.ts';
import { incident } from '../slack/support.ts';

const PING: Ping = {
  timer: 'policy',
  level: 1,
  why: ['Nobody has acknowledged it.'],
  who: [{ type: 'usergroup', id: 'SSRE' }],
  stops: ['Acknowledge'],
  next: null,
  lateMs: 0,
};
const DECLARER: Destination = { type: 'user', id: incident().declaredBy };
const BO: Destination = { type: 'user', id: 'U0BO' };
const HERE: Destination = { type: 'incident' };
const message = (said: string): NoticeBody => ({ type: 'message', message: say(said) });

const DELIVERY: Delivery = {
  id: '1',
  key: 'k',
  workspace: 'T1',
  incident: incident().id,
  to: { type: 'lookup', name: 'schedule:platform' },
  what: { type: 'ping schedule', schedule: 'platform', ping: PING },
  attempts: 1,
  unsureSince: null,
};

type Followed = readonly (readonly [Destination, NoticeBody])[];

/** What is left of what follows a delivery, as `to what`. */
async function left(
  known: ReturnType<typeof incident> | null,
  followed: Followed,
  type: Delivered['type'] = 'done',
): Promise<string[]> {
  const next = followed.map(([to, what], n): Notice => ({ key: `k:${n}`, to, what }));
  const outcome = { type, reason: 'r', ms: 1, scope: 'channel', next } as unknown as Delivered;
  const glance = async () => known && { incident: known, timers: [], asOf: 0 };
  const delivered = await keepingInside({ glance }, async () => outcome)(DELIVERY);
  expect(delivered.type).toBe(type);
  if (!('next' in delivered)) return [];
  return (delivered.next ?? []).map(({ to, what }) =>
    `${to.type} ${'id' in to ? `${to.id} ` : ''}${what.type}`.replace('incident ', 'here '),
  );
}

const drill = incident({ drill: true });

/** Everything that reaches somebody, sent to somebody who is no part of the drill. */
const OUTWARD: Followed = [
  [BO, { type: 'ping', ping: PING }],
  [
    { type: 'user', id: 'U0CY' },
    { type: 'ping', ping: PING },
  ],
  [{ type: 'chores' }, { type: 'invite', targets: [{ type: 'user', id: 'U0BO' }] }],
  [BO, message('Nobody is on call.')],
  [{ type: 'channel', id: 'C0ELSE' }, message('Look at this.')],
  [{ type: 'ephemeral', channel: 'C0ELSE', user: 'U0BO' }, message('Are you there?')],
  [{ type: 'channel', id: 'C0ELSE' }, { type: 'announcement' }],
  [
    { type: 'webhook', name: 'pager' },
    { type: 'call webhook', event: 'trigger', alert: 1, at: 0, ping: PING },
  ],
  [BO, { type: 'briefing', role: 'lead' }],
  [BO, { type: 'draft', version: 1 }],
  [BO, { type: 'file', format: 'md' }],
  [BO, { type: 'how it went' }],
];

test.each(['done', 'wait', 'unsure', 'failed'] as const)(
  'nothing that follows a delivery (%s) leaves a drill',
  async (type) => {
    const said = await left(drill, OUTWARD, type);
    expect(said.filter((line) => !line.startsWith('here '))).toEqual([]);
    // It is not lost either: the drill reads there whom it would have reached.
    expect(said).toContain('here ping');
    expect(said.filter((line) => line === 'here message')).toHaveLength(2);
  },
);

test('of an incident everything follows, or the test above could not fail', async () => {
  const said = await left(incident(), OUTWARD);
  expect(said).toHaveLength(OUTWARD.length);
  expect(said).toContain('user U0BO ping');
});

test('what several would have been told is said in the drill once', async () => {
  const said = message('Nobody is on call.');
  expect(
    await left(drill, [
      [BO, said],
      [HERE, said],
      [{ type: 'user', id: 'U0ADA' }, said],
    ]),
  ).toEqual(['here message']);
  const pings: Followed = [
    [BO, { type: 'ping', ping: PING }],
    [
      { type: 'user', id: 'U0CY' },
      { type: 'ping', ping: PING },
    ],
  ];
  expect(await left(drill, pings)).toEqual(['here ping']);
});

test('whoever started a drill hears that its channel could not be made', async () => {
  const said = message('Muster could not make the incident channel.');
  expect(await left(drill, [[DECLARER, said]], 'failed')).toEqual(['user U0ANA message']);
});

test('of an incident that nobody knows nothing follows: it may be a drill', async () => {
  expect(await left(null, OUTWARD)).toEqual([]);
});

test('a delivery that nothing follows asks nobody', async () => {
  const glance = () => Promise.reject(new Error('asked'));
  const deliver = async (): Promise<Delivered> => ({ type: 'done' });
  expect(await keepingInside({ glance }, deliver)(DELIVERY)).toEqual({ type: 'done' });
});
