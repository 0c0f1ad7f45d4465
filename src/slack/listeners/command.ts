import type { AllMiddlewareArgs, SlackCommandMiddlewareArgs } from '@slack/bolt';
import { typedText } from '../../commands/slack-tokens.ts';
import { ask } from './asking.ts';
import { startConversation } from './conversation.ts';
import type { Desk } from './desk.ts';
import { tell } from './tell.ts';

/** `/incident …`, under whatever name the manifest gives it. */
export const onCommand =
  (desk: Desk) =>
  async ({ command, ack }: SlackCommandMiddlewareArgs & AllMiddlewareArgs): Promise<void> => {
    const { team_id: workspace, channel_id: channel, user_id: user, trigger_id: trigger } = command;
    const conversation = startConversation({
      ack: (body) => ack(body),
      showsAck: true,
      responseUrl: command.response_url || null,
      typed: typedText(command.text?.trim() ?? ''),
      otherwise: (reply) => tell(desk, { workspace, channel, user }, reply),
      deadlineMs: desk.deadlineMs,
      apiUrl: desk.apiUrl,
      log: desk.log,
    });
    await ask(desk, conversation, {
      workspace,
      key: trigger,
      user,
      channel,
      text: command.text?.trim() ?? '',
      source: 'command',
      trigger,
      responseUrl: command.response_url || null,
    });
  };
