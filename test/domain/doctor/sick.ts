import type { Facts, IncidentRef, RecordFacts } from '../../../src/domain/doctor/index.ts';
import { planTimers } from '../../../src/domain/timers/index.ts';
import { settings } from '../../commands/settings.ts';
import { incident } from '../../handle/desk.ts';
import { NOW, record, WELL, workspace } from './well.ts';

export const ofRecord = (part: Partial<RecordFacts>): Facts => ({
  ...WELL,
  record: { ...record, ...part },
});
export const ofQueue = (part: Partial<Facts['queue']>): Facts => ({
  ...WELL,
  queue: { ...WELL.queue, ...part },
});
export const ofWorkspace = (part: Partial<typeof workspace>): Facts => ({
  ...WELL,
  workspace: { ...workspace, ...part },
});
export const ofProcess = (part: Partial<Facts['process']>): Facts => ({
  ...WELL,
  process: { ...WELL.process, ...part },
});

export const seven: IncidentRef = {
  id: 'id-7',
  number: 7,
  drill: false,
  title: 'Down',
  private: false,
};
export const open = incident(7, { openedAt: NOW - 600_000, armedAt: NOW - 600_000 });
const planned = planTimers(open, [], {
  now: NOW - 600_000,
  settings: WELL.settings,
  newId: () => 'x',
});
export const running = {
  incident: open,
  timers: planned,
  card: 'posted' as const,
  announcement: 'posted' as const,
};
export const ping = { type: 'ping', to: { type: 'user', id: 'U0BO' }, incident: seven } as const;

/** What is found, from what, and what it says. */
export const SICK: readonly (readonly [check: string, facts: Facts, says: RegExp])[] = [
  ['database', { ...WELL, record: null }, /refused or hung/],
  [
    'overdue-timers',
    ofRecord({ overdue: { count: 2, oldestMs: 95_000 } }),
    /2 timers are due .*95 s ago/,
  ],
  [
    'resting-clocks',
    ofRecord({
      open: [
        { ...running, timers: planned.map((timer) => ({ ...timer, state: 'resting' as const })) },
      ],
    }),
    /^INC-7 was imported while it was investigating\.$/,
  ],
  [
    'broken-chain',
    {
      ...WELL,
      chains: [{ incident: seven, findings: 2, first: 'Change 3 is missing.' }],
    },
    /^INC-7: 2 findings, the first: Change 3 is missing\.$/,
  ],
  [
    'missing-clocks',
    ofRecord({ open: [{ ...running, timers: planned.filter(({ name }) => name !== 'policy') }] }),
    /INC-7: “Next ping” should be running/,
  ],
  [
    'outdated-clocks',
    ofRecord({
      open: [
        {
          ...running,
          timers: planned.map((row) => (row.name === 'resolve' ? { ...row, span: 1 } : row)),
        },
      ],
    }),
    /INC-7: “Resolve by” would be planned otherwise/,
  ],
  ['stalled-sweep', ofProcess({ sweptAgoMs: 15_001 }), /finished 15 s ago/],
  [
    'stalled-sweep',
    ofRecord({ replicas: [{ name: 'box:2', seenAgoMs: 4000, sweptAgoMs: 40_000 }] }),
    /replica box:2 finished its last sweep 40 s ago/,
  ],
  [
    'silent-replica',
    ofRecord({ replicas: [{ name: 'box:2', seenAgoMs: 61_000, sweptAgoMs: 0 }] }),
    /box:2 was last heard of 61 s ago/,
  ],
  [
    'database-clock',
    ofRecord({ aheadMs: -5001 }),
    /PostgreSQL’s clock is 5 s behind this machine’s/,
  ],
  [
    'database-clock',
    { ...ofRecord({ aheadMs: 3_600_000 }), process: { ...WELL.process, slackAheadMs: null } },
    /60 min ahead of this machine’s/,
  ],
  ['slack-clock', ofProcess({ slackAheadMs: 6000 }), /PostgreSQL’s clock is 6 s behind Slack’s/],
  ['disk-low', ofProcess({ diskFreeBytes: 5 * 1024 ** 2 }), /5 MB are left/],
  [
    'stale-deliveries',
    ofRecord({ stale: [{ ...ping, error: 'HTTP 500', attempts: 7, ageMs: 90_000, gate: null }] }),
    /a ping to @U0BO of INC-7, for 90 s\. It was tried 7 times: HTTP 500/,
  ],
  [
    'stale-deliveries',
    ofRecord({
      stale: [{ ...ping, error: null, attempts: 1, ageMs: 90_000, gate: 'token_revoked' }],
    }),
    /Muster waits on purpose: token_revoked/,
  ],
  [
    'given-up',
    ofRecord({
      givenUp: [
        { ...ping, error: 'user_not_found' },
        { ...ping, error: 'user_not_found' },
      ],
    }),
    /INC-7: a ping to @U0BO \(2 times\), not delivered: user_not_found\./,
  ],
  [
    'held-back',
    ofRecord({ held: [{ ...ping, error: null }] }),
    /INC-7: a ping to @U0BO, held back at the start\./,
  ],
  [
    'uninvited',
    ofRecord({
      givenUp: [
        { type: 'invite', to: { type: 'chores' }, incident: seven, error: 'restricted_action' },
      ],
    }),
    /INC-7: invitations, not done: restricted_action/,
  ],
  [
    'stuck-drafts',
    ofRecord({ drafts: [{ incident: seven, attempts: 4, error: 'no such figure' }] }),
    /INC-7: tried 4 times: no such figure/,
  ],
  [
    'no-channel',
    ofRecord({
      open: [
        { ...running, incident: { ...open, channel: { id: null, name: 'x', state: 'failed' } } },
      ],
      givenUp: [
        {
          type: 'create channel',
          to: { type: 'chores' },
          incident: seven,
          error: 'restricted_action',
        },
      ],
    }),
    /INC-7 got no channel: restricted_action/,
  ],
  [
    'no-card',
    ofRecord({ open: [{ ...running, card: 'missing' }] }),
    /INC-7 has a channel but no card/,
  ],
  [
    'channel-shut',
    ofRecord({
      open: [
        {
          ...running,
          incident: { ...open, channel: { ...open.channel, id: 'C7', state: 'archived' } },
        },
      ],
    }),
    /INC-7 goes on, but its channel is archived/,
  ],
  [
    'channel-shut',
    ofRecord({
      open: [
        {
          ...running,
          incident: { ...open, channel: { ...open.channel, id: 'C7', state: 'left' } },
        },
      ],
    }),
    /Muster is not in its channel any more/,
  ],
  [
    'not-announced',
    {
      ...ofRecord({ open: [{ ...running, announcement: 'missing' }] }),
      settings: { ...WELL.settings, announce: 'C0INCIDENTS' },
    },
    /INC-7 is not announced/,
  ],
  ['queue-unreachable', ofQueue({ reachable: false }), /did not answer/],
  ['redis-evicts', ofQueue({ eviction: 'allkeys-lru' }), /allkeys-lru/],
  ['redis-forgets', ofQueue({ persistent: false }), /Neither/],
  ['queue-stuck', ofQueue({ jobs: { waiting: 500, failed: 0 } }), /500 jobs wait/],
  ['queue-stuck', ofQueue({ jobs: { waiting: 0, failed: 21 } }), /21 jobs failed/],
  [
    'installations',
    { ...WELL, installations: [{ id: 'T9', name: 'Acme', problem: 'removed', why: null }] },
    /Acme \(T9\) has removed Muster; its tokens are wiped\./,
  ],
  ['socket-mode', { ...WELL, deaf: { why: 'no_auth', forMs: 90_000 } }, /for .*: no_auth\./],
  ['token-refused', ofWorkspace({ refused: 'token_revoked' }), /token_revoked/],
  [
    'missing-scopes',
    ofWorkspace({
      missingScopes: ['files:write', 'groups:history'],
      unheardEvents: ['message.groups'],
    }),
    /lacks files:write, groups:history\. Slack does not tell Muster of message\.groups/,
  ],
  ['no-canvas', ofRecord({ noCanvas: 'missing_scope' }), /Slack says missing_scope/],
  [
    'unknown-people',
    ofWorkspace({ people: [{ id: 'U1', problem: 'left' }] }),
    /U1 is deactivated \(U1\)/,
  ],
  [
    'unknown-groups',
    ofWorkspace({ groups: [{ id: 'S1', problem: 'empty' }] }),
    /has no members \(S1\)/,
  ],
  [
    'unknown-channels',
    ofWorkspace({ channels: [{ id: 'C1', problem: 'archived' }] }),
    /is archived \(C1\)/,
  ],
  [
    'no-administrators',
    { ...WELL, settings: { ...WELL.settings, administrators: [] } },
    /names none/,
  ],
  ['no-pager', { ...WELL, settings }, /The policy of sev1 calls nothing but Slack/],
];
