import { expect, test } from 'vitest';
import { publishedText, readPublished } from '../../src/domain/published.ts';

test.each([
  { version: 3, link: 'https://wiki.example.com/a?b=1' },
  { version: null, link: 'https://wiki.example.com/' },
  { version: 12, link: null },
  { version: null, link: null },
])('what was published is read back from its line: %o', (published) => {
  expect(readPublished(publishedText(published))).toEqual(published);
});

test('of a line in other words nothing is known', () => {
  expect(readPublished('We published it on the wiki')).toEqual({ version: null, link: null });
});
