import type { Reply } from '../../domain/decision.ts';
import { type Rendered, renderMessage } from '../render.ts';
import type { Asked } from './asked.ts';
import type { Desk } from './desk.ts';

/** Where an answer may go, best first. */
function ways({ client }: Desk, channel: string, user: string, to: Reply['to'], part: Rendered) {
  const { text, blocks } = part;
  const openly = () => client.chat.postMessage({ channel, text, blocks });
  const privately = () => client.chat.postEphemeral({ channel, user, text, blocks });
  const directly = () => client.chat.postMessage({ channel: user, text, blocks });
  if (channel === '') return [directly];
  return to === 'channel' ? [openly, directly] : [privately, directly];
}

/**
 * Answers when there is no response_url for it: where it was asked, or directly when Muster cannot
 * write there.
 */
export async function tell(
  desk: Desk,
  {
    workspace,
    channel,
    user,
    home = false,
  }: Pick<Asked, 'workspace' | 'channel' | 'user' | 'home'>,
  reply: Reply,
): Promise<void> {
  const { message, to } = reply;
  if (home && (await desk.home.answer(workspace, user, reply))) return;
  for (const part of renderMessage(message)) {
    let failure: unknown = null;
    for (const way of ways(desk, channel, user, to, part)) {
      failure = await way().then(
        () => null,
        (error: unknown) => error,
      );
      if (failure === null) break;
    }
    if (failure !== null) desk.log.warn('answer not delivered', { user }, failure);
  }
}
