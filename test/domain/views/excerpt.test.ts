import { expect, test } from 'vitest';
import { plainText } from '../../../src/domain/text.ts';
import { excerpt } from '../../../src/domain/views/excerpt.ts';

const term = (text: string, more = {}) => ({ text, exact: false, not: false, or: false, ...more });
/** What is set off. */
const bolds = (line: ReturnType<typeof excerpt>) =>
  line.flatMap((span) =>
    typeof span === 'string' ? [] : [span.type === 'bold' ? span.text : '?'],
  );

test('sets off words, longer ones that begin with them, and phrases', () => {
  const terms = [term('deploy'), term('old pool', { exact: true }), term('gone', { not: true })];
  const line = excerpt('Redeployed?\nDeploying the old, pool gone', terms, 200);
  expect(plainText(line)).toBe('Redeployed? Deploying the old, pool gone');
  expect(bolds(line)).toEqual(['Deploying', 'old, pool']);
});

test('an exact word is not set off within a longer one', () => {
  expect(bolds(excerpt('deploying deploy', [term('deploy', { exact: true })], 200))).toEqual([
    'deploy',
  ]);
});

test('shows the part of a long text where the word stands, whole characters only', () => {
  const text = `${'👩‍👩‍👧 word '.repeat(300)}needle ${'end '.repeat(300)}`;
  const line = plainText(excerpt(text, [term('Needle')], 100));
  expect(line).toMatch(/^….*needle end .*…$/);
  expect(line.length).toBeLessThan(400);
  expect(line).not.toMatch(/\p{Surrogate}/u);
});

test('what is a pattern elsewhere is text here', () => {
  const text = 'a.*b (x|y) [z] $& <b>';
  for (const typed of ['.*', '(x|y)', '[z]', '$&', '\\']) {
    expect(plainText(excerpt(text, [term(typed)], 200))).toBe(text);
  }
});
