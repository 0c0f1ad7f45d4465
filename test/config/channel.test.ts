import { expect, test } from 'vitest';
import { DAY } from '../../src/domain/instant.ts';
import { problemsOf, settingsOf } from './reading.ts';

test('a channel is archived after days, or never', () => {
  expect(settingsOf('archive_after: 14d').archiveAfter).toBe(14 * DAY);
  expect(settingsOf('archive_after: never').archiveAfter).toBeNull();
  expect(settingsOf(null).archiveAfter).toBe(14 * DAY);
});

test.each(['12h', '0d', 'soon', '7'])('archive_after: %s is a problem', (written) => {
  expect(problemsOf(`archive_after: ${written}`)).toEqual([
    expect.stringMatching(
      /archive_after.*is not a duration of a day or more.*write 1d to 366d, such as 7d, or never/,
    ),
  ]);
});

test('links are bookmarks of every incident, or of those of a service', () => {
  const yaml = `links:
  - { title: Status page, url: "https://status.example.com/#now" }
  - { title: Runbook, url: "http://wiki.internal/checkout", service: Checkout API }
`;
  expect(settingsOf(yaml).links).toEqual([
    { title: 'Status page', url: 'https://status.example.com/#now', service: null },
    { title: 'Runbook', url: 'http://wiki.internal/checkout', service: 'Checkout API' },
  ]);
});

test.each([
  'javascript:alert(1)',
  'https://ana:secret@wiki.example.com',
  'wiki.example.com',
  'file:///etc/passwd',
])('%s is no address of a link', (url) => {
  const [problem = ''] = problemsOf(`links: [{ title: Runbook, url: "${url}" }]`);
  expect(problem).toMatch(/links\[0\]\.url.*is not an address that a browser opens/);
});

test('a link needs a title and an address, and nothing else', () => {
  expect(problemsOf('links: [{ url: "https://a.example" }]').join()).toContain('title');
  expect(problemsOf('links: [{ title: A }]').join()).toContain('url');
  expect(
    problemsOf('links: [{ title: A, url: "https://a.example", color: red }]').join(),
  ).toContain('color');
});
