import type { AllMiddlewareArgs, BlockAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { REFRESH } from '../../domain/views/home.ts';
import { BUTTON_PREFIX } from '../blocks/buttons.ts';
import { workspaceOf } from '../whose.ts';
import type { Asked } from './asked.ts';
import { ask } from './asking.ts';
import { startConversation } from './conversation.ts';
import type { Desk } from './desk.ts';
import { tell } from './tell.ts';

/** What a button, or the chosen item of a menu, stands for. */
function typedBy(action: BlockAction['actions'][number]): string | null {
  if (action.type === 'button') return action.value ?? null;
  const chosen = action.type === 'static_select' || action.type === 'overflow';
  return chosen ? (action.selected_option?.value ?? null) : null;
}

/** What a press of one of our buttons types; null for anything else. */
function pressed(body: BlockAction): Asked | null {
  const [action] = body.actions;
  if (!action?.action_id.startsWith(BUTTON_PREFIX)) return null;
  const value = typedBy(action);
  if (!value) return null;
  return {
    workspace: workspaceOf(body),
    key: body.trigger_id,
    user: body.user.id,
    channel: body.channel?.id ?? '',
    home: body.view?.type === 'home',
    text: value,
    source: 'button',
    trigger: body.trigger_id,
    responseUrl: body.response_url || null,
  };
}

/** A question or a page of a list that only one person sees gives way to what they chose. */
const isPrivateMessage = ({ container }: BlockAction): boolean => container?.is_ephemeral === true;

/** A press of a button: the command that it stands for. What is no button of ours is acknowledged. */
export const onAction =
  (desk: Desk) =>
  async ({ body, ack }: SlackActionMiddlewareArgs & AllMiddlewareArgs): Promise<void> => {
    const asked = body.type === 'block_actions' ? pressed(body) : null;
    if (!asked || body.type !== 'block_actions') return ack();
    if (asked.home === true && asked.text === REFRESH) {
      await ack();
      await desk.home.opened(asked.workspace, asked.user);
      return;
    }
    const conversation = startConversation({
      ack: () => ack(),
      showsAck: false,
      responseUrl: asked.responseUrl,
      otherwise: (reply) => tell(desk, asked, reply),
      mayReplace: isPrivateMessage(body),
      deadlineMs: desk.deadlineMs,
      apiUrl: desk.apiUrl,
      log: desk.log,
    });
    await ask(desk, conversation, asked);
  };
