import { Args } from './args.ts';
import { addMessage, type Content, noteBroadcasts, readContent } from './content.ts';
import { isJson, type Json } from './limits/rules.ts';
import { breach, SlackError } from './slack-error.ts';
import { nextTs, type ResponseUrl, recordViolation, type State } from './state.ts';
import type { Message, Reply } from './types.ts';

const USES = 5;
const LIFETIME_MS = 30 * 60_000;

function readReply(state: State, via: Reply['via'], body: Json): Content {
  const nothing = { text: '', blocks: [], metadata: undefined };
  if (body.delete_original === true && body.text === undefined) return nothing;
  return readContent(state, via, new Args(body));
}

function replaceOriginal(state: State, original: Message | Reply, body: Json, content: Content) {
  const posted = state.channels
    .get(original.channel)
    ?.messages.find((message) => message.ts === original.ts);
  if (!posted) return;
  const channel = state.channels.get(original.channel);
  if (body.delete_original === true) channel?.messages.splice(channel.messages.indexOf(posted), 1);
  else Object.assign(posted, { text: content.text, blocks: content.blocks });
}

/** Takes a reply that came as an acknowledgement or through a response URL, and shows it. */
export function whisper(
  state: State,
  via: 'ack' | 'response_url',
  to: Pick<ResponseUrl, 'user' | 'channel' | 'original'>,
  body: Json,
): Reply {
  const content = readReply(state, via, body);
  const replaces = body.replace_original === true || body.delete_original === true;
  const reply: Reply = {
    via,
    at: Date.now(),
    user: to.user,
    channel: to.channel,
    ts: replaces && to.original ? to.original.ts : nextTs(state),
    threadTs: to.original?.threadTs,
    text: content.text,
    blocks: content.blocks,
    responseType: body.response_type === 'in_channel' ? 'in_channel' : 'ephemeral',
    replaceOriginal: body.replace_original === true,
    deleteOriginal: body.delete_original === true,
    raw: body,
  };
  if (replaces && to.original) replaceOriginal(state, to.original, body, content);
  const channel = state.channels.get(to.channel);
  if (reply.responseType === 'in_channel' && !replaces && channel) {
    addMessage(channel, { ...content, ts: reply.ts, user: state.botUserId, botId: state.botId });
  }
  noteBroadcasts(state, via, reply, content);
  state.whispers.push(reply);
  return reply;
}

/** Answers a POST to a response URL: the HTTP status and what Slack would say. */
export function receiveResponse(state: State, id: string, rawBody: string): [number, string] {
  try {
    const url = state.responseUrls.get(id);
    if (!url) throw breach('unknown_url', `no response_url ${id}`);
    if (state.now() - url.at > LIFETIME_MS) throw breach('expired_url', 'older than 30 minutes');
    if (url.uses >= USES) throw breach('used_url', `used more than ${USES} times`);
    url.uses += 1;
    const body: unknown = JSON.parse(rawBody);
    if (!isJson(body)) throw breach('invalid_payload', 'the reply is not a JSON object');
    state.replies.push(whisper(state, 'response_url', url, body));
    return [200, 'ok'];
  } catch (error) {
    const fault = error instanceof SlackError ? error : breach('invalid_payload', String(error));
    if (fault.breach) recordViolation(state, 'response_url', fault.code, fault.breach);
    return [fault.code.endsWith('_url') ? 404 : 400, fault.code];
  }
}
