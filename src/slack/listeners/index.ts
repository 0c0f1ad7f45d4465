import type { App, Context } from '@slack/bolt';
import type { Log } from '../log.ts';
import type { Workspaces } from '../workspaces.ts';
import { onAction } from './button.ts';
import { CHANNEL_EVENTS, onChannel, onJoined, onLeft } from './channel.ts';
import { onCommand } from './command.ts';
import type { Desk } from './desk.ts';
import { onHomeOpened } from './home.ts';
import { onMessage } from './message.ts';
import { onReaction } from './reaction.ts';
import { onAccess, onRemoval } from './removal.ts';
import { onShortcut } from './shortcut.ts';
import { onSubmission } from './submission.ts';

const ANY = /[\s\S]*/;

/** What a command is told in a workspace that Muster is not installed in: a moment ago it was. */
const NOT_HERE =
  'Muster is not installed in this workspace any more, so nothing was done. Whoever administers the workspace can install it again.';

interface Request {
  readonly context: Context;
}

type Listener<A> = (desk: Desk) => (args: A) => Promise<void>;

/** Has a request handled at the desk of its workspace, and `otherwise` where there is none. */
const atDesk =
  (workspaces: Workspaces, log: Log) =>
  <A extends Request>(listener: Listener<A>, otherwise: (args: A) => Promise<void>) =>
  async (args: A): Promise<void> => {
    const workspace = args.context.teamId ?? '';
    const served = await workspaces.of(workspace);
    if (served !== null) return listener(served.desk)(args);
    log.warn('request of a workspace that is not served', { workspace });
    await otherwise(args);
  };

const onlyAck = ({ ack }: { readonly ack: () => Promise<void> }): Promise<void> => ack();
const nothing = async (): Promise<void> => undefined;

/**
 * Listens to everything. One listener per kind, and none of them picky: Bolt leaves unanswered what
 * nobody listens to, and runs two listeners when two match.
 */
export function listen(app: App, workspaces: Workspaces, log: Log): void {
  const at = atDesk(workspaces, log);
  app.command(
    ANY,
    at(onCommand, ({ ack }) => ack(NOT_HERE)),
  );
  app.action(ANY, at(onAction, onlyAck));
  app.shortcut(ANY, at(onShortcut, onlyAck));
  app.view({ callback_id: ANY, type: 'view_submission' }, at(onSubmission, onlyAck));
  app.view({ callback_id: ANY, type: 'view_closed' }, ({ ack }) => ack());
  app.options(ANY, ({ ack }) => ack({ options: [] }));
  app.event('reaction_added', at(onReaction, nothing));
  app.event('reaction_removed', at(onReaction, nothing));
  app.event('message', at(onMessage, nothing));
  app.event('app_uninstalled', onRemoval(workspaces));
  app.event('tokens_revoked', onRemoval(workspaces));
  app.event('team_access_granted', onAccess(workspaces));
  app.event('team_access_revoked', onAccess(workspaces));
  for (const [name, what] of Object.entries(CHANNEL_EVENTS)) {
    app.event(name, at(onChannel(what), nothing));
  }
  app.event('member_joined_channel', at(onJoined, nothing));
  app.event('member_left_channel', at(onLeft, nothing));
  app.event('app_home_opened', at(onHomeOpened, nothing));
}
