import { createHash } from 'node:crypto';
import type { types } from '@slack/bolt';
import { type Import, importLine, importOf } from '../../commands/import-line.ts';
import { counted } from '../../domain/counted.ts';
import { firstMoment } from '../../domain/decide/times.ts';
import {
  entriesOf,
  type ImportQuestion,
  type ImportReading,
  importDay,
  importZone,
  isSettled,
  readImport,
} from '../../domain/import/index.ts';
import { masked } from '../../domain/secrets/index.ts';
import { dayField, textField } from './fields.ts';
import type { Answers, Complaint, Looked, Preview } from './form.ts';
import { defineForm } from './form.ts';
import { answersIn, importView, MOST_QUESTIONS, PROPOSED } from './import-view.ts';
import { partsOf } from './section-parts.ts';

/** Slack takes 3,000 characters in a field; so many fields hold 42,000. */
const MOST_FIELDS = 14;
const FIRST = 'lines1';

const fieldNames = Array.from({ length: MOST_FIELDS }, (_, at) => `lines${at + 1}`);

/** Fields for date, zone and lines, and always an empty one for more lines. */
function fieldsFor(date: string, zone: string, chunks: readonly string[]): types.KnownBlock[] {
  const shown = Math.min(MOST_FIELDS, chunks.length + 1);
  return [
    dayField({ name: 'date', label: 'Day of the first line', filled: date }),
    textField({
      name: 'zone',
      label: 'Time zone of times without one',
      max: 60,
      placeholder: 'UTC, +02:00, Europe/Berlin',
      filled: zone,
    }),
    ...fieldNames.slice(0, Math.max(2, shown)).map((name, at) =>
      textField({
        name,
        label: at === 0 ? 'Lines' : 'More lines',
        multiline: true,
        optional: at > 0,
        ...(at === 0
          ? {
              placeholder: '14:31 Rollback started #mitigation',
              hint: 'One line, one entry, with its time first. You see how each is read before anything is recorded.',
            }
          : { hint: 'Slack takes 3,000 characters in one field: go on here.' }),
        filled: chunks[at],
      }),
    ),
  ];
}

/** What Slack had no room for is said, with its beginning, so that it can be pasted afterwards. */
function overflow(chunks: readonly string[]): types.KnownBlock[] {
  const rest = chunks.slice(MOST_FIELDS).join('').trim();
  if (rest === '') return [];
  const text = `There is no room here for the last ${rest.length} characters. Import these first, then what begins with: ${rest.slice(0, 120)}`;
  return [{ type: 'context', elements: [{ type: 'plain_text', text, emoji: false }] }];
}

/** The import that the answers stand for. */
function importFrom(answers: Answers): Import {
  const chunks = fieldNames.map((name) => answers.text(name)).filter((chunk) => chunk !== '');
  const asked = {
    date: answers.text('date'),
    zone: answers.text('zone').replace(/\s+/g, ' '),
    // Before it is shown how the lines are read: what is recorded must be what was shown.
    pasted: masked(chunks.join('\n').replace(/\r\n?/g, '\n')).text,
    // They are taken as proposed until somebody says otherwise.
    proposed: !answers.fields.includes(PROPOSED) || answers.chosen(PROPOSED).length > 0,
    answers: {},
  };
  const lines = importOf(asked);
  return { ...lines, answers: answersIn(answers, lines) };
}

const sealOf = (asked: Import): string =>
  createHash('sha256').update(importLine(asked)).digest('hex').slice(0, 16);

type Read = { readonly reading: ImportReading; readonly zone: string } | Complaint;

function read(asked: Import, { now, zone: own, incident }: Looked): Read {
  const day = importDay(asked.date);
  if (day === null) return { field: 'date', reason: 'Choose the day of the first line.' };
  const zone = importZone(asked.zone, day, own);
  if (!zone.ok) return { field: 'zone', reason: zone.refusal.reason };
  const first = incident === null ? null : firstMoment(incident);
  const reading = readImport(asked, own, { now, first });
  if (!reading.ok) return { field: FIRST, reason: reading.refusal.reason };
  const { questions } = reading.value;
  if (questions.length > MOST_QUESTIONS) return { field: FIRST, reason: tooMany(questions) };
  const nothing = entriesOf(reading.value, false).length === 0 && isSettled(reading.value);
  if (!nothing) return { reading: reading.value, zone: zone.value };
  return { field: FIRST, reason: 'None of these lines is an entry. Begin each with its time.' };
}

function tooMany(questions: readonly ImportQuestion[]): string {
  const some = questions.filter(({ line }) => line > 0).slice(0, 5);
  const lines = some.map(({ line }) => line).join(', ');
  return `${questions.length} lines would have to be asked about, which is more than fits here (${lines} …). Line ${some[0]?.line}: ${some[0]?.reason} Write such times out, as 2026-05-07 14:31 UTC, or import fewer lines at once.`;
}

function preview(answers: Answers, looked: Looked): Preview | Complaint | null {
  const asked = importFrom(answers);
  const said = read(asked, looked);
  if ('field' in said) return said;
  const seal = sealOf(asked);
  const settled = isSettled(said.reading);
  if (settled && seal === looked.seal) return null;
  const count = entriesOf(said.reading, asked.proposed).length;
  const fields = fieldsFor(
    asked.date,
    asked.zone,
    fieldNames.map((name) => answers.text(name)).filter((chunk) => chunk !== ''),
  );
  return {
    submit: settled ? `Import ${counted(count, 'entry', 'entries')}` : 'Preview',
    blocks: importView(said.reading, asked, { zone: said.zone, now: looked.now }, fields),
    seal,
  };
}

/** Adds pasted lines to the timeline, once it was seen how each is read. */
export const importForm = defineForm({
  title: 'Import a timeline',
  submit: 'Preview',
  fields: ({ filled }) => {
    const chunks = partsOf(filled.lines ?? '').parts;
    return [
      ...overflow(chunks),
      ...fieldsFor(filled.date ?? '', filled.zone ?? '', chunks.slice(0, MOST_FIELDS)),
    ];
  },
  check: () => null,
  preview,
  text: (answers) => `import ${importLine(importFrom(answers))}`,
  blame: () => FIRST,
});
