import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt';
import type { Workspaces } from '../workspaces.ts';

type Removal = SlackEventMiddlewareArgs<'app_uninstalled' | 'tokens_revoked'>;
type Access = SlackEventMiddlewareArgs<'team_access_granted' | 'team_access_revoked'>;

/** A person may take back what they allowed an app; only the bot's token is ours. */
const isOurs = (event: Removal['event']): boolean =>
  event.type === 'app_uninstalled' || (event.tokens.bot ?? []).length > 0;

/** Somebody threw us out: out of a workspace, or out of a whole organisation. */
export const onRemoval =
  (workspaces: Workspaces) =>
  async ({ event, context, body }: Removal & AllMiddlewareArgs): Promise<void> => {
    if (!isOurs(event)) return;
    const { isEnterpriseInstall, enterpriseId } = context;
    const isOrg = isEnterpriseInstall && enterpriseId !== undefined;
    await workspaces.removed(isOrg ? enterpriseId : body.team_id, event.type);
  };

/** An organisation lets its installation into some of its workspaces, or out of them. */
export const onAccess =
  (workspaces: Workspaces) =>
  async ({ event, context }: Access & AllMiddlewareArgs): Promise<void> => {
    const { enterpriseId } = context;
    if (enterpriseId === undefined) return;
    for (const id of event.team_ids ?? [])
      await workspaces.access(id, enterpriseId, event.type === 'team_access_granted');
  };
