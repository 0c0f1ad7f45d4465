import { defineConfig } from 'vitest/config';
import { isUnheard } from '../src/db/unheard.ts';

const FAULTS = 'test/faults/**/*.test.ts';
/** Nothing that one file does is seen by another: functions of their arguments, and what makes its own server or database. */
const PURE = ['commands', 'config', 'docs', 'domain', 'exports', 'handle', 'slack'].map(
  (folder) => `test/${folder}/**/*.test.ts`,
);

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    globalSetup: ['test/support/global-setup.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // As `src/main.ts` does.
    onUnhandledError: (error) => !isUnheard(error),
    projects: [
      {
        extends: true,
        // Most of what takes time here is waiting: for PostgreSQL, for a lease to run out, for a process.
        test: {
          name: 'muster',
          include: ['test/**/*.test.ts'],
          exclude: [FAULTS, ...PURE],
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        // Loading the code for every file anew took longer than the tests.
        test: {
          name: 'pure',
          include: PURE,
          isolate: false,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        // Afterwards and among themselves: they are about how soon, and about processes that are killed.
        test: {
          name: 'faults',
          include: [FAULTS],
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
