import { expect, test } from 'vitest';
import { personOf } from '../../src/slack/person.ts';

const guest = (profile: Parameters<typeof personOf>[1], workspace: string | null = 'T1') =>
  personOf('U1', { name: 'ana', ...profile }, workspace).guest;

test.each<[string, Parameters<typeof personOf>[1], boolean]>([
  ['a full member', { team_id: 'T1' }, false],
  ['a guest of several channels', { team_id: 'T1', is_restricted: true }, true],
  [
    'a guest of one channel',
    { team_id: 'T1', is_restricted: true, is_ultra_restricted: true },
    true,
  ],
  ['somebody met in a shared channel', { team_id: 'T2' }, true],
  ['somebody whom no shared channel of ours shows', { team_id: 'T1', is_stranger: true }, true],
  [
    'a member whose home is another workspace of the organisation',
    { team_id: 'T2', enterprise_user: { teams: ['T2', 'T1'] } },
    false,
  ],
  [
    'somebody of the organisation who is not in this workspace',
    { team_id: 'T2', enterprise_user: { teams: ['T2'] } },
    true,
  ],
  ['an administrator of another workspace', { team_id: 'T2', is_admin: true }, true],
])('%s', (_, profile, expected) => {
  expect(guest(profile)).toBe(expected);
});
