import { KINDS } from '../../domain/words.ts';
import { multiSelectField, textField, timeField, unreadable } from './fields.ts';
import { defineForm } from './form.ts';

/** Adds a line to the timeline. */
export const entry = defineForm({
  title: 'Add to timeline',
  submit: 'Add',
  fields: ({ filled }) => [
    textField({ name: 'text', label: 'What happened?', multiline: true, filled: filled.text }),
    timeField('time', 'When?', filled.time),
    multiSelectField({
      name: 'kinds',
      label: 'Kind',
      optional: true,
      choices: KINDS.map((kind) => ({ value: kind, label: kind })),
    }),
  ],
  check: (answers) => unreadable(answers, 'time'),
  text(answers) {
    const time = answers.text('time');
    const kinds = answers.chosen('kinds').map((kind) => ` #${kind}`);
    const text = `${answers.text('text')}${kinds.join('')}`;
    return time === '' ? `log ${text}` : `log at ${time}, ${text}`;
  },
  blame: (answers) => (answers.text('time') === '' ? 'text' : 'time'),
});
