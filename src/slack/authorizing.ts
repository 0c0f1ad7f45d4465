import type { AuthorizeResult } from '@slack/bolt';
import type { Workspaces } from './workspaces.ts';

type Named = { readonly id?: string; readonly team_id?: string } | null | undefined;

interface Body {
  readonly team_id?: string;
  readonly team?: Named;
  readonly user?: Named;
  readonly view?: { readonly app_installed_team_id?: string | null } | null;
}

/**
 * The workspace that a request of any kind comes from: the one whose records it is about. Empty
 * where Slack does not say.
 *
 * Somebody of another organisation sends a form of a shared channel in the name of their own
 * workspace: which one it was opened in stands with the view. Else their words would go into the
 * records of their own, where there may be an incident with the same number.
 */
export function workspaceOf(body: unknown): string {
  const { team_id: own, team, user, view } = (body ?? {}) as Body;
  return own ?? view?.app_installed_team_id ?? team?.id ?? user?.team_id ?? '';
}

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
