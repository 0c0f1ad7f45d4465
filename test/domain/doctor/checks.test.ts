import { expect, test } from 'vitest';
import {
  CHECKS,
  examine,
  type Facts,
  findingId,
  inWorkspace,
  isItsOwn,
  isOfMuster,
} from '../../../src/domain/doctor/index.ts';
import { namedIn } from '../../../src/domain/doctor/named.ts';
import { plainText } from '../../../src/domain/text.ts';
import { planTimers } from '../../../src/domain/timers/index.ts';
import { settings } from '../../commands/settings.ts';
import { ofProcess, ofQueue, ofRecord, open, ping, running, SICK, seven } from './sick.ts';
import { NOW, WELL, workspace } from './well.ts';

test('who is well has nothing to mend, with an incident going on and all', () => {
  expect(examine(WELL)).toEqual([]);
  expect(examine(ofRecord({ open: [running] }))).toEqual([]);
});

test.each(SICK)('%s is found, and nothing else', (name, facts, says) => {
  const found = examine(facts);
  expect([...new Set(found.map(({ check }) => check.name))]).toEqual([name]);
  expect(found.map((one) => plainText(one.says)).join('\n')).toMatch(says);
});

test('every check has a case that finds it, a meaning and a repair in a sentence each', () => {
  expect([...new Set(SICK.map(([name]) => name))].toSorted()).toEqual(
    CHECKS.map(({ name }) => name).toSorted(),
  );
  for (const { name, means, repair, title } of CHECKS) {
    expect(means, name).toMatch(/^[A-Z].*\.$/);
    expect(repair, name).toMatch(/^[A-Z].*\.$/);
    expect(title, name).toMatch(/^[A-Z].*[^.]$/);
  }
});

test.each<[string, Facts]>([
  ['timers overdue by less than half a minute are the sweep’s own business', WELL],
  ['a sweep of 14 s', ofProcess({ sweptAgoMs: 14_000 })],
  ['clocks 4 s apart', ofRecord({ aheadMs: 4000 })],
  [
    'an incident whose channel is being made',
    ofRecord({
      open: [
        {
          ...running,
          incident: {
            ...open,
            openedAt: NOW - 60_000,
            channel: { id: null, name: 'x', state: 'wanted' },
          },
          timers: planTimers({ ...open, openedAt: NOW - 60_000 }, [], {
            now: NOW - 600_000,
            settings: WELL.settings,
            newId: () => 'x',
          }),
        },
      ],
    }),
  ],
  ['a card that waits', ofRecord({ open: [{ ...running, card: 'waiting' }] })],
  [
    'many jobs that get fewer',
    ofQueue({ jobs: { waiting: 900, failed: 50 }, before: { waiting: 1000, failed: 50 } }),
  ],
  ['Redis that forbids CONFIG', ofQueue({ eviction: null, persistent: null })],
  ['a queue in PostgreSQL', ofQueue({ name: 'postgres', eviction: null, persistent: null })],
  ['Slack that was not asked', { ...WELL, workspace: null }],
])('no finding: %s', (_, facts) => {
  expect(examine(facts).map(findingId)).toEqual([]);
});

test('what may keep somebody from being paged comes first', () => {
  const found = examine({
    ...ofRecord({ overdue: { count: 1, oldestMs: 31_000 } }),
    queue: { ...WELL.queue, reachable: false, persistent: false },
    settings,
  });
  expect(found.map(({ check }) => check.weight)).toEqual(['broken', 'degraded', 'hint']);
});

test('findings of one kind are told apart by whom they are about', () => {
  const eight = { ...seven, id: 'id-8', number: 8 };
  const found = examine(
    ofRecord({
      givenUp: [
        { ...ping, error: 'a' },
        { ...ping, incident: eight, error: 'b' },
        { ...ping, incident: null, error: 'c' },
      ],
    }),
  );
  expect(found.map(findingId)).toEqual(['given-up:id-7', 'given-up:id-8', 'given-up']);
});

test('everybody whom the configuration names is looked up, each once', () => {
  const layer = {
    members: ['U1', 'U2'],
    turn: { unit: 'week', count: 1 },
    handoff: { weekday: 1, hour: 9, minute: 0 },
    start: '2026-01-05',
    only: [],
    zone: 'UTC',
  } as const;
  const named = namedIn({
    ...settings,
    administrators: ['U1', 'U9'],
    invite: [{ type: 'channel', id: 'C2' }, { type: 'channel', id: null }, { type: 'declarer' }],
    schedules: { platform: { name: 'platform', zone: 'UTC', layers: [layer] } },
  });
  expect(named).toEqual({
    people: ['U1', 'U9', 'U012BOSS', 'U2'],
    groups: ['S012SRE'],
    channels: ['C0INCIDENTS', 'C2'],
  });
});

test('of several workspaces each is told what is about it alone, and the operator which one it is about', () => {
  const own = SICK.flatMap(([, facts]) => examine(facts).filter(isItsOwn));
  const names = new Set(own.map(({ check }) => check.name));
  for (const its of [
    'given-up',
    'missing-scopes',
    'unknown-people',
    'broken-chain',
    'no-card',
    'missing-clocks',
  ])
    expect(names, its).toContain(its);
  for (const shared of [
    'database',
    'disk-low',
    'stalled-sweep',
    'queue-unreachable',
    'redis-evicts',
  ])
    expect(names, shared).not.toContain(shared);

  const [finding] = examine({ ...WELL, workspace: { ...workspace, refused: 'token_revoked' } });
  if (finding === undefined) throw new Error('nothing is found');
  const named = inWorkspace('T0TWO', finding);
  expect(findingId(named)).toBe('token-refused:T0TWO');
  expect(plainText(named.says)).toBe('T0TWO: Slack says token_revoked.');
  expect(isOfMuster(finding)).toBe(false);
});
