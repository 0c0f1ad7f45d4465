import { expect, test } from 'vitest';
import { workspaceOf } from '../../src/slack/whose.ts';

// Shaped as https://docs.slack.dev/apis/events-api and https://docs.slack.dev/enterprise show them.

const installed = (team: string | null, org: string | null, isOrg = false) => ({
  authorizations: [
    {
      team_id: team,
      enterprise_id: org,
      user_id: 'U0BOT',
      is_bot: true,
      is_enterprise_install: isOrg,
    },
  ],
});

test.each<[string, object, string]>([
  [
    'a command',
    { team_id: 'T0ONE', enterprise_id: 'E0ORG', is_enterprise_install: 'true' },
    'T0ONE',
  ],
  ['an event', { team_id: 'T0ONE', ...installed('T0ONE', null) }, 'T0ONE'],
  [
    'an event of somebody of another company, in a channel that is shared with them',
    { team_id: 'T0THEIRS', context_team_id: 'T0ONE', ...installed('T0ONE', null) },
    'T0ONE',
  ],
  ['an event without authorizations', { team_id: 'T0ONE' }, 'T0ONE'],
  [
    'an event told to an organisation, which has one authorization for all its workspaces',
    { team_id: 'T0TWO', context_team_id: 'T0TWO', ...installed('T0ONE', 'E0ORG', true) },
    'T0TWO',
  ],
  [
    'the same where the context is the organisation',
    { team_id: 'T0TWO', context_team_id: 'E0ORG', ...installed('E0ORG', 'E0ORG', true) },
    'T0TWO',
  ],
  [
    'the same in a channel that is shared with another company',
    { team_id: 'T0THEIRS', context_team_id: 'T0TWO', ...installed(null, 'E0ORG', true) },
    'T0TWO',
  ],
  [
    'an event about workspaces of an organisation',
    { team_id: null, ...installed(null, 'E0ORG', true) },
    '',
  ],
  ['a button', { team: { id: 'T0ONE' }, user: { id: 'U0ANA', team_id: 'T0THEIRS' } }, 'T0ONE'],
  ['a button, for an organisation’s app', { team: null, user: { team_id: 'T0TWO' } }, 'T0TWO'],
  [
    'a form that somebody of another company opened in a shared channel',
    {
      team: { id: 'T0THEIRS' },
      user: { team_id: 'T0THEIRS' },
      view: { app_installed_team_id: 'T0ONE' },
    },
    'T0ONE',
  ],
  [
    'a form, for an organisation’s app',
    { team: null, user: { team_id: 'T0TWO' }, view: { app_installed_team_id: 'E0ORG' } },
    'T0TWO',
  ],
  ['an event whose user is an id', { team_id: 'T0ONE', user: 'U0ANA' }, 'T0ONE'],
])('of %s the workspace is known', (_, body, workspace) => {
  expect(workspaceOf(body)).toBe(workspace);
});

test('what says nothing is nobody’s', () => {
  for (const body of [undefined, null, {}, { authorizations: [] }, { view: null, user: null }])
    expect(workspaceOf(body)).toBe('');
});
