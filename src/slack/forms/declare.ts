import { checkField, selectField, textField, timeField, unreadable } from './fields.ts';
import { defineForm } from './form.ts';

const PRIVATE = 'private';

/** Declares an incident. */
export const declare = defineForm({
  title: 'Declare an incident',
  submit: 'Declare',
  fields: ({ settings, filled }) => [
    textField({
      name: 'title',
      label: 'What is broken?',
      placeholder: 'Checkout fails for customers in the EU',
      max: 250,
      filled: filled.title,
    }),
    selectField({
      name: 'severity',
      label: 'Severity',
      optional: true,
      choices: settings.severities.map(({ name, aliases }) => ({
        value: name,
        label: [name, ...aliases].join(', '),
      })),
    }),
    timeField('since', 'Since when?'),
    checkField({
      name: 'visibility',
      label: 'Visibility',
      choice: { value: PRIVATE, label: 'Private: only people who are invited see it' },
    }),
  ],
  check: (answers) => unreadable(answers, 'since'),
  text(answers) {
    const since = answers.text('since');
    return [
      'open',
      ...answers.chosen('severity'),
      ...(answers.chosen('visibility').includes(PRIVATE) ? ['private:'] : []),
      answers.text('title'),
      ...(since === '' ? [] : ['since', since]),
    ].join(' ');
  },
  blame: (answers) => (answers.text('since') === '' ? 'title' : 'since'),
});
