// Which workspace a request is about. Slack says it in several places, and not in all of them alike:
// in a channel that is shared, the outermost id is of whoever acts there, and an organisation's
// installation has no workspace of its own.

interface Authorization {
  readonly team_id?: string | null;
  readonly is_enterprise_install?: boolean;
}

interface Body {
  readonly team_id?: string | null;
  readonly context_team_id?: string | null;
  readonly authorizations?: readonly Authorization[] | null;
  readonly team?: { readonly id?: string } | null;
  readonly user?: { readonly team_id?: string } | string | null;
  readonly view?: { readonly app_installed_team_id?: string | null } | null;
}

/** Organisations have ids as well, and no records. */
const isWorkspace = (id: string | null | undefined): id is string => id?.startsWith('T') === true;

/** Where the app is installed that an event is told to, as far as Slack says. */
function installedIn({ authorizations, context_team_id: told }: Body): (string | null)[] {
  const [first] = authorizations ?? [];
  const named = first?.team_id ?? null;
  // An organisation's names any of its workspaces.
  return first?.is_enterprise_install === true ? [told ?? null] : [named, told ?? null];
}

/**
 * The workspace that a request of any kind comes from: the one whose records it is about. Empty
 * where Slack does not say.
 */
export function workspaceOf(body: unknown): string {
  const whole = (body ?? {}) as Body;
  const { team_id: outer, team, user, view, authorizations } = whole;
  const person = typeof user === 'object' ? user?.team_id : null;
  const named = [
    view?.app_installed_team_id,
    ...installedIn(whole),
    ...[outer, authorizations?.[0]?.team_id, team?.id, person],
  ];
  return named.find(isWorkspace) ?? '';
}
