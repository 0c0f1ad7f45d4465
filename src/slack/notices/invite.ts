import type { NoticeBody } from '../../domain/decision.ts';
import { hasLeft, type Incident } from '../../domain/incident.ts';
import type { Target } from '../../domain/settings.ts';
import { note, say, user } from '../../domain/text.ts';
import type { Delivered } from '../../ports.ts';
import { type Uninvited, uninvited } from '../calls.ts';
import { slackCode } from '../outcome.ts';
import { channelOf, type Errand, follow, followedBy, incidentOf } from './errand.ts';
import { meet } from './meet.ts';
import { answeringBy } from './on-call.ts';

/** As many as Slack takes in one call. */
const AT_ONCE = 100;
/** Already there, or ourselves: nobody needs to hear of it. */
const HARMLESS = ['already_in_channel', 'cant_invite_self'];

/** Slack's words for why somebody cannot be invited, in ours. */
const REASONS: Readonly<Record<string, string>> = {
  user_not_found: 'not in this workspace',
  users_not_found: 'not in this workspace',
  user_is_restricted: 'a guest, who may not join this channel',
  user_is_ultra_restricted: 'a guest, who may not join this channel',
  ura_max_channels: 'a guest, who is in a channel already',
  org_user_not_in_team: 'not a member of this workspace',
  invitee_cant_see_channel: 'somebody who may not see this channel',
  user_disabled: 'deactivated',
  cant_invite: 'somebody whom Muster may not invite',
  failed_for_some_users: 'somebody whom Slack refused',
};

/** Errors that are about one of the people and not about the channel or the token. */
const isAboutPeople = (code: string | undefined): code is string =>
  code !== undefined && (code in REASONS || HARMLESS.includes(code));

/** Who a target stands for, when it fires. */
async function peopleOf(
  errand: Errand,
  incident: Incident,
  target: Target,
): Promise<readonly string[]> {
  if (target.type === 'user') return [target.id];
  if (target.type === 'declarer') return [incident.declaredBy];
  if (target.type === 'schedule') {
    const id = (await answeringBy(errand, [target]))[target.name] ?? null;
    return id === null ? [] : [id];
  }
  return target.type === 'usergroup' ? errand.calls.groupMembers(target.id) : [];
}

/** People by target; a group that cannot be read is named rather than skipped in silence. */
async function resolve(
  errand: Errand,
  incident: Incident,
  targets: readonly Target[],
): Promise<{ people: string[]; unread: string[] }> {
  const people: string[] = [];
  const unread: string[] = [];
  for (const target of targets) {
    try {
      people.push(...(await peopleOf(errand, incident, target)));
    } catch (error) {
      const code = slackCode(error);
      if (target.type !== 'usergroup' || !isAboutGroup(code)) throw error;
      unread.push(target.id);
    }
  }
  // Who left, or was removed, is brought back by people only: see `comeBack`.
  const wanted = new Set(people.filter((id) => id !== errand.botUserId && !hasLeft(incident, id)));
  return { people: [...wanted], unread };
}

const GROUP_ERRORS = ['no_such_subteam', 'subteam_not_found', 'plan_upgrade_required'];

/** Errors that are about one user group: it is gone, or the plan has none. */
export const isAboutGroup = (code: string | undefined): boolean =>
  code !== undefined && GROUP_ERRORS.includes(code);

async function inviteOne({ calls }: Errand, channel: string, id: string): Promise<Uninvited[]> {
  try {
    return await calls.invite(channel, [id]);
  } catch (error) {
    const code = slackCode(error);
    if (!isAboutPeople(code)) throw error;
    return [{ user: id, error: code }];
  }
}

/** Together, because that is one call; one by one when Slack refuses them all for one. */
async function invite(errand: Errand, channel: string, people: string[]): Promise<Uninvited[]> {
  try {
    return await errand.calls.invite(channel, people);
  } catch (error) {
    const code = slackCode(error);
    if (!isAboutPeople(code)) throw error;
    if (people.length === 1) {
      const named = uninvited(error instanceof Error && 'data' in error ? Object(error.data) : {});
      return named.length > 0 ? named : [{ user: people[0] ?? '', error: code }];
    }
  }
  const refused: Uninvited[] = [];
  for (const id of people) refused.push(...(await inviteOne(errand, channel, id)));
  return refused;
}

const report = (refused: readonly Uninvited[], unread: readonly string[]) => {
  const people = refused.flatMap(({ user: id, error }, at) => [
    at === 0 ? '' : ', ',
    user(id),
    ` (${REASONS[error] ?? error})`,
  ]);
  const groups = unread.flatMap((id, at) => [
    at === 0 && people.length === 0 ? '' : ', ',
    { type: 'group' as const, id },
    ' (Slack does not know this group)',
  ]);
  const message = say('Could not invite ', ...people, ...groups, '.');
  const help = note('Add them by hand with /invite, or ask an administrator.');
  return { ...message, blocks: [...message.blocks, help] };
};

/** Invites people and the members of groups; who cannot be invited is named in the channel. */
export async function inviteTargets(
  { targets }: Extract<NoticeBody, { type: 'invite' }>,
  errand: Errand,
): Promise<Delivered> {
  const incident = await incidentOf(errand);
  const channel = channelOf(incident);
  const { people, unread } = await resolve(errand, incident, targets);
  const refused: Uninvited[] = [];
  for (let start = 0; start < people.length; start += AT_ONCE) {
    refused.push(...(await invite(errand, channel, people.slice(start, start + AT_ONCE))));
  }
  await meet(errand, people);
  const named = refused.filter(({ error }) => !HARMLESS.includes(error));
  if (named.length + unread.length === 0) return { type: 'done' };
  const notice = follow(errand, 'uninvited', { type: 'incident' }, report(named, unread));
  return followedBy({ type: 'done' }, [notice]);
}
