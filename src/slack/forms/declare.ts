import type { types } from '@slack/bolt';
import { severityWithout } from '../../domain/settings.ts';
import { checkField, selectField, textField, timeField, unreadable } from './fields.ts';
import { defineForm } from './form.ts';

const PRIVATE = 'private';

/** The message that it is declared from, as the timeline is to have it. */
const firstEntry = (text: string): types.InputBlock =>
  textField({
    name: 'text',
    label: 'First entry of the timeline',
    multiline: true,
    optional: true,
    hint: 'The message, at its time and in its author’s name. Empty: it is not added.',
    filled: text,
  });

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
      hint: `Empty means ${severityWithout(settings)?.name ?? 'the middle one'}. It can be changed at any time.`,
      optional: true,
      choices: settings.severities.map(({ name, aliases }) => ({
        value: name,
        label: [name, ...aliases].join(', '),
      })),
    }),
    timeField('since', 'Since when?', undefined, 'When the impact began; empty if nobody knows.'),
    checkField({
      name: 'visibility',
      label: 'Visibility',
      choice: { value: PRIVATE, label: 'Private: only people who are invited see it' },
    }),
    ...(filled.text === undefined ? [] : [firstEntry(filled.text)]),
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
