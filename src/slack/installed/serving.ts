import { settingsIn } from '../../domain/settings.ts';
import { createClients, type OnCall } from '../clients.ts';
import type { Identity } from '../identity.ts';
import { createServed, type DeskParts, type Served } from '../served.ts';
import type { Known, Usable } from './known.ts';

export interface ServingParts extends DeskParts {
  readonly apiUrl?: string | null | undefined;
  readonly onCall?: OnCall | undefined;
}

/** The workspaces as they are served, each built when it is first needed and kept while it is installed. */
export function createServing(
  parts: ServingParts,
  known: Known,
  tokenOf: (workspace: string) => Promise<string>,
) {
  const served = new Map<string, { readonly as: string; readonly it: Served }>();
  let begun = false;

  const identityIn = (workspace: string): Identity | null => {
    const one = known.find(workspace);
    return one === null ? null : { workspace, botUserId: one.botUserId, botId: one.botId };
  };

  function build(workspace: string, { isOrg }: Usable): Served {
    const { apiUrl, onCall, log } = parts;
    const token = (): Promise<string> => tokenOf(workspace);
    const teamId = isOrg ? workspace : undefined;
    const clients = createClients({ token, teamId, apiUrl, onCall }, log);
    const settings = settingsIn(parts.ports.settings, workspace);
    const ports = { ...parts.ports, settings };
    return createServed(clients, async () => identityIn(workspace), { ...parts, ports });
  }

  function drop(workspace: string): void {
    served.get(workspace)?.it.stop();
    served.delete(workspace);
  }

  /** Made anew when it is another installation that serves it. */
  function of(workspace: string, one: Usable): Served {
    const as = `${one.id}:${one.botUserId}`;
    const before = served.get(workspace);
    if (before?.as === as) return before.it;
    drop(workspace);
    const it = build(workspace, one);
    served.set(workspace, { as, it });
    if (begun) void it.begin();
    return it;
  }

  return {
    of,
    identityIn,
    /** Serves who is installed, and nobody else; from the first time on they are looked round in. */
    follow(): void {
      begun = true;
      for (const workspace of known.workspaces()) {
        const one = known.find(workspace);
        if (one !== null) of(workspace, one);
      }
      for (const workspace of [...served.keys()])
        if (known.find(workspace) === null) drop(workspace);
    },
    stop(): void {
      for (const workspace of [...served.keys()]) drop(workspace);
    },
  };
}
