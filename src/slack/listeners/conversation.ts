import type { Reply } from '../../domain/decision.ts';
import { type Message, note, say } from '../../domain/text.ts';
import type { Log } from '../log.ts';
import { type RenderedReply, renderReply } from '../render.ts';
import { isAnswerable, type Response, respondTo } from './respond.ts';

/** How one request is acknowledged and answered. */
export interface ConversationOptions {
  readonly ack: (body?: AckBody) => Promise<void>;
  /** Whether the acknowledgement shows what it carries, as it does for a command. */
  readonly showsAck: boolean;
  /** Where an answer goes after the acknowledgement; null where Slack gave no such place. */
  readonly responseUrl: string | null;
  /** Slack's Web API where it is another than Slack's own. */
  readonly apiUrl: string | null;
  /** What was typed, to be given back when the answer takes long. */
  readonly typed?: string;
  /** Where it goes when there is no response_url or it does not take it. */
  readonly otherwise: (reply: Reply) => Promise<void>;
  /** Whether a final answer may take the place of the private message that was clicked. */
  readonly mayReplace?: boolean;
  readonly deadlineMs: number;
  readonly log: Log;
}

export interface AckBody {
  readonly response_type: 'ephemeral' | 'in_channel';
  readonly text: string;
  readonly blocks: RenderedReply['blocks'];
}

/** Nothing typed is lost, also when no answer should ever follow. */
function still(typed: string | undefined): Reply {
  const { summary, blocks } = say('Still working on it. The answer follows here.');
  const again: Message['blocks'] = typed
    ? [
        note('Should none come: look at the timeline, then type it again.'),
        { type: 'quote', text: `/incident ${typed}` },
      ]
    : [];
  return { message: { summary, blocks: [...blocks, ...again] }, to: 'asker', outcome: 'done' };
}

const ackBody = ({ response_type, text, blocks }: RenderedReply): AckBody => ({
  response_type,
  text,
  blocks,
});

/**
 * One request from Slack and its answer. Acknowledges by itself when the deadline comes, so that
 * whoever asked is never told that the app did not respond.
 */
export function startConversation(options: ConversationOptions) {
  const { ack, showsAck, apiUrl, log } = options;
  const given = options.responseUrl;
  const responseUrl = given !== null && isAnswerable(given, apiUrl) ? given : null;
  let acknowledged: Promise<void> | null = null;

  const acknowledge = (body?: AckBody): Promise<void> => {
    clearTimeout(timer);
    acknowledged ??= ack(body).catch((error: unknown) => log.warn('ack failed', {}, error));
    return acknowledged;
  };
  const timer = setTimeout(() => {
    void acknowledge(showsAck ? ackBody(renderReply(still(options.typed))) : undefined);
  }, options.deadlineMs);

  async function send(response: Response, reply: Reply): Promise<void> {
    if (responseUrl !== null && (await respondTo(responseUrl, response))) return;
    await options.otherwise(reply);
  }

  async function answer(reply: Reply): Promise<void> {
    const rendered = renderReply(reply);
    const { response_type, more } = rendered;
    const inAck = showsAck && acknowledged === null;
    await acknowledge(inAck ? ackBody(rendered) : undefined);
    const replace =
      options.mayReplace === true && reply.to === 'asker' && reply.outcome !== 'refused';
    if (!inAck) {
      await send({ ...ackBody(rendered), replace_original: replace }, reply);
    }
    if (responseUrl === null) return;
    for (const part of more) {
      await respondTo(responseUrl, { ...part, response_type, replace_original: false });
    }
  }

  return { acknowledge, answer };
}

export type Conversation = ReturnType<typeof startConversation>;
