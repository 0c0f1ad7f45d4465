import { createServer, type Server } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { startHeartbeat } from '../../src/app/heartbeat.ts';
import { askDoctor } from '../../src/doctor.ts';
import { createLog } from '../../src/log.ts';
import { eventually } from '../support/town.ts';

const log = createLog({ level: 'silent' });
let server: Server | undefined;

afterEach(() => void server?.close());

/** Somebody who listens, and what they heard. */
async function listen(status = 200, body = ''): Promise<{ port: number; heard: string[] }> {
  const heard: string[] = [];
  server = createServer((request, response) => {
    heard.push(`${request.method} ${request.url}`);
    response.writeHead(status).end(body);
  });
  await new Promise<void>((resolve) => {
    server?.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  return { port: typeof address === 'object' && address ? address.port : 0, heard };
}

test('somebody outside is called while Muster is well, and not while it is not', async () => {
  const { port, heard } = await listen();
  let well = false;
  const parts = { url: `http://127.0.0.1:${port}/ping/8f2c`, isWell: () => well, log, everyMs: 20 };
  const heartbeat = startHeartbeat(parts);
  // A second one that is well shows that time has passed.
  const other = startHeartbeat({ ...parts, url: `${parts.url}-other`, isWell: () => true });
  await eventually(() => heard.length > 3, 'the other one beats');
  expect(heard).not.toContain('GET /ping/8f2c');
  well = true;
  await eventually(() => heard.includes('GET /ping/8f2c'), 'it beats');
  heartbeat.stop();
  other.stop();
});

const ENV = {
  SLACK_BOT_TOKEN: `xoxb-${'1'.repeat(20)}`,
  SLACK_SIGNING_SECRET: '8f14e45fceea167a5a36dedd4bea2543',
};
const noFile = (): null => null;

test.each([
  [200, 'All is well.', true],
  [503, 'broken: Overdue timers', false],
])('the command line prints what a running Muster answers with %i', async (status, said, ok) => {
  const { port, heard } = await listen(status, `${said}\n`);
  const answer = await askDoctor({ ...ENV, ADMIN_PORT: String(port) }, noFile);
  expect(answer).toEqual({ ok, lines: [said] });
  expect(heard).toEqual(['GET /doctor']);
});

test('with no Muster there it says where it looked, and is not well', async () => {
  const { port } = await listen();
  await new Promise((resolve) => server?.close(resolve));
  const SLACK_API_URL = `http://127.0.0.1:${port}/api/`;
  const { ok, lines } = await askDoctor(
    { ...ENV, SLACK_API_URL, ADMIN_PORT: String(port) },
    noFile,
  );
  expect(ok).toBe(false);
  expect(lines.join('\n')).toContain(`127.0.0.1:${port}`);
});
