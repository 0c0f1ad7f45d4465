import { expect, test } from 'vitest';
import { canvasMarkdown } from '../../../src/domain/postmortem/canvas.ts';

const about = { version: 3, incident: '42' };
const table = (rows: number, columns: number): string[] => {
  const row = (text: string) =>
    `| ${Array.from({ length: columns }, (_, n) => `${text}${n}`).join(' | ')} |`;
  return [row('head'), row('---'), ...Array.from({ length: rows }, (_, n) => row(`r${n}c`))];
};
const cells = (markdown: string): number =>
  markdown
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .reduce((sum, line) => sum + line.split('|').length - 2, 0);

test('it says first that it is a copy, of which version, and where to change what it says', () => {
  const [title, , copy] = canvasMarkdown(
    '# Postmortem: INC-42\n\n## Summary\n\nDown.',
    about,
  ).split('\n');
  expect(title).toBe('# Postmortem: INC-42');
  expect(copy).toBe(
    '> This canvas is a copy of version 3: Muster writes over it when the record changes. To change what it says, type `/incident 42 postmortem section`.',
  );
});

test('tables stay as long as Slack takes them; the longest become lists with their heads', () => {
  const short = table(5, 4);
  const markdown = ['# T', '', ...short, '', 'text', '', ...table(100, 4), ''].join('\n');
  const canvas = canvasMarkdown(markdown, about);
  expect(cells(canvas)).toBe(28);
  expect(canvas).toContain(short.join('\n'));
  expect(canvas).toContain('- **r99c0** · head1: r99c1 · head2: r99c2 · head3: r99c3');
});

test('a shielded pipe and an empty cell are no columns of their own', () => {
  const rows = Array.from({ length: 120 }, () => '| a \\| b |  | c |');
  const canvas = canvasMarkdown(
    ['# T', '', '| x | y | z |', '| --- | --- | --- |', ...rows].join('\n'),
    about,
  );
  expect(canvas).toContain('- **a \\| b** · z: c');
});

test('what has no room is said, and never cut off in silence', () => {
  const canvas = canvasMarkdown(`# T\n\n${'漢'.repeat(300)}\n`.repeat(2000), about);
  expect(new TextEncoder().encode(canvas).length).toBeLessThan(1024 * 1024);
  expect(canvas.split('\n').at(-1)).toBe(
    'There is no room here for the rest; the attached file has all of it.',
  );
});
