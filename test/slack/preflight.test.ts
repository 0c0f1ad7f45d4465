import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { startWorkspace, type Workspace } from '../../src/demo/workspace/index.ts';
import { askDoctor } from '../../src/doctor.ts';
import { BOT_SCOPES } from '../../src/slack/scopes.ts';

let workspace: Workspace | undefined;
afterEach(async () => {
  await workspace?.close();
});

/** A port on which nobody listens. */
async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Types `doctor` where no Muster runs, with tokens of a workspace in which the app has these scopes. */
async function typed(
  scopes: readonly string[],
  more: (of: Workspace) => Record<string, string> = () => ({}),
): Promise<{ ok: boolean; said: string }> {
  workspace = await startWorkspace({ scopes, botToken: 'xoxb-1-2-abc', appToken: 'xapp-1-2-abc' });
  const { ok, lines } = await askDoctor(
    {
      SLACK_BOT_TOKEN: workspace.botToken,
      SLACK_APP_TOKEN: workspace.appToken,
      SLACK_API_URL: workspace.apiUrl,
      ADMIN_PORT: String(await closedPort()),
      ...more(workspace),
    },
    () => null,
  );
  return { ok, said: lines.join('\n') };
}

test('before the first start, doctor tries the tokens with Slack, and all is well when it takes them', async () => {
  const { ok, said } = await typed(BOT_SCOPES);
  expect(ok).toBe(true);
  expect(said).toContain('Slack takes SLACK_BOT_TOKEN');
  expect(said).toContain('It has every scope that Muster uses.');
  expect(said).toContain('Slack takes SLACK_APP_TOKEN: Socket Mode is on.');
  expect(said).toContain('Muster is not running yet');
  expect(said).toContain('fine before the first start');
});

test('it names the scopes that are missing, and what Slack does not tell without them', async () => {
  const less = BOT_SCOPES.filter((one) => one !== 'channels:history' && one !== 'files:write');
  const { ok, said } = await typed(less);
  expect(ok).toBe(false);
  expect(said).toContain('problem: it lacks channels:history, files:write.');
  expect(said).toContain('So Slack does not tell of message.channels.');
  expect(said).toContain('paste what manifest writes');
});

test('a token that Slack refuses is named, with the word of Slack', async () => {
  const { ok, said } = await typed(BOT_SCOPES, () => ({
    SLACK_BOT_TOKEN: `xoxb-${'1'.repeat(20)}`,
    SLACK_APP_TOKEN: `xapp-${'1'.repeat(20)}`,
  }));
  expect(ok).toBe(false);
  expect(said).toContain('problem: SLACK_BOT_TOKEN was not accepted: Slack says invalid_auth.');
  expect(said).toContain('problem: SLACK_APP_TOKEN was not accepted: Slack says invalid_auth.');
  expect(said).toContain('copy the Bot User OAuth Token');
});

test('a Slack that cannot be reached is no refusal, and the token is not to blame', async () => {
  const port = await closedPort();
  const { ok, said } = await typed(BOT_SCOPES, () => ({
    SLACK_API_URL: `http://127.0.0.1:${port}/api/`,
  }));
  expect(ok).toBe(false);
  expect(said).toContain(
    `problem: 127.0.0.1:${port} cannot be reached (ECONNREFUSED), so SLACK_BOT_TOKEN was not tried.`,
  );
  expect(said).toContain('check the DNS, the firewall and the proxy of this machine');
  expect(said.match(/To mend it/g)).toHaveLength(1);
  expect(said).not.toContain('copy the Bot User OAuth Token');
  const nowhere = await typed(BOT_SCOPES, () => ({
    SLACK_API_URL: 'http://slack.invalid/api/',
  }));
  expect(nowhere.said).toMatch(/slack\.invalid cannot be reached \((?:ENOTFOUND|EAI_AGAIN)\)/);
});

test.each([
  [200, '<html>proxy login</html>'],
  [403, '<html>proxy login</html>'],
])('a page of a proxy, HTTP %i, is not echoed', async (status, page) => {
  const server = createServer((_, response) => {
    response.writeHead(status, { 'content-type': 'text/html' }).end(page);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const { ok, said } = await typed(BOT_SCOPES, () => ({
    SLACK_API_URL: `http://127.0.0.1:${port}/api/`,
  }));
  server.close();
  expect(ok).toBe(false);
  expect(said).toContain(`something other than Slack answered for 127.0.0.1:${port}`);
  expect(said).not.toContain('<html>');
});

test('what listens and does not answer is not taken for no Muster', async () => {
  const server = createServer((request) => request.socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const { ok, said } = await typed(BOT_SCOPES, () => ({ ADMIN_PORT: String(port) }));
  server.close();
  expect(ok).toBe(false);
  expect(said).toContain(`what listens on 127.0.0.1:${port}`);
});

test('while Muster runs, the app-level token is tried all the same', async () => {
  const server = createServer((_, response) => response.end('All is well.\n'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const { ok, said } = await typed(BOT_SCOPES, () => ({
    ADMIN_PORT: String(port),
    SLACK_APP_TOKEN: `xapp-${'1'.repeat(20)}`,
  }));
  server.close();
  expect(ok).toBe(false);
  expect(said).toContain('All is well.');
  expect(said).toContain('SLACK_APP_TOKEN was not accepted: Slack says invalid_auth.');
});

test('a token that Slack has no time for is neither good nor bad', async () => {
  const { ok, said } = await typed(BOT_SCOPES, ({ faults }) => {
    faults.push({ method: /connections/, times: 1, mode: '429', retryAfter: 30 });
    return {};
  });
  expect(ok).toBe(true);
  expect(said).toContain(
    'SLACK_APP_TOKEN was not tried: Slack was asked too often. Ask again in 30 s.',
  );
  expect(said).not.toContain('Socket Mode is on');
});

test('over HTTP it says when Slack can verify the address', async () => {
  const { said } = await typed(BOT_SCOPES, () => ({
    SLACK_APP_TOKEN: '',
    SLACK_SIGNING_SECRET: '8f14e45fceea167a5a36dedd4bea2543',
  }));
  expect(said).toContain('Slack can verify the request URL only while Muster runs');
});
