import type { WebClient } from '@slack/web-api';
import { orNull } from '../../deadline.ts';
import { keepable } from '../../domain/keepable.ts';
import type { SlackMessage } from '../../domain/message.ts';
import { masked } from '../../domain/secrets/index.ts';
import type { Store } from '../../ports.ts';
import type { Log } from '../log.ts';
import { slackCode } from '../outcome.ts';
import type { People } from '../people.ts';
import { type Called, mentionsIn } from './plain-words.ts';
import { filesOf, instantOf, isTombstone, type RawMessage, readableText, textOf } from './raw.ts';

/** Which message is meant. */
export interface Where {
  readonly workspace: string;
  readonly channel: string;
  readonly ts: string;
}

/** What looking messages up takes. */
export interface Looking {
  readonly client: WebClient;
  readonly store: Pick<Store, 'names'>;
  readonly people: People;
  readonly log: Log;
}

const GONE = ['thread_not_found', 'message_not_found'];
/** The message itself and the one that its thread hangs on. */
const ENOUGH = 10;

/**
 * A message as it is now, in a thread or not; null when it is not there any more. Throws as Slack
 * does.
 */
export async function messageAt(
  { client }: Pick<Looking, 'client'>,
  { channel, ts }: Where,
): Promise<RawMessage | null> {
  try {
    const bounds = { oldest: ts, latest: ts, inclusive: true, limit: ENOUGH };
    const { messages = [] } = await client.conversations.replies({ channel, ts, ...bounds });
    const found = (messages as RawMessage[]).find((message) => message.ts === ts);
    return found === undefined || isTombstone(found) ? null : found;
  } catch (error) {
    if (GONE.includes(slackCode(error) ?? '')) return null;
    throw error;
  }
}

/** A channel's name, if everybody may know it. */
async function channelName({ client, log }: Looking, channel: string): Promise<string | null> {
  try {
    const { channel: found } = await client.conversations.info({ channel });
    return found?.is_private === false ? (found.name ?? null) : null;
  } catch {
    log.info('channel not named', { channel });
    return null;
  }
}

/** What those are called whom a text mentions by id. Who cannot be named keeps the id. */
async function calledIn(looking: Looking, workspace: string, text: string): Promise<Called> {
  const { people, groups, channels } = mentionsIn(text);
  const known = await looking.store.names(workspace, [...people, ...groups]);
  const strangers = people.filter((id) => known[id] === undefined);
  const found = await Promise.all([
    ...strangers.map(async (id) => [id, await looking.people.nameOf(workspace, id)] as const),
    ...channels.map(async (id) => [id, await channelName(looking, id)] as const),
  ]);
  const named = found.flatMap(([id, name]) => (name === null ? [] : [[id, name] as const]));
  return { ...known, ...Object.fromEntries(named) };
}

/** Where it can be read; null where Slack does not say. */
export async function linkTo(
  { client, log }: Pick<Looking, 'client' | 'log'>,
  { channel, ts }: Where,
): Promise<string | null> {
  try {
    const { permalink } = await client.chat.getPermalink({ channel, message_ts: ts });
    return permalink ?? null;
  } catch {
    log.info('message without a link', { channel });
    return null;
  }
}

/** A message as the rules see it, without the link to it. */
export async function asMessage(
  looking: Looking,
  where: Where,
  raw: RawMessage,
): Promise<SlackMessage> {
  return worded(where, raw, await calledIn(looking, where.workspace, textOf(raw)));
}

/** What looks like a secret stays in Slack: from here on it is in nothing that is kept. */
const worded = ({ channel, ts }: Where, raw: RawMessage, called: Called): SlackMessage => ({
  channel,
  ts,
  at: instantOf(ts),
  author: raw.user ?? null,
  text: masked(keepable(readableText(raw, called))).text,
  files: filesOf(raw).map(({ name, link }) => ({
    name: masked(keepable(name)).text,
    link: link === null ? null : keepable(link),
  })),
  link: null,
  edited: raw.edited?.ts ?? null,
});

/** A message for a form, which opens at once or not at all: what takes longer is left out. */
export async function messageSoon(
  looking: Looking,
  where: Where,
  raw: RawMessage,
  withinMs: number,
): Promise<SlackMessage> {
  const [called, link] = await Promise.all([
    orNull(withinMs, calledIn(looking, where.workspace, textOf(raw))),
    orNull(withinMs, linkTo(looking, where)),
  ]);
  return { ...worded(where, raw, called ?? {}), link };
}
