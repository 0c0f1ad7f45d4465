import { textField, timeField, unreadable } from './fields.ts';
import { defineForm } from './form.ts';
import { shown } from './section.ts';
import { withTime } from './status.ts';

/** Ends the incident, after what is still open was read. */
export const resolve = defineForm({
  title: 'Resolve',
  submit: 'Resolve',
  fields: ({ filled, above }) => [
    ...shown(above),
    timeField('time', 'When was it over?', filled.time),
    textField({
      name: 'text',
      label: 'What ended it?',
      multiline: true,
      optional: true,
      placeholder: 'Rolled back, the error rate is normal',
      hint: 'The draft is posted at once. The channel stays open, and you can undo it.',
      filled: filled.text,
    }),
  ],
  check: (answers) => unreadable(answers, 'time'),
  text: (answers) => `resolve ${withTime(answers.text('time'), answers.text('text'))}`.trim(),
  blame: (answers) => (answers.text('time') === '' ? 'text' : 'time'),
});
