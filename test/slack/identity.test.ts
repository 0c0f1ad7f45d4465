import { WebClient } from '@slack/web-api';
import { expect, test } from 'vitest';
import { clientOptions } from '../../src/slack/clients.ts';
import { identify } from '../../src/slack/identity.ts';
import { office, quiet } from './support.ts';

/** What the log says, and what readiness is told, of a first try with this token at this address. */
async function tried(apiUrl: string, token: string): Promise<{ line: unknown[]; why: string }> {
  const stopping = new AbortController();
  const lines: unknown[][] = [];
  const log = { ...quiet, error: (...said: unknown[]) => void lines.push(said) };
  const client = new WebClient(token, clientOptions({ apiUrl }, 2000, quiet));
  const why = await new Promise<string>((resolve) => {
    void identify(client, log, stopping.signal, (reason) => {
      stopping.abort();
      resolve(reason);
    });
  });
  return { line: lines[0] ?? [], why };
}

const NEXT = expect.stringContaining('npm start -- doctor');

test('a refused token is told in one line, with the reason and the next step', async () => {
  const workspace = await office();
  const { line, why } = await tried(workspace.apiUrl, 'xoxb-1-2-3');
  await workspace.close();
  expect(why).toBe('Slack says invalid_auth');
  const facts = { reason: why, retryMs: 500, next: NEXT };
  expect(line).toEqual(['slack refuses the bot token', facts]);
});

test('a Slack that is not there is told in one line, without a stack', async () => {
  const { line, why } = await tried('http://slack.invalid/api/', 'xoxb-1-2-3');
  expect(why).toMatch(/^slack\.invalid cannot be reached \((ENOTFOUND|EAI_AGAIN)\)$/);
  const facts = { reason: why, retryMs: 500, next: NEXT };
  expect(line).toEqual(['slack not reachable', facts]);
});
