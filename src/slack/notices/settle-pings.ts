import type { types } from '@slack/bolt';
import type { NoticeBody } from '../../domain/decision.ts';
import { hasLeft, type Incident } from '../../domain/incident.ts';
import type { Ping } from '../../domain/ping.ts';
import type { Line } from '../../domain/text.ts';
import { PING_ELSEWHERE_OVER } from '../../domain/views/ping.ts';
import type { Delivered, Delivery, NamedPost } from '../../ports.ts';
import { mrkdwnLine } from '../blocks/mrkdwn.ts';
import type { Found, Posted } from '../calls.ts';
import { slackCode } from '../outcome.ts';
import { type Rendered, renderMessage } from '../render.ts';
import { type Errand, incidentOf } from './errand.ts';

type Settle = Extract<NoticeBody, { type: 'settle pings' }>;

/** Marks what we appended: a message that has it was settled before. */
const SETTLED = 'settled';
const TEXT_CHARACTERS = 3900;
/** The message, its conversation or our right to edit it is gone: there is nothing left to settle. */
const GONE = [
  'message_not_found',
  'cant_update_message',
  'edit_window_closed',
  'channel_not_found',
  'not_in_channel',
  'is_archived',
  'is_inactive',
];

const isSettled = ({ blocks }: Found): boolean => blocks.some(({ block_id: id }) => id === SETTLED);

const appended = (line: Line): types.KnownBlock[] => {
  const [{ blocks }] = renderMessage({ summary: line, blocks: [{ type: 'paragraph', line }] });
  return blocks.slice(0, 1).map((block) => ({ ...block, block_id: SETTLED }));
};

/** What it was about, and what became of it: why it was sent and what stops it is past. */
function settled({ text, blocks }: Found, line: Line): Rendered {
  const outcome = mrkdwnLine(line);
  const whole = `${text}\n${outcome}`;
  return {
    text: whole.length <= TEXT_CHARACTERS ? whole : outcome.slice(0, TEXT_CHARACTERS),
    blocks: [...blocks.slice(0, 1), ...appended(line)],
  };
}

async function settleOne({ calls }: Errand, where: Posted, line: Line): Promise<void> {
  try {
    const message = await calls.messageAt(where);
    if (message && !isSettled(message)) await calls.edit(where, settled(message, line));
  } catch (error) {
    if (!GONE.includes(slackCode(error) ?? '')) throw error;
  }
}

/**
 * What a posted ping is remembered by: its clock, and its place in the order of what was decided.
 *
 * A ping that is decided after a settling may be posted before it, and is none of its business.
 */
export const pingName = ({ timer }: Ping, { id, key }: Delivery): string =>
  `ping:${timer}:${id}:${key}`;

const NAME = /^ping:(?<timer>[a-z]+):(?<id>\d+):/;

/** Whether it is a ping of one of these clocks that was decided before; one without a clock is an old one. */
function isMeant(name: string, timers: Settle['timers'], before: Delivery): boolean {
  const { timer, id } = NAME.exec(name)?.groups ?? {};
  if (timer === undefined || id === undefined) return timers === null;
  return BigInt(id) < BigInt(before.id) && (timers?.some((one) => one === timer) ?? true);
}

/** Whether others read it there than those who may know of the incident: in a direct message who left. */
const isElsewhere = (incident: Incident, { channel, user }: NamedPost): boolean =>
  user == null
    ? incident.private && !channel.startsWith('D') && channel !== incident.channel.id
    : hasLeft(incident, user);

/** Edits the pings so far of these clocks in place: nobody is to act on them any more. */
export async function settlePings({ line, timers }: Settle, errand: Errand): Promise<Delivered> {
  const { delivery, store } = errand;
  if (delivery.incident === null) return { type: 'done' };
  const [incident, pings] = await Promise.all([
    incidentOf(errand),
    store.posts(delivery.incident, 'ping:'),
  ]);
  for (const where of pings) {
    if (!isMeant(where.name, timers, delivery)) continue;
    // The line may have somebody's words, or another incident's number.
    const said = isElsewhere(incident, where) ? PING_ELSEWHERE_OVER : line;
    await settleOne(errand, where, said);
  }
  return { type: 'done' };
}
