import { defineConfig } from 'vitest/config';
import { isUnheard } from '../src/db/unheard.ts';

const FAULTS = 'test/faults/**/*.test.ts';
/** These count what a whole process does: its sockets, its listeners, its children. */
const ALONE = ['workspace', 'demo', 'app'].map((folder) => `test/${folder}/**/*.test.ts`);

const root = new URL('..', import.meta.url).pathname;
const shared = { root, testTimeout: 60_000, hookTimeout: 60_000, maxWorkers: 2 };

export default defineConfig({
  test: {
    root,
    // Here and not in what the projects share: one PostgreSQL for all of them.
    globalSetup: ['test/support/global-setup.ts'],
    // As `src/main.ts` does.
    onUnhandledError: (error) => !isUnheard(error),
    projects: [
      {
        // Nothing that one file does is seen by another, for each makes its own server or database;
        // loading the code for every file anew took as long as the tests.
        test: {
          ...shared,
          name: 'muster',
          include: ['test/**/*.test.ts'],
          exclude: [FAULTS, ...ALONE],
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: { ...shared, name: 'alone', include: ALONE, sequence: { groupOrder: 1 } },
      },
      {
        // Afterwards and among themselves: they are about how soon, and about processes that are killed.
        test: { ...shared, name: 'faults', include: [FAULTS], sequence: { groupOrder: 2 } },
      },
    ],
  },
});
