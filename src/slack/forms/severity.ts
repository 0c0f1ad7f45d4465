import { selectField, textField } from './fields.ts';
import { defineForm } from './form.ts';

/** Changes the severity. */
export const severity = defineForm({
  title: 'Change severity',
  submit: 'Change',
  fields: ({ settings, incident }) => [
    selectField({
      name: 'severity',
      label: 'Severity',
      choices: settings.severities.map(({ name, aliases }) => ({
        value: name,
        label: [name, ...aliases].join(', '),
      })),
      chosen: incident?.severity,
    }),
    textField({
      name: 'reason',
      label: 'Why?',
      hint: 'Lowering a severity needs a reason.',
      optional: true,
      max: 1000,
    }),
  ],
  check: () => null,
  text: (answers) =>
    ['sev', ...answers.chosen('severity'), answers.text('reason')].join(' ').trim(),
  blame: (answers) => (answers.text('reason') === '' ? 'reason' : 'severity'),
});
