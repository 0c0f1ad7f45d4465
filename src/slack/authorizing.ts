import type { AuthorizeResult } from '@slack/bolt';
import { workspaceOf } from './whose.ts';
import type { Workspaces } from './workspaces.ts';

/** Ours to answer a request of that workspace with; nothing where it is not served. */
export const authorizing =
  (workspaces: Workspaces) =>
  async (
    { enterpriseId }: { enterpriseId?: string | undefined },
    body: unknown,
  ): Promise<AuthorizeResult> => {
    const teamId = workspaceOf(body);
    if ((await workspaces.of(teamId, enterpriseId)) === null) return { teamId };
    const { botToken, own } = await workspaces.acting(teamId);
    return { teamId, botToken, ...(own && { botId: own.botId, botUserId: own.botUserId }) };
  };
