import type { NoticeBody } from '../../domain/decision.ts';
import type { Delivered } from '../../ports.ts';
import { slackCode } from '../outcome.ts';
import type { Errand } from './errand.ts';

/** What Muster reacts with to a message that stands on the timeline. */
export const ON_TIMELINE = 'white_check_mark';

/** There is no such message any more, or none that takes reactions: nobody misses the mark. */
const UNMARKABLE = [
  'message_not_found',
  'channel_not_found',
  'not_in_channel',
  'is_archived',
  'not_reactable',
  'thread_locked',
  'too_many_emoji',
  'too_many_reactions',
];

/** Adds Muster's reaction or takes it away; that it was so already is as good. */
export async function mark(
  { channel, ts, on }: Extract<NoticeBody, { type: 'mark' }>,
  { calls, delivery, log }: Errand,
): Promise<Delivered> {
  try {
    await (on
      ? calls.react({ channel, ts }, ON_TIMELINE)
      : calls.unreact({ channel, ts }, ON_TIMELINE));
  } catch (error) {
    if (!UNMARKABLE.includes(slackCode(error) ?? '')) throw error;
    log.info('message not marked', { row: delivery.id });
  }
  return { type: 'done' };
}
