import { expect, test } from 'vitest';
import { changedBetween } from '../../../src/domain/postmortem/index.ts';

const document = (version: number, ...sections: string[]): string =>
  [
    '# Postmortem: INC-1',
    `## Record\n\n- **Status:** draft, version ${version}\n- **Generated:** ${version} May 2026\n- **Audit:** as of change ${version}, hash \`x${version}\``,
    ...sections,
  ].join('\n\n');

test.each([
  ['the same', ['## Summary\n\nDown.'], ['## Summary\n\nDown.'], []],
  ['another text', ['## Summary\n\nDown.'], ['## Summary\n\nUp.'], ['Summary']],
  ['a section more', ['## Summary\n\nDown.'], ['## Summary\n\nDown.', '## Why?\n\nDNS.'], ['Why?']],
  ['a section less', ['## Summary\n\nDown.', '## Why?\n\nDNS.'], ['## Summary\n\nDown.'], ['Why?']],
  [
    'headings within a section',
    ['## Impact\n\n### INC-1\n\nDown.'],
    ['## Impact\n\n### INC-1\n\nUp.'],
    ['Impact'],
  ],
])('%s', (_, before, after, changed) => {
  expect(changedBetween(document(1, ...before), document(2, ...after))).toEqual(changed);
});

test('another state in the header is a difference, another version is none', () => {
  const reviewed = document(2).replace('draft, version 2', 'reviewed, version 2');
  expect(changedBetween(document(1), document(2))).toEqual([]);
  expect(changedBetween(document(1), reviewed)).toEqual(['Record']);
});

test('of a version that was emptied it is the redactions that changed it, not every section', () => {
  const after = document(2, '## Summary\n\nDown.');
  expect(changedBetween('Redacted.\n#7\n#3 of INC-2\n', after)).toEqual([
    'redaction of #7',
    'redaction of #3 of INC-2',
  ]);
  // Emptied by a version of Muster that did not say by what.
  expect(changedBetween('Redacted.\n', after)).toEqual(['a redaction']);
});
