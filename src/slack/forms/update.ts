import { textField } from './fields.ts';
import { defineForm } from './form.ts';

/** Tells everybody where things stand. */
export const update = defineForm({
  title: 'Status update',
  submit: 'Post',
  fields: ({ filled }) => [
    textField({
      name: 'text',
      label: 'What is known, what is being done, when do you report again?',
      hint: 'Posted in the incident’s channel, and told in its announcement where there is one.',
      multiline: true,
      placeholder: 'The rollback runs, half of the requests succeed again. Next news at 15:30.',
      filled: filled.text,
    }),
  ],
  check: () => null,
  text: (answers) => `update ${answers.text('text')}`,
  blame: () => 'text',
});
