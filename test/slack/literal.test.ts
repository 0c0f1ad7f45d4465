import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cut, isolate, pieces } from '../../src/slack/blocks/literal.ts';

test('pieces put together are the text again, and none cuts a family in two', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      fc.integer({ min: 8, max: 50 }),
      (text, max) => {
        const parts = pieces(text, max);
        expect(parts.join('')).toBe(text);
        for (const part of parts) expect(part.length).toBeLessThanOrEqual(max);
      },
    ),
  );
  expect(pieces('👩‍👩‍👧‍👦'.repeat(3), 12)).toEqual(['👩‍👩‍👧‍👦', '👩‍👩‍👧‍👦', '👩‍👩‍👧‍👦']);
  expect(cut('one two three', 8)).toBe('one two…');
});

test('right-to-left text is isolated, and cannot end its isolation early', () => {
  expect(isolate('plain')).toBe('plain');
  expect(isolate('שלום')).toBe('\u2068שלום\u2069');
  expect(isolate('a\u2069\u202Eb')).toBe('\u2068\u2068a\u2069\u202Eb\u2069');
});
