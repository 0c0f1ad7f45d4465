import { setTimeout as pause } from 'node:timers/promises';
import type { Fault, Scene } from './scene.ts';

/** Everything that is overdue has fired within five seconds of its return. */
const RETURNED = { p99Ms: 5000, healMs: 15_000 } as const;

/** Takes PostgreSQL away, brings it back, and says when it was gone. */
async function without(scene: Scene, take: () => Promise<void>, bring: () => Promise<void>) {
  const from = Date.now();
  await take();
  await bring();
  scene.away({ from, to: Date.now() });
  scene.harmed();
}

/** What happens to PostgreSQL. Lateness counts from its return. */
export const POSTGRES_FAULTS: readonly Fault[] = [
  {
    name: 'postgres-stopped',
    what: 'PostgreSQL stopped at once, back after 8 s',
    target: RETURNED,
    strike: (scene) =>
      without(scene, scene.stack.postgres.stopAtOnce, async () => {
        await pause(8000);
        await scene.stack.postgres.start();
      }),
  },
  {
    name: 'postgres-frozen',
    what: 'SIGSTOP of all of PostgreSQL for 8 s',
    target: RETURNED,
    strike: (scene) =>
      without(scene, scene.stack.postgres.freeze, async () => {
        await pause(8000);
        scene.stack.postgres.thaw();
      }),
  },
  {
    name: 'postgres-restarted',
    what: 'PostgreSQL restarted three times in a storm of timers',
    target: RETURNED,
    async strike(scene) {
      for (let n = 0; n < 3; n += 1) {
        await without(scene, scene.stack.postgres.restart, async () => undefined);
        await pause(3000);
      }
    },
  },
];
