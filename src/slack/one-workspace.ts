import { createClients, type OnCall } from './clients.ts';
import { type Identity, identify } from './identity.ts';
import { createServed, type DeskParts, type Served } from './served.ts';
import type { Workspaces } from './workspaces.ts';

export interface OneWorkspaceParts extends DeskParts {
  readonly botToken: string;
  readonly apiUrl?: string | null | undefined;
  readonly onCall?: OnCall | undefined;
  /** Told how Slack is, for readiness. */
  readonly onHealth: (state: 'ok' | 'down', note: string) => void;
}

/** Until Slack has said who we are, and for a token of a whole organisation, nobody is sent away. */
const isForeign = (own: Identity | null, workspace: string): boolean =>
  own !== null && own.isOrg !== true && workspace !== '' && workspace !== own.workspace;

/** The workspace of the one token that there is: every request and every row is its own. */
export function createOneWorkspace(parts: OneWorkspaceParts): Workspaces & { readonly it: Served } {
  const { botToken, apiUrl, onCall, onHealth, log } = parts;
  const stopping = new AbortController();
  const clients = createClients({ token: botToken, apiUrl, onCall }, log);
  let identity: Identity | null = null;
  let asked: Promise<Identity | null> | undefined;

  async function whoAmI(): Promise<Identity | null> {
    onHealth('down', 'Slack has not answered yet');
    identity = await identify(clients.client, log, stopping.signal, (why) => onHealth('down', why));
    if (identity) onHealth('ok', '');
    return identity;
  }
  const askOnce = (): Promise<Identity | null> => {
    asked ??= whoAmI();
    return asked;
  };
  const it = createServed(clients, askOnce, parts);

  return {
    it,
    // Another workspace can have installed the same app without Muster: its requests are signed alike.
    of: async (workspace) => (isForeign(identity, workspace) ? null : it),
    // Never waits: a request is answered although Slack has not said who we are.
    acting: async () => ({ botToken, own: identity }),
    async ready() {
      void it.begin();
      return (await askOnce()) !== null;
    },
    async removed(id, why) {
      log.error('app removed from workspace', { event: why, workspace: id });
    },
    // An organisation's installation has no token for one workspace alone.
    access: async () => undefined,
    stop() {
      stopping.abort();
      it.stop();
    },
  };
}
