import { expect, test } from 'vitest';
import type { RunningApp } from '../../src/app/index.ts';
import { storyteller } from '../support/backends.ts';
import { eventually } from '../support/story.ts';

const begin = storyteller();

const ask = async (port: number, path: string): Promise<{ http: number; text: string }> => {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`);
  return { http: answer.status, text: await answer.text() };
};
const ready = ({ port }: RunningApp) => ask(port, '/readyz');

test('without a connection Muster is not ready and says why; it tries until there is one', async () => {
  const story = await begin({ socket: true });
  const refusing = {
    method: /^apps\.connections\.open$/,
    times: 1000,
    mode: 'error',
    error: 'invalid_auth',
  } as const;
  story.workspace.faults.push(refusing);
  const app = await story.startReplica();

  const slack = await eventually(async () => {
    const { text } = await ask(app.adminPort, '/details');
    const { slack } = JSON.parse(text) as { slack: { state: string; note: string } };
    return slack.note.includes('invalid_auth') ? slack : null;
  }, 'the refusal is known');
  expect(slack.state).toBe('down');
  expect(await ready(app)).toEqual({ http: 503, text: 'down\n' });
  const doctor = await ask(app.adminPort, '/doctor');
  expect(doctor.http).toBe(503);
  expect(doctor.text).toContain('broken: No Socket Mode connection (socket-mode)');
  expect(doctor.text).toContain('Slack says invalid_auth');
  expect(doctor.text).toContain('SLACK_APP_TOKEN');

  // Mended in Slack: no restart is needed.
  story.workspace.faults.length = 0;
  await eventually(async () => (await ready(app)).http === 200, 'Muster is ready', 15_000);
  expect((await ask(app.adminPort, '/doctor')).text).not.toContain('socket-mode');
});

test('a renewal is no outage: Muster stays ready and is heard again at once', async () => {
  const story = await begin({ socket: true });
  const [app] = story.apps;
  if (!app) throw new Error('nothing runs');
  await eventually(async () => (await ready(app)).http === 200, 'Muster is ready');
  const opened = (): number =>
    story.workspace.calls.filter(({ method }) => method === 'apps.connections.open').length;
  const before = opened();
  // A connection that did not last is not renewed at once.
  await new Promise((resolve) => setTimeout(resolve, 5100));
  const seen: number[] = [];
  const watching = setInterval(() => void ready(app).then(({ http }) => seen.push(http)), 20);
  const began = Date.now();
  story.workspace.disconnectSocket('refresh_requested');
  await eventually(() => opened() > before, 'another connection is asked for');
  await eventually(() => story.workspace.socketConnected, 'the socket is back');
  expect(Date.now() - began).toBeLessThan(5000);
  expect(await story.opens('ana', 'sev1 Checkout is down')).toContain('INC-1 is open');
  clearInterval(watching);
  expect(seen).not.toContain(503);
});
