import { expect, test } from 'vitest';
import { isAnswerable } from '../../src/slack/listeners/respond.ts';

test.each([
  ['https://hooks.slack.com/commands/T1/2/3', true],
  ['https://hooks.slack-gov.com/commands/T1/2/3', true],
  ['http://hooks.slack.com/commands/T1/2/3', false],
  ['https://hooks.slack.com.evil.example/commands', false],
  ['https://evil.example/hooks.slack.com/', false],
  ['https://hooks.slack.com@evil.example/', false],
  ['https://169.254.169.254/latest/meta-data', false],
  ['http://127.0.0.1:9090/doctor', false],
  ['file:///etc/passwd', false],
  ['', false],
  ['hooks.slack.com', false],
])('an answer to %s is sent: %s', (url, is) => {
  expect(isAnswerable(url, null)).toBe(is);
});

test('with another Web API an answer may go to its host, and to no other', () => {
  const apiUrl = 'http://127.0.0.1:4711/api/';
  expect(isAnswerable('http://127.0.0.1:4712/response/1', apiUrl)).toBe(true);
  expect(isAnswerable('http://127.0.0.2:4711/response/1', apiUrl)).toBe(false);
});
