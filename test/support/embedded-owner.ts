/**
 * A small service that owns an embedded PostgreSQL, to be started and killed as a process of its own.
 *
 * `node --import tsx test/support/embedded-owner.ts <data dir> [settings as JSON]`: prints one line of JSON
 * when it runs (or why it does not), one for each time the server ended or runs again, and stops on SIGTERM.
 */
import { startEmbeddedPostgres } from '../../src/db/embedded/index.ts';

const [dataDir = '', settings = '{}'] = process.argv.slice(2);
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);
const messages: string[] = [];
const began = performance.now();

try {
  const server = await startEmbeddedPostgres({
    dataDir,
    settings: JSON.parse(settings),
    log: (message) => {
      messages.push(message);
      if (message === 'PostgreSQL runs again') say({ event: 'again' });
    },
  });
  server.onExit((why) => say({ event: 'ended', why }));
  process.once('SIGTERM', () => void server.stop().then(() => process.exit(0)));
  say({ event: 'running', url: server.url, took: performance.now() - began, messages });
  setInterval(() => {}, 60_000);
} catch (error) {
  say({ event: 'refused', why: error instanceof Error ? error.message : String(error), messages });
  process.exitCode = 1;
}
