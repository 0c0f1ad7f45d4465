import type { RunningApp } from '../../src/app/index.ts';
import { readSettings } from '../../src/config/file.ts';
import { answer } from './child.ts';
import { environmentOf, type Office, POLICY } from './office.ts';

// The build, as it runs in production: tsx renames every function that it compiles, each time that
// the function is made.
const built = (path: string): string => new URL(`../../dist/${path}`, import.meta.url).href;
const { startApp } = (await import(
  built('app/index.js')
)) as typeof import('../../src/app/index.ts');
const { createLog } = (await import(built('log.js'))) as typeof import('../../src/log.ts');

let app: RunningApp | undefined;

answer(
  {
    /** The real service, as `src/main.ts` starts it. */
    async start(given: { office: Office; databaseUrl: string; redisUrl: string | null }) {
      const settings = readSettings(POLICY);
      if (!settings.ok) throw new Error(JSON.stringify(settings.refusal));
      const environment = environmentOf(given.office, given.databaseUrl, given.redisUrl);
      const log = createLog({ level: 'info' });
      app = await startApp({ environment, settings: settings.value, log });
      return `http://127.0.0.1:${app.port}/slack/events`;
    },
    cpu: () => process.cpuUsage(),
  },
  async () => app?.stop(),
);
