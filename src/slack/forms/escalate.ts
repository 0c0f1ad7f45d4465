import { REASON_FOLLOWS } from '../../commands/page.ts';
import type { Settings } from '../../domain/settings.ts';
import type { Group } from '../groups.ts';
import { type Choice, multiSelectField, peopleField, textField } from './fields.ts';
import { defineForm } from './form.ts';

/** Groups as `page` takes them; those of the configuration when Slack's are not known. */
function groupChoices(settings: Settings, groups: readonly Group[]): Choice[] {
  const known = groups.map(({ id, handle }) => ({
    value: `<!subteam^${id}>`,
    label: `@${handle}`,
  }));
  const named = Object.values(settings.policies)
    .flatMap(({ levels }) => levels.flatMap(({ notify }) => notify))
    .flatMap((target) => (target.type === 'usergroup' ? [target.id] : []))
    .filter((id) => !groups.some((group) => group.id === id));
  const configured = [...new Set(named)].map((id) => ({
    value: `<!subteam^${id}>`,
    label: `group ${id}`,
  }));
  const schedules = Object.keys(settings.schedules).map((name) => ({
    value: `schedule ${name}`,
    label: `on call: ${name}`,
  }));
  const policies = Object.keys(settings.policies).map((name) => ({
    value: `policy ${name}`,
    label: `policy: ${name}`,
  }));
  return [...known, ...configured, ...schedules, ...policies];
}

/** Pings somebody now. */
export const escalate = defineForm({
  title: 'Ping people',
  submit: 'Ping now',
  fields({ settings, groups }) {
    const offered = groupChoices(settings, groups);
    return [
      peopleField({
        name: 'people',
        label: 'People',
        hint: 'Choose at least one person or group. To ping the next level of the policy instead, type /incident escalate.',
        optional: true,
      }),
      ...(offered.length === 0
        ? []
        : [
            multiSelectField({
              name: 'groups',
              label: 'Groups, on call and policies',
              optional: true,
              choices: offered,
            }),
          ]),
      textField({
        name: 'reason',
        label: 'What do you need from them?',
        optional: true,
        max: 1000,
        placeholder: 'The database is yours: replication is broken',
      }),
    ];
  },
  check: (answers) =>
    answers.chosen('people').length + answers.chosen('groups').length > 0
      ? null
      : {
          field: 'people',
          reason:
            'Choose at least one person or group, or type /incident escalate for the next level.',
        },
  // The dashes keep a reason that begins like a name from being paged, too.
  text(answers) {
    const people = answers.chosen('people').map((id) => `<@${id}>`);
    const reason = answers.text('reason');
    const said = reason === '' ? [] : [`${REASON_FOLLOWS} ${reason}`];
    return ['page', ...people, ...answers.chosen('groups'), ...said].join(' ');
  },
  blame: () => 'people',
});
