import type { Facts, RecordFacts, WorkspaceFacts } from '../../../src/domain/doctor/index.ts';
import type { Doctor } from '../../../src/ports.ts';
import { settings } from '../../commands/settings.ts';

export const NOW = Date.UTC(2026, 2, 8, 15, 0);

/** A database that has nothing to complain about. */
export const record: RecordFacts = {
  asOf: NOW,
  aheadMs: 120,
  overdue: { count: 0, oldestMs: 0 },
  stale: [],
  givenUp: [],
  held: [],
  replicas: [{ name: 'box:1', seenAgoMs: 3000, sweptAgoMs: 400 }],
  drafts: [],
  noCanvas: null,
  open: [],
};

/** A workspace in which everybody is where the configuration says. */
export const workspace: WorkspaceFacts = {
  refused: null,
  missingScopes: [],
  unheardEvents: [],
  people: [],
  groups: [],
  channels: [],
  looked: { people: 2, groups: 1, channels: 1 },
};

/** Muster in the best of health: a webhook for the most severe, and administrators. */
export const WELL: Facts = {
  process: { sweptAgoMs: 800, slackAheadMs: -300, diskFreeBytes: 40 * 1024 ** 3 },
  record,
  chains: [],
  queue: {
    name: 'redis',
    reachable: true,
    eviction: 'noeviction',
    persistent: true,
    jobs: { waiting: 2, failed: 0 },
    before: { waiting: 3, failed: 0 },
  },
  workspace,
  deaf: null,
  settings: {
    ...settings,
    policies: {
      platform: {
        name: 'platform',
        levels: [{ after: 0, notify: [{ type: 'webhook', name: 'pager' }] }],
        repeat: 0,
        repeatAfter: 600_000,
      },
    },
  },
};

/** A doctor who finds everybody well, and remembers what was to be mended. */
export function someDoctor(facts: Facts = WELL): Doctor & { readonly mended: string[] } {
  const mended: string[] = [];
  return {
    mended,
    look: async () => facts,
    glance: async () => facts,
    mend: async ({ check, how, whose }) => {
      mended.push(`${check} ${how} ${typeof whose === 'string' ? whose : whose.incident}`);
      return 1;
    },
  };
}
