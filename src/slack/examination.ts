import type { WebClient } from '@slack/web-api';
import type { ChannelProblem, PersonProblem, WorkspaceFacts } from '../domain/doctor/index.ts';
import { slackCode } from './outcome.ts';
import { missingFrom, unheardWithout } from './preflight.ts';
import { BOT_SCOPES } from './scopes.ts';

/** Whom and what to look up, by id. */
export interface Wanted {
  readonly people: readonly string[];
  readonly groups: readonly string[];
  readonly channels: readonly string[];
}

/** More are not looked up in one go: Slack counts the calls. */
const MOST = 60;
const AT_ONCE = 4;
const UNKNOWN = ['user_not_found', 'user_not_visible', 'channel_not_found', 'team_not_found'];

/** What a look-up came to: a problem, none, or that Slack did not want to say. */
type Looked<P> = P | 'well' | 'not said';

async function lookUp<P>(look: () => Promise<P | 'well'>, unknown: P): Promise<Looked<P>> {
  try {
    return await look();
  } catch (error) {
    return UNKNOWN.includes(slackCode(error) ?? '') ? unknown : 'not said';
  }
}

/** Some at a time, so that a long list neither takes for ever nor is taken for an attack. */
async function all<P>(
  ids: readonly string[],
  look: (id: string) => Promise<Looked<P>>,
): Promise<{ id: string; found: Looked<P> }[]> {
  const looked: { id: string; found: Looked<P> }[] = [];
  for (let at = 0; at < Math.min(ids.length, MOST); at += AT_ONCE) {
    const some = ids.slice(at, Math.min(at + AT_ONCE, MOST));
    looked.push(...(await Promise.all(some.map(async (id) => ({ id, found: await look(id) })))));
  }
  return looked;
}

const problems = <P>(looked: readonly { id: string; found: Looked<P> }[]) =>
  looked.flatMap(({ id, found }) =>
    found === 'well' || found === 'not said' ? [] : [{ id, problem: found as P }],
  );

const person = (client: WebClient, user: string): Promise<Looked<PersonProblem>> =>
  lookUp<PersonProblem>(async () => {
    const { user: found } = await client.users.info({ user });
    if (found?.deleted) return 'left';
    return found?.is_bot ? 'bot' : 'well';
  }, 'unknown');

const channel = (
  client: WebClient,
  id: string,
  scopes: readonly string[],
): Promise<Looked<ChannelProblem>> =>
  lookUp<ChannelProblem>(async () => {
    const { channel: found } = await client.conversations.info({ channel: id });
    if (found?.is_archived) return 'archived';
    return found?.is_member || scopes.includes('chat:write.public') ? 'well' : 'not in it';
  }, 'unknown');

async function groups(
  client: WebClient,
  wanted: readonly string[],
): Promise<WorkspaceFacts['groups']> {
  if (wanted.length === 0) return [];
  try {
    const { usergroups = [] } = await client.usergroups.list({ include_count: true });
    const known = new Map(usergroups.map(({ id, user_count: count }) => [id, count]));
    return wanted.flatMap((id): WorkspaceFacts['groups'] => {
      if (!known.has(id)) return [{ id, problem: 'unknown' }];
      return Number(known.get(id) ?? 1) === 0 ? [{ id, problem: 'empty' }] : [];
    });
  } catch (error) {
    // Without a scope or a plan for groups nobody can be reached through one.
    return slackCode(error) === 'plan_upgrade_required'
      ? wanted.map((id) => ({ id, problem: 'unknown' }))
      : [];
  }
}

const REFUSED = { missingScopes: [], unheardEvents: [], people: [], groups: [], channels: [] };
const NOTHING = { people: 0, groups: 0, channels: 0 };

/**
 * Asks Slack about our token, and about everybody whom the configuration names. Null when Slack does
 * not answer at all: that says nothing about anybody.
 */
export async function examineWorkspace(
  client: WebClient,
  wanted: Wanted,
): Promise<WorkspaceFacts | null> {
  let scopes: readonly string[] | undefined;
  try {
    const { response_metadata: about } = await client.auth.test();
    scopes = about?.scopes;
  } catch (error) {
    const refused = slackCode(error);
    return refused === undefined ? null : { ...REFUSED, refused, looked: NOTHING };
  }
  const granted = scopes ?? BOT_SCOPES;
  const missingScopes = missingFrom(granted);
  const people = await all(wanted.people, (id) => person(client, id));
  const channels = await all(wanted.channels, (id) => channel(client, id, granted));
  return {
    refused: null,
    missingScopes,
    unheardEvents: unheardWithout(missingScopes),
    people: problems<PersonProblem>(people),
    groups: await groups(client, wanted.groups),
    channels: problems<ChannelProblem>(channels),
    looked: {
      people: people.filter(({ found }) => found !== 'not said').length,
      groups: wanted.groups.length,
      channels: channels.filter(({ found }) => found !== 'not said').length,
    },
  };
}
