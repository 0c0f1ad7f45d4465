import type { Notice } from '../domain/decision.ts';
import { isOver, responsible } from '../domain/incident.ts';
import { type Message, note, say, user } from '../domain/text.ts';
import type { Delivered } from '../ports.ts';
import { addressOf, type Errand, follow, followedBy, incidentOf } from './notices/errand.ts';
import { record } from './notices/found.ts';
import { slackCode } from './outcome.ts';

const SUFFIX = 'undelivered';

/** What was to be done, in words for whoever must know that it was not. */
const WHAT: Readonly<Record<string, string>> = {
  'create channel': 'make the incident channel',
  card: 'post the card',
  announcement: 'post the announcement',
  topic: 'set the topic',
  invite: 'invite people',
  message: 'post a message',
  ping: 'ping',
  'ping group': 'ping a group',
  'ping schedule': 'find out who is on call',
  'settle pings': 'update the pings',
  redact: 'take a redacted entry out of its messages',
  mark: 'mark a message',
  briefing: 'send the briefing',
  draft: 'post the draft',
  canvas: 'write the canvas',
  picture: 'post the picture',
  'how it went': 'say how the drill went',
  file: 'send the file',
  charts: 'send the charts',
  bookmark: 'set a bookmark',
  welcome: 'welcome somebody',
  reach: 'open the channel again',
  archive: 'archive the channel',
};

/** Decorations and what nobody waits for fail quietly in the log. */
const QUIET = [
  'topic',
  'settle pings',
  'canvas',
  'picture',
  'mark',
  'bookmark',
  'welcome',
  'archive',
];

function described({ delivery }: Errand, reason: string, said: boolean): Message {
  const { to, what } = delivery;
  const whom = to.type === 'user' || to.type === 'ephemeral' ? userOf(to) : null;
  const where = to.type === 'channel' ? [' in ', { type: 'channel' as const, id: to.id }] : [];
  const message = say(
    `Muster could not ${WHAT[what.type] ?? what.type}`,
    ...(whom === null ? where : [what.type === 'ping' ? ' ' : ' for ', user(whom)]),
    `: ${said ? 'Slack says ' : ''}${reason}.`,
  );
  return { ...message, blocks: [...message.blocks, note('Nothing else is held up by this.')] };
}

const userOf = (to: { readonly type: string; id?: string; user?: string }): string =>
  to.id ?? to.user ?? '';

/**
 * The row dies, and whoever can still be reached hears of it: the channel, else the responsible person.
 * `said`: whether the reason is Slack's and not our own.
 */
export async function undelivered(errand: Errand, reason: string, said = true): Promise<Delivered> {
  const { delivery } = errand;
  const failed = { type: 'failed' as const, reason };
  // A notice about a notice that failed would go on for ever.
  if (delivery.incident === null || delivery.key.includes(`:${SUFFIX}`)) return failed;
  if (QUIET.includes(delivery.what.type)) return failed;
  const incident = await incidentOf(errand).catch(() => null);
  if (!incident) return failed;
  const message = described(errand, reason, said);
  const elsewhere = delivery.to.type === 'incident' || delivery.to.type === 'chores';
  const notice: Notice = elsewhere
    ? follow(errand, SUFFIX, { type: 'user', id: responsible(incident) }, message)
    : follow(errand, SUFFIX, { type: 'incident' }, message);
  return followedBy(failed, [notice]);
}

/** Unarchives the channel under an open incident; false where that is not wanted or not allowed. */
export async function revive(errand: Errand): Promise<boolean> {
  try {
    const incident = await incidentOf(errand);
    if (isOver(incident) || incident.channel.id === null) return false;
    if ((await addressOf(errand)) !== incident.channel.id) return false;
    await errand.calls.unarchive(incident.channel.id);
    if (incident.channel.state === 'archived')
      await record(errand, incident, { type: 'unarchived' });
    return true;
  } catch (error) {
    errand.log.warn('channel stays archived', { row: errand.delivery.id }, error);
    return slackCode(error) === 'not_archived';
  }
}
