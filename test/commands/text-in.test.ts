import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nearest } from '../../src/commands/nearest.ts';
import { readable, typedText } from '../../src/commands/slack-tokens.ts';
import { kindNamed, splitKinds } from '../../src/commands/tags.ts';
import { leadingTime } from '../../src/commands/when.ts';
import { KINDS } from '../../src/domain/words.ts';
import { action } from './typed.ts';

test.each([
  ['a &amp; b', 'a & b'],
  ['a &amp;lt; b', 'a &lt; b'],
  ['1 &lt; 2 &gt; 0', '1 < 2 > 0'],
  ['see <https://example.com/a?b=1&amp;c=2>', 'see https://example.com/a?b=1&c=2'],
  ['see <https://example.com|example.com> now', 'see https://example.com now'],
  ['ask <mailto:ana@example.com|ana@example.com>', 'ask ana@example.com'],
  ['<@U012|ana> stays', '<@U012|ana> stays'],
  ['&lt;!channel&gt;', '<!channel>'],
])('Slack’s "%s" was typed as "%s"', (escaped, typed) => {
  expect(typedText(escaped)).toBe(typed);
});

test.each([
  ['<@U012|ana> and <@W012|bo>', '@ana and @bo'],
  ['<@U012>', '<@U012>'],
  ['<!subteam^S012|@sre> <!subteam^S013|db>', '@sre @db'],
  ['<#C012|comms> <!here> <!channel|channel>', '#comms @here @channel'],
])('"%s" is read as "%s"', (token, read) => {
  expect(readable(token)).toBe(read);
});

test.each(KINDS)('#%s is a tag in any case', (kind) => {
  expect(kindNamed(kind.toUpperCase())).toBe(kind);
  expect(splitKinds(`it happened #${kind}`)).toEqual({ text: 'it happened', kinds: [kind] });
  expect(splitKinds(`it happened <#C012|${kind}>`)).toEqual({ text: 'it happened', kinds: [kind] });
});

test.each(['constructor', '__proto__', 'rca', 'sev1', ''])('#%s is no kind', (tag) => {
  expect(kindNamed(tag)).toBe(null);
});

test.each([
  ['lgo', 'log'],
  ['resovle', 'resolve'],
  ['opne', 'open'],
  ['timline', 'timeline'],
  ['acknowlege', 'acknowledge'],
  ['satus', 'status'],
])('%s was meant to be %s', (word, meant) => {
  const verbs = ['log', 'resolve', 'open', 'timeline', 'acknowledge', 'ack', 'status'];
  expect(nearest(word, verbs)).toBe(meant);
});

test.each(['the', 'database', 'x', 'we', '', 'a'.repeat(9000)])('%s is near nothing', (word) => {
  expect(nearest(word, ['log', 'resolve', 'open', 'timeline', 'ack'])).toBe(null);
});

/** What people write: words of any script, with spaces and line breaks between them. */
const sentence = fc
  .array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }), {
    minLength: 1,
    maxLength: 8,
  })
  .map((words) => words.join(' ').trim())
  .filter((text) => text !== '' && readable(text) === text);

/** Begins with nothing that could be a time or a mark before one, ends with nothing like a tag. */
const plain = sentence.map((text) => `we saw ${text} there`);

test('the text of a log is kept to the letter', () => {
  fc.assert(
    fc.property(plain, (text) => {
      expect(action(`log ${text}`)).toMatchObject({ type: 'log', when: null, text, kinds: [] });
    }),
  );
});

test('the text of a log is kept to the letter behind a time and before tags', () => {
  const tags = fc.subarray([...KINDS], { minLength: 1 });
  fc.assert(
    fc.property(plain, tags, (text, kinds) => {
      const typed = `log at 14:31, ${text} ${kinds.map((kind) => `#${kind}`).join(' ')}`;
      expect(action(typed)).toMatchObject({ type: 'log', when: '14:31', text, kinds });
    }),
  );
});

test('whatever is typed, nothing but a time and a separator is taken off the beginning', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (typed) => {
      const text = typed.trim();
      expect(text.endsWith(leadingTime(text).text)).toBe(true);
    }),
  );
});
