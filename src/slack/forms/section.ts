import type { types } from '@slack/bolt';
import { sectionLine, seenIn } from '../../commands/section-line.ts';
import type { Block, Line } from '../../domain/text.ts';
import { renderBlock } from '../blocks/index.ts';
import type { Counter } from '../blocks/piece.ts';
import { radioField, textField } from './fields.ts';
import type { Answers } from './form.ts';
import { defineForm } from './form.ts';
import { jointsIn, jointsToken, MOST_FIELDS, partsOf, together, tooLong } from './section-parts.ts';

/** Slack takes 100 blocks in a view; the fields need some of them. */
const MOST_ABOVE = 80;
/** What a view may weigh, less what the fields hold. */
const MOST_BYTES = 100_000;
/** Of a table, the most rows that may ever fit into that. */
const MOST_ROWS = 1000;
const FIRST = 'text1';

const names = Array.from({ length: MOST_FIELDS }, (_, at) => `text${at + 1}`);

/** Messages alone may have tables: here each row is a line. */
const untabled = (block: Block): Block =>
  block.type === 'table'
    ? {
        type: 'list',
        items: block.rows
          .slice(0, MOST_ROWS)
          .map((row) => joined(row.filter((cell) => cell.length > 0))),
      }
    : block;

const joined = (cells: readonly Line[]): Line =>
  cells.flatMap((cell, at) => (at === 0 ? [...cell] : [' · ', ...cell]));

/**
 * What stands above the fields, as much of it as a view takes; what is left off is said. Nothing is
 * rendered that is not shown: a record may have thousands of lines, and a form opens at once.
 */
export function shown(above: readonly Block[]): types.KnownBlock[] {
  let count = 0;
  const counter: Counter = { next: () => count++ };
  const kept: types.KnownBlock[] = [];
  let bytes = 0;
  for (const block of above) {
    for (const piece of renderBlock(untabled(block), counter)) {
      bytes += Buffer.byteLength(JSON.stringify(piece.block));
      if (kept.length === MOST_ABOVE || bytes > MOST_BYTES) return [...kept, REST];
      kept.push(piece.block);
    }
    if (block.type === 'table' && block.rows.length > MOST_ROWS) return [...kept, REST];
  }
  return kept;
}

const REST: types.KnownBlock = {
  type: 'context',
  elements: [
    {
      type: 'plain_text',
      text: 'There is no room here for the rest; the draft has all of it.',
      emoji: false,
    },
  ],
};

const typed = (answers: Answers, joints: readonly string[]): string =>
  together(
    names.map((name) => answers.text(name)),
    joints,
  );

/** What a person writes for a section of the draft. Saved as it was opened, it says what it said. */
export const section = defineForm({
  title: 'Edit a section',
  submit: 'Save',
  keeps: ['section', 'seen'],
  remembers: ({ text = '' }) => ({ joints: jointsToken(text) }),
  refuses: tooLong,
  fields: ({ filled, above }) => {
    const { parts } = partsOf(filled.text ?? '');
    const wanted = parts.length === 0 ? 1 : Math.min(MOST_FIELDS, parts.length + 1);
    return [
      ...shown(above),
      { type: 'divider' },
      ...names.slice(0, wanted).map((name, at) =>
        textField({
          name,
          label: at === 0 ? 'Your text' : 'More of your text',
          multiline: true,
          optional: at > 0,
          ...(at === 0
            ? {
                hint: 'Begin a line with “- ” for a list. Corrections of the record never change your text.',
              }
            : {}),
          filled: parts[at],
        }),
      ),
      ...(filled.replaces === 'yes'
        ? [
            radioField({
              name: 'place',
              label: 'Where does it stand?',
              choices: [
                { value: 'beside', label: 'Before what is generated' },
                { value: 'instead', label: 'In place of what is generated' },
              ],
              chosen: filled.place ?? 'beside',
            }),
          ]
        : []),
    ];
  },
  check: (answers) =>
    typed(answers, []) === '' ? { field: FIRST, reason: 'Write something, or cancel.' } : null,
  text: (answers, kept) =>
    sectionLine({
      section: kept.section ?? '',
      place: answers.chosen('place')[0] === 'instead' ? 'instead' : 'beside',
      seen: seenIn(kept.seen ?? ''),
      text: typed(answers, jointsIn(kept.joints ?? '')),
    }),
  blame: () => FIRST,
});
