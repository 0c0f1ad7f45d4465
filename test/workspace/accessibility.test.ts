import type { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Workspace } from '../../src/demo/workspace/index.ts';
import { clientOf, office } from './support.ts';

let workspace: Workspace;
let slack: WebClient;
const channel = 'C0INCIDENTS';
const PNG = Buffer.from('a picture');
const blocks = [{ type: 'section', text: { type: 'mrkdwn', text: 'INC-1 is open' } }];

beforeEach(async () => {
  workspace = await office();
  slack = clientOf(workspace);
});

afterEach(() => workspace.close());

const rules = () => workspace.violations.map(({ rule }) => rule);

test.each<[string, (slack: WebClient) => Promise<unknown>]>([
  ['blocks without text', (s) => s.apiCall('chat.postMessage', { channel, blocks })],
  ['text of signs alone', (s) => s.chat.postMessage({ channel, text: ' …', blocks })],
  [
    'a private answer without text',
    (s) => s.apiCall('chat.postEphemeral', { channel, user: 'U0ANA', blocks }),
  ],
  [
    'a picture without words',
    (s) => s.filesUploadV2({ channel_id: channel, filename: 'timeline.png', file: PNG }),
  ],
])('%s breaks a rule: screen readers get nothing', async (_, call) => {
  await call(slack);
  expect(rules()).toContain('accessibility');
});

test('a file with a description of its own is shown nowhere', async () => {
  const picture = { filename: 'timeline.png', length: 10, alt_txt: 'Timeline of INC-1' };
  await slack.files.getUploadURLExternal(picture);
  expect(rules()).toEqual(['unseen file']);
});

test('a picture in a message must have words', async () => {
  const image = { type: 'image', image_url: 'https://example.com/a.png', alt_text: '' };
  const sent = slack.apiCall('chat.postMessage', { channel, text: 'Timeline', blocks: [image] });
  await expect(sent).rejects.toThrow('invalid_blocks');
});

test('text beside blocks, words beside a picture and files that are read are right', async () => {
  await slack.chat.postMessage({ channel, text: 'INC-1 is open', blocks });
  const picture = { filename: 'timeline.png', file: PNG, initial_comment: 'Timeline of INC-1' };
  await slack.filesUploadV2({ channel_id: channel, ...picture });
  await slack.filesUploadV2({ channel_id: channel, filename: 'INC-1.md', content: '# INC-1' });
  expect(workspace.violations).toEqual([]);
});
