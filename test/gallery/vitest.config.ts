import { defineConfig } from 'vitest/config';

/** Not a test: the stories need what tests have, a PostgreSQL of their own. */
export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    globalSetup: ['test/support/global-setup.ts'],
    include: ['test/gallery/take.ts'],
  },
});
