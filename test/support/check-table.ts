import type { Question } from '../../src/domain/postmortem/draft.ts';
import { type Score, scoresOf, type Tried, totalsOf } from './check-scores.ts';

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** The first question of the check about what was planted for it. */
const exampleOf = (tried: readonly Tried[], id: string): Question | undefined =>
  tried
    .filter(({ planted }) => planted === id)
    .flatMap(({ questions }) => questions)
    .find(({ check }) => check === id);

/** A check as docs/checks.md lists it. */
function rowOf(tried: readonly Tried[], score: Score): readonly string[] {
  const { id, title, planted, found, falseAlarms, others } = score;
  const example = exampleOf(tried, id);
  return [
    `\`${id}\``,
    title,
    cell(example?.text.map(String).join('') ?? 'asked at once, when the time is typed or imported'),
    example === undefined
      ? '`edit <n> at <date and time>`'
      : `\`${cell(example.command.replace(/^\S+ /, ''))}\``,
    planted === 0 ? '–' : `${found} of ${planted}`,
    `${falseAlarms} of ${others}`,
  ];
}

/** The table of docs/checks.md. */
export function checkTable(tried: readonly Tried[]): string {
  const rows = scoresOf(tried).map((score) => rowOf(tried, score));
  return [
    ['check', 'what it finds', 'it asks, for example', 'settled by', 'found', 'false alarms'],
    ['---', '---', '---', '---', '---', '---'],
    ...rows,
  ]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

const share = (part: number, of: number): string => `${((100 * part) / of).toFixed(1)} %`;

/** The totals of docs/checks.md, for each part and the whole, as they are now. */
export function totalsTable(tried: readonly Tried[]): string {
  const parts: readonly (readonly [string, readonly Tried[]])[] = [
    ['tuned on', tried.filter(({ part }) => part === 'tuned')],
    ['held out, then looked at', tried.filter(({ part }) => part === 'second')],
    ['written afterwards', tried.filter(({ part }) => part === 'last')],
    ['written without a look at the code', tried.filter(({ part }) => part === 'unseen')],
    ['written after mending by those', tried.filter(({ part }) => part === 'fresh')],
    ['all', tried],
  ];
  const rows = parts.map(([name, some]) => {
    const { planted, found, clean, disturbed } = totalsOf(some);
    return `| ${name} | ${found} of ${planted} (${share(found, planted)}) | ${disturbed} of ${clean} (${share(disturbed, clean)}) |`;
  });
  return [
    '| records | planted and found | clean and asked about |',
    '| --- | --- | --- |',
    ...rows,
  ].join('\n');
}
