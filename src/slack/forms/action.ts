import { ADDRESSES, trackersIn } from '../../commands/action-options.ts';
import type { Filled, Offers } from '../../commands/command.ts';
import { dayField, personField, selectField, textField } from './fields.ts';
import type { Answers } from './form.ts';
import { defineForm } from './form.ts';

const SORTS = ['corrective', 'preventive'] as const;

/** Causes by their text, as far as they are known. */
const causeField = (offers: Offers, filled: Filled) => {
  const causes = offers[ADDRESSES] ?? [];
  return causes.length === 0
    ? []
    : [
        selectField({
          name: ADDRESSES,
          label: 'Which cause does it address?',
          optional: true,
          choices: causes,
          chosen: filled[ADDRESSES],
        }),
      ];
};

/** A text field cannot end a line: what stands behind it in the command is an option. */
const after = (answers: Answers): readonly string[] => {
  const [due] = [answers.text('due')].filter((day) => day !== '');
  const trackers = trackersIn(answers.text('trackers')) ?? [];
  return [
    ...answers.chosen('owner').map((id) => `<@${id}>`),
    ...(due === undefined ? [] : [`due ${due}`]),
    ...(trackers.length === 0 ? [] : [`ref ${trackers.join(',')}`]),
    ...answers.chosen(ADDRESSES).map((cause) => `for ${cause}`),
    ...answers.chosen('sort').map((sort) => `#${sort}`),
  ];
};

/** Records a follow-up. */
export const action = defineForm({
  title: 'Action item',
  submit: 'Record',
  fields: ({ filled, offers = {} }) => [
    textField({
      name: 'text',
      label: 'What is to be done?',
      multiline: true,
      placeholder: 'Run migrations in batches',
      filled: filled.text,
    }),
    personField({ name: 'owner', label: 'Who does it?', optional: true }),
    dayField({ name: 'due', label: 'Due', optional: true, filled: filled.due }),
    selectField({
      name: 'sort',
      label: 'Type',
      optional: true,
      choices: SORTS.map((sort) => ({ value: sort, label: sort })),
    }),
    textField({
      name: 'trackers',
      label: 'Trackers',
      optional: true,
      max: 1000,
      placeholder: 'OPS-12, OPS-13',
    }),
    ...causeField(offers, filled),
  ],
  check(answers) {
    const typed = answers.text('trackers');
    if (typed === '' || trackersIn(typed) !== null) return null;
    const reason = 'Each has to be an id with a figure in it, as OPS-12, or a link; at most 50.';
    return { field: 'trackers', reason };
  },
  text: (answers) => ['action new:', answers.text('text'), ...after(answers)].join(' '),
  blame: (answers) => (answers.text('due') === '' ? 'text' : 'due'),
});
