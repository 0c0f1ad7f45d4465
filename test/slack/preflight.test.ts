import { afterEach, expect, test } from 'vitest';
import { startWorkspace, type Workspace } from '../../src/demo/workspace/index.ts';
import { askDoctor } from '../../src/doctor.ts';
import { BOT_SCOPES } from '../../src/slack/scopes.ts';

let workspace: Workspace | undefined;
afterEach(async () => {
  await workspace?.close();
});

/** Types `doctor` where no Muster runs, with tokens of a workspace in which the app has these scopes. */
async function typed(
  scopes: readonly string[],
  more: (of: Workspace) => Record<string, string> = () => ({}),
): Promise<string> {
  workspace = await startWorkspace({ scopes });
  const { ok, lines } = await askDoctor(
    {
      SLACK_BOT_TOKEN: workspace.botToken,
      SLACK_APP_TOKEN: workspace.appToken,
      SLACK_API_URL: workspace.apiUrl,
      // Nobody listens on the first port.
      ADMIN_PORT: '1',
      ...more(workspace),
    },
    () => null,
  );
  expect(ok).toBe(false);
  return lines.join('\n');
}

test('where no Muster runs, doctor tries the tokens with Slack', async () => {
  const said = await typed(BOT_SCOPES);
  expect(said).toContain('Slack takes SLACK_BOT_TOKEN');
  expect(said).toContain('It has every scope that Muster uses.');
  expect(said).toContain('Slack takes SLACK_APP_TOKEN: Socket Mode works.');
  expect(said).toContain('No Muster answers on 127.0.0.1:1');
});

test('it names the scopes that are missing, and what Slack does not tell without them', async () => {
  const less = BOT_SCOPES.filter((one) => one !== 'channels:history' && one !== 'files:write');
  const said = await typed(less);
  expect(said).toContain('problem: it lacks channels:history, files:write.');
  expect(said).toContain('So Slack does not tell of message.channels.');
  expect(said).toContain('paste what manifest writes');
});

test('a token that Slack refuses is named, with the word of Slack', async () => {
  const said = await typed(BOT_SCOPES, () => ({
    SLACK_BOT_TOKEN: `xoxb-${'1'.repeat(20)}`,
    SLACK_APP_TOKEN: `xapp-${'1'.repeat(20)}`,
  }));
  expect(said).toContain('problem: SLACK_BOT_TOKEN was not accepted: Slack says invalid_auth.');
  expect(said).toContain('problem: SLACK_APP_TOKEN was not accepted: Slack says invalid_auth.');
});

test('a Slack that does not answer is no refusal', async () => {
  const said = await typed(BOT_SCOPES, () => ({ SLACK_API_URL: 'http://127.0.0.1:1/api/' }));
  expect(said).toContain('SLACK_BOT_TOKEN was not accepted: Slack did not answer.');
});

test('over HTTP it says when Slack can verify the address', async () => {
  const said = await typed(BOT_SCOPES, () => ({
    SLACK_APP_TOKEN: '',
    SLACK_SIGNING_SECRET: '0123456789abcdef0f1e2d3c4b5a6978',
  }));
  expect(said).toContain('Slack can verify the request URL only while Muster runs');
});
