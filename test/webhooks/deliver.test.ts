import { expect, test } from 'vitest';
import type { Incident } from '../../src/domain/incident.ts';
import type { Settings } from '../../src/domain/settings.ts';
import { plainText } from '../../src/domain/text.ts';
import type { Delivered, Delivery } from '../../src/ports.ts';
import { createWebhookDeliverer } from '../../src/webhooks/deliver.ts';
import type { Call } from '../../src/webhooks/event.ts';
import { Forbidden, NoAnswer, type Send } from '../../src/webhooks/send.ts';
import { SETTINGS, START } from '../support/ladder.ts';
import { pagedIncident as open } from '../support/paged.ts';

const settings: Settings = {
  ...SETTINGS,
  webhooks: {
    pager: {
      name: 'pager',
      format: 'muster',
      url: 'https://pager.test/hook',
      keyFrom: 'PAGER_KEY',
      internal: false,
    },
  },
};

const trigger = (timer: 'policy' | 'update' | 'page' = 'policy'): Call => ({
  type: 'call webhook',
  event: 'trigger',
  alert: 3,
  at: START,
  ping: { timer, level: 1, why: ['Nobody answers.'], who: [], stops: [], next: null, lateMs: 0 },
});
const told = (event: 'acknowledge' | 'resolve'): Call => ({ ...trigger(), event, ping: null });

const row = (what: Call, to = 'pager', attempts = 1): Delivery => ({
  id: '1',
  key: 'd1',
  workspace: 'T1',
  incident: open.id,
  to: { type: 'webhook', name: to },
  what,
  attempts,
  unsureSince: null,
});

interface Scene {
  readonly incident?: Partial<Incident>;
  readonly what?: Call;
  readonly attempts?: number;
  readonly came?: Error | { status: number; retryAfter: string | null };
  readonly keys?: Record<string, string>;
  readonly settings?: Settings;
  readonly to?: string;
}

async function deliver(scene: Scene): Promise<{ delivered: Delivered; sent: string[] }> {
  const sent: string[] = [];
  const { came = { status: 202, retryAfter: null }, to = 'pager' } = scene;
  const send: Send = async ({ body }) => {
    sent.push(body);
    if (came instanceof Error) throw came;
    return came;
  };
  const incident = { ...open, ...scene.incident };
  const deliverer = createWebhookDeliverer({
    store: {
      glance: async () => ({ incident, timers: [], asOf: START }),
      person: async () => null,
    },
    settings: scene.settings ?? settings,
    keys: scene.keys ?? { PAGER_KEY: 'secret-of-the-pager' },
    send,
    now: () => START,
    onCall: () => undefined,
  });
  const { what = trigger(), attempts = 1 } = scene;
  return { delivered: await deliverer(row(what, to, attempts)), sent };
}

/** Who is told what, a line each. */
const heard = (delivered: Delivered): string[] =>
  (delivered.next ?? []).map(({ to, what }) => {
    if (what.type !== 'message') throw new Error(what.type);
    const small = what.message.blocks.flatMap((block) => ('line' in block ? [block.line] : []));
    return `${'id' in to ? to.id : to.type}: ${small.map(plainText).join(' ')}`;
  });

test('a call that is taken is done, and nobody is told', async () => {
  const { delivered, sent } = await deliver({});
  expect(delivered).toEqual({ type: 'done' });
  expect(sent).toHaveLength(1);
});

test.each([
  ['is acknowledged', trigger(), { acknowledgedBy: 'UBOB' }, 0],
  ['is over', trigger('update'), { status: 'resolved' as const }, 0],
  ['is acknowledged, but its update is missing', trigger('update'), { acknowledgedBy: 'UBOB' }, 1],
  ['is acknowledged, and somebody pages by hand', trigger('page'), { acknowledgedBy: 'UBOB' }, 1],
  ['is over, and the alert is closed', told('resolve'), { status: 'resolved' as const }, 1],
  ['is acknowledged, and the pager told so', told('acknowledge'), { acknowledgedBy: 'UBOB' }, 1],
])('when the incident %s: %#', async (_, what, incident, calls) => {
  const { delivered, sent } = await deliver({ what, incident });
  expect(delivered.type).toBe('done');
  expect(sent).toHaveLength(calls);
});

test('a drill calls nobody, whatever the rules say', async () => {
  for (const what of [trigger(), told('acknowledge'), told('resolve')]) {
    const { delivered, sent } = await deliver({ what, incident: { drill: true } });
    expect(delivered.type).toBe('failed');
    expect(sent).toEqual([]);
  }
});

test('a refused key is told at once, with what to do now and what to repair', async () => {
  const { delivered } = await deliver({ came: { status: 403, retryAfter: null } });
  expect(delivered.type).toBe('failed');
  expect(heard(delivered)).toEqual([
    'incident: The webhook pager was not called: it answered 403. Nobody is called by it. To call somebody now, type /incident page @somebody Look at its key, the environment variable PAGER_KEY.',
    'UADMIN: The webhook pager was not called for INC-42: it answered 403. Nobody is called by it. To call somebody now, type /incident 42 page @somebody Look at its key, the environment variable PAGER_KEY.',
  ]);
});

test('an administrator learns nothing of a private incident but that there is one', async () => {
  for (const came of [{ status: 403, retryAfter: null }, new NoAnswer('ENOTFOUND', false)]) {
    const { delivered } = await deliver({ came, attempts: 3, incident: { private: true } });
    const line = heard(delivered).find((each) => each.startsWith('UADMIN'));
    expect(line).toContain('for a private incident');
    expect(line).not.toMatch(/42|Checkout/);
  }
});

test.each([
  ['acknowledge', 'was not told that somebody has acknowledged'],
  ['resolve', 'was not told that its alert is over: it answered 400.'],
] as const)('where %s fails, people hear that it may go on ringing', async (event, said) => {
  const { delivered } = await deliver({
    what: told(event),
    came: { status: 400, retryAfter: null },
  });
  expect(heard(delivered)[0]).toContain(said);
  expect(heard(delivered)[0]).toContain('If it was called, it may go on ringing: ');
});

test('an address that is not called says how to allow it', async () => {
  const came = new Forbidden('its address 10.0.0.1 is a private network');
  const { delivered } = await deliver({ came });
  expect(heard(delivered)[0]).toContain('its address 10.0.0.1 is a private network');
  expect(heard(delivered)[0]).toContain('internal: true');
});

test.each([
  ['no key', { keys: {} }, 'its key is not set'],
  ['no such webhook', { to: 'gone' }, 'it is no longer in the configuration'],
  ['a name of JavaScript’s own', { to: 'constructor' }, 'it is no longer in the configuration'],
])('with %s nothing is sent, and it is told', async (_, scene, said) => {
  const { delivered, sent } = await deliver(scene);
  expect(sent).toEqual([]);
  expect(heard(delivered)[0]).toContain(said);
});

test('one that cannot be reached is waited for; from the third time on people know', async () => {
  const came = new NoAnswer('ECONNREFUSED', false);
  const lines = await Promise.all(
    [1, 2, 3, 4].map(async (attempts) => (await deliver({ came, attempts })).delivered),
  );
  expect(lines.map(({ type }) => type)).toEqual(['wait', 'wait', 'wait', 'wait']);
  expect(lines.map((one) => heard(one).length)).toEqual([0, 0, 2, 2]);
  const [third, fourth] = lines.slice(2).map(({ next = [] }) => next.map(({ key }) => key));
  expect(fourth).toEqual(third);
  const [, , said] = lines;
  expect(said && heard(said)[0]).toBe(
    'incident: The webhook pager cannot be reached: it refuses connections. Muster goes on trying. Nobody is called by it. To call somebody now, type /incident page @somebody',
  );
});

test('and when it is reached after all, they hear that too', async () => {
  const { delivered } = await deliver({ attempts: 4 });
  expect(delivered.type).toBe('done');
  expect(heard(delivered)[0]).toBe('incident: The webhook pager was reached after all.');
});

test('one that never answers is given up in the end, aloud', async () => {
  const came = new NoAnswer('ETIMEDOUT', true);
  expect((await deliver({ came, attempts: 34 })).delivered.type).toBe('unsure');
  const { delivered } = await deliver({ came, attempts: 35 });
  expect(delivered.type).toBe('failed');
  expect(heard(delivered)[0]).toContain('it did not answer within 5 s, 35 times');
});

test('a fault of Muster’s own is tried again, and in the end told', async () => {
  const came = new TypeError('ours');
  await expect(deliver({ came, attempts: 5 })).rejects.toThrow('ours');
  const { delivered } = await deliver({ came, attempts: 6 });
  expect(heard(delivered)[0]).toContain('Its log says more'.toLowerCase());
});

test('what is told never holds the key or what a receiver answered', async () => {
  const { delivered } = await deliver({ came: { status: 400, retryAfter: 'secret-of-the-pager' } });
  expect(JSON.stringify(delivered)).not.toContain('secret-of-the-pager');
});

test('of one webhook ten are called at a time, and the others get their turn', async () => {
  let under = 0;
  let most = 0;
  const deliverer = createWebhookDeliverer({
    store: {
      glance: async () => ({ incident: open, timers: [], asOf: START }),
      person: async () => null,
    },
    settings,
    keys: { PAGER_KEY: 'k' },
    send: async () => {
      under += 1;
      most = Math.max(most, under);
      await new Promise((resolve) => setImmediate(resolve));
      under -= 1;
      return { status: 202, retryAfter: null };
    },
    now: () => START,
    onCall: () => undefined,
  });
  const rows = Array.from({ length: 35 }, () => row(trigger()));
  const all = await Promise.all(rows.map(deliverer));
  expect(all.every(({ type }) => type === 'done')).toBe(true);
  expect(most).toBe(10);
});
