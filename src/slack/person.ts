import type { UsersInfoResponse } from '@slack/web-api';
import type { Person } from '../ports.ts';

/** What Muster keeps of a Slack profile. */
export const personOf = (id: string, user: NonNullable<UsersInfoResponse['user']>): Person => ({
  id,
  name: user.name ?? id,
  zone: user.tz ?? null,
  admin: user.is_admin ?? false,
  guest: Boolean(user.is_restricted || user.is_ultra_restricted),
  bot: user.is_bot ?? false,
  deleted: user.deleted ?? false,
});
