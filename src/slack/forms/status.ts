import type { Status } from '../../domain/words.ts';
import { selectField, textField, timeField, unreadable } from './fields.ts';
import { defineForm } from './form.ts';

/** What an incident can be that is not over; its ends have forms and verbs of their own. */
const RUNNING: readonly Status[] = ['investigating', 'identified', 'monitoring'];

/** Moves the incident to another status. */
export const status = defineForm({
  title: 'Change status',
  submit: 'Change',
  fields: ({ incident, filled }) => [
    selectField({
      name: 'status',
      label: 'Status',
      choices: RUNNING.map((name) => ({ value: name, label: name })),
      chosen: filled.status ?? incident?.status,
    }),
    timeField('time', 'Since when?', filled.time),
    textField({
      name: 'text',
      label: 'What is known?',
      multiline: true,
      optional: true,
      placeholder: 'The migration holds a lock',
      filled: filled.text,
    }),
  ],
  check: (answers) => unreadable(answers, 'time'),
  text(answers) {
    const time = answers.text('time');
    const [to = ''] = answers.chosen('status');
    return `status ${to} ${withTime(time, answers.text('text'))}`.trim();
  },
  blame: (answers) => (answers.text('time') === '' ? 'status' : 'time'),
});

/** A time and a text, either of which may be missing, as a command reads them. */
export const withTime = (time: string, text: string): string =>
  [time === '' ? '' : `at ${time}`, text].filter((part) => part !== '').join(', ');
