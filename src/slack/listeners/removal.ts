import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt';
import type { Workspaces } from '../workspaces.ts';

type Removal = SlackEventMiddlewareArgs<'app_uninstalled' | 'tokens_revoked'>;

/** A person may take back what they allowed an app; only the bot's token is ours. */
const isOurs = (event: Removal['event']): boolean =>
  event.type === 'app_uninstalled' || (event.tokens.bot ?? []).length > 0;

/** Somebody threw us out: out of a workspace, or out of a whole organisation. */
export const onRemoval =
  (workspaces: Workspaces) =>
  async ({ event, context, body }: Removal & AllMiddlewareArgs): Promise<void> => {
    if (!isOurs(event)) return;
    const { isEnterpriseInstall, enterpriseId } = context;
    const id = isEnterpriseInstall && enterpriseId ? enterpriseId : body.team_id;
    await workspaces.removed(id, event.type);
  };
