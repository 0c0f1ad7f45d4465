import type { Args } from '../args.ts';
import type { Json } from '../limits/rules.ts';
import { refuse } from '../slack-error.ts';
import type { State } from '../state.ts';
import { wireUser } from '../wire.ts';
import { knownUser } from './access.ts';
import { listChannels } from './conversations.ts';

function authTest(_args: Args, state: State): Json {
  return {
    url: `https://${state.team.domain}.slack.com/`,
    team: state.team.name,
    team_id: state.team.id,
    user: 'muster',
    user_id: state.botUserId,
    bot_id: state.botId,
    is_enterprise_install: false,
  };
}

function usersList(args: Args, state: State): Json {
  const users = [...state.users.values()];
  const start = Number(args.text('cursor') || 0);
  const limit = args.number('limit', users.length);
  return {
    members: users.slice(start, start + limit).map((user) => wireUser(state, user)),
    response_metadata: { next_cursor: start + limit < users.length ? String(start + limit) : '' },
  };
}

function userConversations(args: Args, state: State): Json {
  const user = args.text('user') || state.botUserId;
  knownUser(state, user);
  return listChannels(args, state, (channel) => channel.members.includes(user));
}

function userGroupsList(args: Args, state: State): Json {
  const usergroups = [...state.userGroups.values()].map((group) => ({
    id: group.id,
    team_id: state.team.id,
    is_usergroup: true,
    name: group.name ?? group.handle,
    handle: group.handle,
    date_delete: 0,
    user_count: group.users.length,
    ...(args.flag('include_users') && { users: [...group.users] }),
  }));
  return { usergroups };
}

function userGroupMembers(args: Args, state: State): Json {
  const group = state.userGroups.get(args.required('usergroup'));
  if (!group) throw refuse('no_such_subteam');
  return { users: [...group.users] };
}

/** Who is here. */
export const people = {
  'auth.test': authTest,
  'team.info': (_args: Args, { team }: State) => ({ team: { ...team, email_domain: '' } }),
  'users.info': (args: Args, state: State) => ({
    user: wireUser(state, knownUser(state, args.required('user'))),
  }),
  'users.list': usersList,
  'users.conversations': userConversations,
  'usergroups.list': userGroupsList,
  'usergroups.users.list': userGroupMembers,
};
