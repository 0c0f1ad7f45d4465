import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createLog } from '../log.ts';
import { type Databases, openDatabases } from './databases.ts';
import { playLive } from './live.ts';
import { CREW, GROUP, LIVE } from './live-settings.ts';
import { prompt } from './prompt.ts';
import { createScreen, type Screen } from './screen.ts';
import { SEEDS } from './script.ts';
import { openStage } from './stage.ts';
import { playTour } from './tour.ts';
import { watchWorkspace } from './watching.ts';

const FOLDER = 'demo-drafts';

/** Makes the folder of the drafts, or says in a sentence why it cannot. */
async function makeFolder(): Promise<string> {
  const folder = resolve(FOLDER);
  try {
    await mkdir(folder, { recursive: true });
    return folder;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(
      `The drafts cannot be written to ${folder} (${why}). Start the demo in a directory that you may write to.`,
      { cause: error },
    );
  }
}

async function show(screen: Screen, databases: Databases, folder: string): Promise<void> {
  // The log is for operators; what matters here is on the screen.
  const log = createLog({ level: 'silent' });
  const stage = await openStage({
    databaseUrl: await databases.fresh('live'),
    people: CREW,
    userGroups: [GROUP],
    settings: LIVE,
    log,
    startsAt: null,
  });
  try {
    const watch = watchWorkspace(stage, screen);
    const channel = await playLive(stage, screen, watch);
    screen.heading('2. Five real postmortems, typed through /incident');
    screen.tell(
      'The same app on a clock that can be turned: every line is typed at the minute at which it was typed then, every timer in between goes off. Each ends with its draft; the second document tells of two incidents. Before a line, ✓ means done and ? that Muster asked back.',
    );
    for (const names of SEEDS) {
      const databaseUrl = await databases.fresh(names[0]);
      await playTour(names, { databaseUrl, folder, screen, log });
    }
    screen.heading('3. Your turn');
    screen.line(`The drafts are in ${folder}`);
    watch.skip();
    await prompt({ stage, screen, watch, channel });
  } finally {
    await stage.close();
  }
}

async function main(): Promise<void> {
  const screen = createScreen(process.stdout);
  const began = performance.now();
  screen.heading('Muster: an incident coordinator in Slack, without Slack');
  screen.tell(
    'This is the real app on an embedded PostgreSQL. Only Slack is simulated, here in the terminal. No account, no database, no Redis.',
  );
  const folder = await makeFolder();
  const directory = await mkdtemp(join(tmpdir(), 'muster-demo-'));
  // As root PostgreSQL runs as another account, which must get through.
  await chmod(directory, 0o711);
  let databases: Databases | undefined;
  const cleanUp = async (): Promise<void> => {
    await databases?.stop();
    await rm(directory, { recursive: true, force: true });
  };
  process.once('SIGINT', () => {
    screen.line();
    void cleanUp().finally(() => process.exit(130));
  });
  try {
    screen.passing('Starting PostgreSQL…');
    databases = await openDatabases(directory);
    screen.line(`PostgreSQL is up after ${((performance.now() - began) / 1000).toFixed(1)} s.`);
    await show(screen, databases, folder);
  } finally {
    await cleanUp();
  }
}

await main().catch((error: unknown) => {
  const why = error instanceof Error ? error.message : String(error);
  process.stderr.write(`\nThe demo stopped: ${why}\n`);
  process.exitCode = 1;
});
process.exit();
