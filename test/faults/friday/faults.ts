import { setTimeout as pause } from 'node:timers/promises';
import { POSTGRES_FAULTS } from './faults-postgres.ts';
import { PROCESS_FAULTS } from './faults-processes.ts';
import { REDIS_FAULTS } from './faults-redis.ts';
import { SLACK_FAULTS } from './faults-slack.ts';
import type { Fault, Scene } from './scene.ts';

const CLOCK_MS = 20_000;

/** Nothing happens but what happens every day. */
async function justWait({ harmed }: Scene): Promise<void> {
  await pause(8000);
  harmed();
}

const CLOCK_FAULTS: readonly Fault[] = [
  {
    name: 'clock-ahead',
    what: 'the clock of one of two replicas is 20 s ahead',
    stack: { aheadMs: [CLOCK_MS] },
    target: { p99Ms: 1000, healMs: 5000 },
    strike: justWait,
  },
  {
    name: 'clock-behind',
    what: 'the clock of one of two replicas is 20 s behind',
    stack: { aheadMs: [-CLOCK_MS] },
    target: { p99Ms: 1000, healMs: 5000 },
    strike: justWait,
  },
];

/** Every named fault, in the order in which they are tried. */
export const FAULTS: readonly Fault[] = [
  ...PROCESS_FAULTS,
  ...REDIS_FAULTS,
  ...POSTGRES_FAULTS,
  ...SLACK_FAULTS,
  ...CLOCK_FAULTS,
];
