import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt';
import { workspaceOf } from '../whose.ts';
import type { Desk } from './desk.ts';

/** Somebody put a reaction to a message, or took it back. Only those that were chosen mean anything. */
export const onReaction =
  (desk: Desk) =>
  async ({
    event,
    body,
    context,
  }: SlackEventMiddlewareArgs<'reaction_added' | 'reaction_removed'> &
    AllMiddlewareArgs): Promise<void> => {
    const { item, user, reaction, type } = event;
    const { botUserId, botId } = context;
    const [name = ''] = reaction.split('::');
    if (item.type !== 'message' || user === botUserId) return;
    if (!desk.ports.settings.captureReactions.includes(name)) return;
    await desk.messages.happened({
      where: { workspace: workspaceOf(body), channel: item.channel, ts: item.ts },
      what: type === 'reaction_added' ? 'added' : 'removed',
      key: body.event_id,
      actor: user,
      self: { botUserId, botId },
    });
  };
