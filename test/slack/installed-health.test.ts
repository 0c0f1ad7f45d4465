import { expect, test } from 'vitest';
import type { KeptInstallation } from '../../src/installation.ts';
import { factsOf, healthOf } from '../../src/slack/installed/health.ts';

const NOW = Date.UTC(2026, 2, 8, 15);
const HOUR = 3_600_000;

const kept = (id: string, rest: Partial<KeptInstallation> = {}): KeptInstallation => ({
  ...{ id, isOrg: false, enterprise: null, name: id, appId: 'A0', botId: 'B0', botUserId: 'U0' },
  ...{ scopes: [], installedBy: 'U0ANA', tokens: { bot: 'xoxb', refresh: null, expiresAt: null } },
  ...{ untokened: null, removedAt: null, refreshFault: null },
  ...rest,
});
const left = (hoursAgo: number) =>
  kept('T0LEFT', { tokens: null, untokened: 'removed', removedAt: NOW - hoursAgo * HOUR });

test('that somebody has left is a finding for a day, and then a note', () => {
  const there = kept('T0THERE');
  expect(factsOf([there, left(23)], null, NOW)).toMatchObject([
    { id: 'T0LEFT', problem: 'removed' },
  ]);
  expect(factsOf([there, left(25)], null, NOW)).toEqual([]);
  const { state, note } = healthOf([there, left(25)], 'https://m/slack/install', NOW);
  expect(state).toBe('ok');
  expect(note).toContain('T0LEFT has removed Muster');
});

test('what stays wrong stays a finding, and of one workspace only its own is told', () => {
  const sealed = kept('T0SEALED', { tokens: null, untokened: 'sealed' });
  const stuck = kept('T0STUCK', { refreshFault: 'invalid_refresh_token' });
  expect(factsOf([sealed, stuck], null, NOW).map(({ id }) => id)).toEqual(['T0SEALED', 'T0STUCK']);
  expect(factsOf([sealed, stuck], 'T0STUCK', NOW)).toEqual([
    { id: 'T0STUCK', name: 'T0STUCK', problem: 'not refreshed', why: 'invalid_refresh_token' },
  ]);
});
