import { anyUser } from '../../commands/slack-tokens.ts';
import { COMMANDER } from '../../domain/incident.ts';
import { personField, selectField, textField } from './fields.ts';
import { defineForm } from './form.ts';

/** Gives somebody a role; with a note it is a handoff. */
export const role = defineForm({
  title: 'Give a role',
  submit: 'Give',
  fields: ({ settings, incident, filled }) => {
    const roles = [COMMANDER, ...settings.roles, ...Object.keys(incident?.roles ?? {})];
    return [
      selectField({
        name: 'role',
        label: 'Role',
        choices: [...new Set(roles)].map((name) => ({ value: name, label: name })),
        chosen: filled.role ?? COMMANDER,
        optional: true,
      }),
      textField({
        name: 'own',
        label: 'Or another role',
        optional: true,
        max: 40,
        placeholder: 'database expert',
        hint: 'What you type here counts, not what is chosen above.',
      }),
      personField({ name: 'person', label: 'Who gets it?' }),
      textField({
        name: 'note',
        label: 'Note for the handoff',
        optional: true,
        multiline: true,
        max: 1000,
        placeholder: 'Rollback is half way, next check at 15:30',
        hint: 'They are sent the briefing. The note is told in the channel and stands on the timeline.',
      }),
    ];
  },
  check(answers) {
    const own = answers.text('own');
    if (own === '' && answers.chosen('role').length === 0)
      return { field: 'role', reason: 'Choose a role, or type another one below.' };
    // Whoever is named in it would get the role instead.
    if (anyUser(own) !== null)
      return {
        field: 'own',
        reason: 'The name of a role is a word or two. Choose the person below.',
      };
    return null;
  },
  // `handoff` takes whatever stands behind the person as the note.
  text(answers) {
    const people = answers.chosen('person').map((id) => `<@${id}>`);
    const name = answers.text('own') || (answers.chosen('role')[0] ?? '');
    return ['handoff', name, ...people, answers.text('note')].join(' ').trim();
  },
  blame: () => 'person',
});
