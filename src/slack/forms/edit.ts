import { nameOf } from './carried.ts';
import { TEXT_CHARACTERS, textField, timeField, unreadable } from './fields.ts';
import type { Answers } from './form.ts';
import { defineForm } from './form.ts';

/** What was changed of the text; empty where it says what it said. */
const words = (answers: Answers, was = ''): string => {
  const text = answers.text('text');
  return nameOf(text) === was ? '' : text;
};

/** The time that was typed; empty where it is what it was. */
const time = (answers: Answers, was = ''): string =>
  answers.text('time') === was ? '' : answers.text('time');

/** Corrects an entry. What is left as it was opened stays as it is. */
export const edit = defineForm({
  title: 'Correct an entry',
  submit: 'Correct',
  keeps: ['entry', 'time'],
  remembers: ({ text = '' }) => ({ words: nameOf(text) }),
  refuses: ({ entry = '<n>', text = '' }) =>
    text.length <= TEXT_CHARACTERS
      ? null
      : {
          reason:
            'This entry is longer than a form in Slack can hold, so it was not opened: nothing is changed or lost. To set its time, type:',
          instead: `edit ${entry} at 14:35`,
        },
  fields: ({ filled }) => [
    textField({
      name: 'text',
      label: `What happened? (#${filled.entry ?? ''})`,
      multiline: true,
      optional: true,
      hint: 'What you leave as it is stays as it is. The original is kept in the audit trail.',
      filled: filled.text,
    }),
    timeField('time', 'When?', filled.time, 'Empty leaves it as it is.'),
  ],
  check: (answers, kept) =>
    time(answers, kept.time) === '' && words(answers, kept.words) === ''
      ? { field: 'text', reason: 'Nothing is changed. Correct the text or the time, or cancel.' }
      : unreadable(answers, 'time'),
  text(answers, kept) {
    const [at, text] = [time(answers, kept.time), words(answers, kept.words)];
    const what = at === '' ? `text: ${text}` : text === '' ? `at ${at}` : `at ${at}, ${text}`;
    return `edit ${kept.entry ?? ''} ${what}`;
  },
  blame: (answers) => (answers.text('time') === '' ? 'text' : 'time'),
});
