import { defineConfig } from 'vitest/config';
import { isUnheard } from '../src/db/unheard.ts';

const FAULTS = 'test/faults/**/*.test.ts';
/** These count what a whole process does: its sockets, its listeners, its children. */
const ALONE = ['workspace', 'demo', 'app'].map((folder) => `test/${folder}/**/*.test.ts`);

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
        // Nothing that one file does is seen by another, for each makes its own server or database;
        // loading the code for every file anew took as long as the tests.
        test: {
          name: 'muster',
          include: ['test/**/*.test.ts'],
          exclude: [FAULTS, ...ALONE],
          isolate: false,
          maxWorkers: 2,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'alone',
          include: ALONE,
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
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
