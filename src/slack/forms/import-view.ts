import { createHash } from 'node:crypto';
import type { types } from '@slack/bolt';
import type { Import } from '../../commands/import-line.ts';
import type { ImportQuestion, ImportReading } from '../../domain/import/index.ts';
import type { Instant, Zone } from '../../domain/instant.ts';
import { importPreview } from '../../domain/views/import-preview.ts';
import { renderBlock } from '../blocks/index.ts';
import type { Counter } from '../blocks/piece.ts';
import { checkField, selectField } from './fields.ts';
import type { Answers } from './form.ts';

/** Whether the proposed kinds are to be taken. */
export const PROPOSED = 'proposed';

/** Each question is a block of the 100 that a view may have, and its answer is kept only in it. */
export const MOST_QUESTIONS = 50;
const MOST_BLOCKS = 100;
/** Slack refuses a view of 250 KB; what is around the blocks needs some of it. */
const MOST_BYTES = 235_000;

/** A question is known by its line and the words in it: where they change, so does the question. */
const fieldOf = ({ line, text }: Pick<ImportQuestion, 'line' | 'text'>): string =>
  `ask${line}-${line === 0 ? 'all' : createHash('sha256').update(text).digest('hex').slice(0, 8)}`;

/** What was answered about single lines. */
export function answersIn(answers: Answers, { lines }: Import): Record<number, string> {
  const all = [{ line: 0, text: '' }, ...lines];
  return Object.fromEntries(
    all.flatMap((line) => {
      const [answer] = answers.chosen(fieldOf(line));
      return answer === undefined ? [] : [[line.line, answer]];
    }),
  );
}

function questionField(question: ImportQuestion): types.InputBlock {
  const { line, text, reason, offers, answer } = question;
  return selectField({
    name: fieldOf(question),
    label: line === 0 ? text : `Line ${line}: ${text}`,
    hint: reason,
    optional: true,
    choices: offers,
    chosen: answer ?? undefined,
  });
}

const tagsProposed = ({ rows }: ImportReading): boolean =>
  rows.some((row) => row.type === 'entry' && row.proposed.length > 0);

/** The form with what its lines come to above the fields; within what Slack takes of a view. */
export function importView(
  reading: ImportReading,
  { proposed }: Import,
  page: { readonly zone: Zone; readonly now: Instant },
  fields: readonly types.KnownBlock[],
): types.KnownBlock[] {
  let room = reading.rows.length;
  for (;;) {
    const blocks = assembled(room);
    const bytes = Buffer.byteLength(JSON.stringify(blocks));
    if (room === 0 || (blocks.length <= MOST_BLOCKS && bytes <= MOST_BYTES)) return blocks;
    room = Math.floor(room * 0.8);
  }

  function assembled(rows: number): types.KnownBlock[] {
    let count = 0;
    const counter: Counter = { next: () => count++ };
    const read = importPreview(reading, { ...page, proposed, room: rows });
    const [summary, ...lines] = read.map((block) =>
      renderBlock(block, counter).map((piece) => piece.block),
    );
    return [
      ...(summary ?? []),
      ...reading.questions.map(questionField),
      ...lines.flat(),
      ...(tagsProposed(reading) ? [kindsField(proposed)] : []),
      { type: 'divider' },
      ...fields,
    ];
  }
}

const kindsField = (checked: boolean): types.InputBlock =>
  checkField({
    name: PROPOSED,
    label: 'Kinds that lines state in so many words',
    choice: { value: 'yes', label: 'Take the kinds marked as proposed' },
    checked,
  });
