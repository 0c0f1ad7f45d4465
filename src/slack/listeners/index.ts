import type { App } from '@slack/bolt';
import { onAction } from './button.ts';
import { listenToChannels } from './channel.ts';
import { onCommand } from './command.ts';
import type { Desk } from './desk.ts';
import { onHomeOpened } from './home.ts';
import { onMessage } from './message.ts';
import { onReaction } from './reaction.ts';
import { onShortcut } from './shortcut.ts';
import { onSubmission } from './submission.ts';

const ANY = /[\s\S]*/;

/**
 * Listens to everything. One listener per kind, and none of them picky: Bolt leaves unanswered what
 * nobody listens to, and runs two listeners when two match.
 */
export function listen(app: App, desk: Desk): void {
  app.command(ANY, onCommand(desk));
  app.action(ANY, onAction(desk));
  app.shortcut(ANY, onShortcut(desk));
  app.view({ callback_id: ANY, type: 'view_submission' }, onSubmission(desk));
  app.view({ callback_id: ANY, type: 'view_closed' }, ({ ack }) => ack());
  app.options(ANY, ({ ack }) => ack({ options: [] }));
  app.event('reaction_added', onReaction(desk));
  app.event('reaction_removed', onReaction(desk));
  app.event('message', onMessage(desk));
  listenToChannels(app, desk);
  app.event('app_home_opened', onHomeOpened(desk));
  for (const event of ['app_uninstalled', 'tokens_revoked'] as const) {
    app.event(event, async ({ context }) => {
      desk.log.error('app removed from workspace', { event, workspace: context.teamId });
    });
  }
}
