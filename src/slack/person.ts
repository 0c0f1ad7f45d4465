import type { UsersInfoResponse } from '@slack/web-api';
import { keepable } from '../domain/keepable.ts';
import type { Person } from '../ports.ts';

type Profile = NonNullable<UsersInfoResponse['user']> & {
  /** Of another organisation, met in a shared channel. */
  readonly is_stranger?: boolean;
  /** In an organisation of several workspaces: those that they are in. */
  readonly enterprise_user?: { readonly teams?: readonly string[] };
};

/** Whether somebody belongs to another workspace than the one they are looked at from. */
function isFromElsewhere(profile: Profile, workspace: string | null): boolean {
  const { is_stranger: stranger = false, team_id: team, enterprise_user: enterprise } = profile;
  if (stranger) return true;
  if (workspace === null || team === undefined || team === workspace) return false;
  return enterprise?.teams?.includes(workspace) !== true;
}

/**
 * What Muster keeps of a Slack profile, as seen from a workspace. People of other organisations are
 * guests of this one.
 */
export const personOf = (id: string, user: Profile, workspace: string | null): Person => ({
  id,
  name: keepable(user.name ?? id),
  zone: user.tz ?? null,
  admin: user.is_admin ?? false,
  guest: Boolean(
    user.is_restricted || user.is_ultra_restricted || isFromElsewhere(user, workspace),
  ),
  bot: user.is_bot ?? false,
  deleted: user.deleted ?? false,
});
