import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Workspace } from '../../src/demo/workspace/index.ts';

// One Slack for several simulated workspaces: it grants tokens by OAuth, as Slack documents
// oauth.v2.access, and hands each call to the workspace that its token is for.

export const CLIENT = { id: '111.222', secret: 'c0ffee-client-secret-of-the-test' };
const HOURS_12 = 12 * 60 * 60;

/** An organisation with all of its workspaces. */
export interface Org {
  readonly id: string;
  readonly name: string;
  readonly workspaces: readonly Workspace[];
}

type Home = { readonly workspace: Workspace } | { readonly org: Org };

interface Grant {
  readonly home: Home;
  readonly token: string;
  readonly endsAt: number;
  revoked: boolean;
}

/** A call as Slack saw it. */
export interface Seen {
  readonly method: string;
  readonly token: string;
  readonly team: string | null;
  readonly args: Readonly<Record<string, string>>;
}

export interface SlackOptions {
  /** The only address that browsers are sent back to. */
  readonly redirectUri: string;
  /** Whether tokens end after twelve hours. */
  readonly rotation?: boolean;
  readonly now?: () => number;
  /** The workspace that keeps the app's Socket Mode connection. */
  readonly socketOf: Workspace;
}

const idOf = (home: Home): string => ('org' in home ? home.org.id : home.workspace.teamId);

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** One call as it came in. */
interface Asked {
  readonly method: string;
  readonly type: string;
  readonly body: Buffer;
  readonly token: string;
}

const asking = async (method: string, request: IncomingMessage): Promise<Asked> => ({
  method,
  type: request.headers['content-type'] ?? '',
  body: await bodyOf(request),
  token: /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? '',
});

/** Starts Slack's side of OAuth and of the Web API for these workspaces, on 127.0.0.1. */
export async function startSlack(options: SlackOptions) {
  const { redirectUri, socketOf, rotation = false, now = Date.now } = options;
  const codes = new Map<string, { home: Home; user: string; scope: string; redirect: string }>();
  const grants = new Map<string, Grant>();
  const refreshes = new Map<string, Home>();
  const seen: Seen[] = [];
  const violations: string[] = [];
  /** Slack's word for why it refuses every refresh from now on; null for none. */
  let refusing: string | null = null;
  let count = 0;

  function grant(home: Home): { token: string; refresh: string | null } {
    count += 1;
    const token = `${rotation ? 'xoxe.xoxb-1' : 'xoxb'}-${idOf(home)}-${count}-${randomUUID()}`;
    const endsAt = rotation ? now() + HOURS_12 * 1000 : Number.POSITIVE_INFINITY;
    grants.set(token, { home, token, endsAt, revoked: false });
    if (!rotation) return { token, refresh: null };
    const refresh = `xoxe-1-${idOf(home)}-${count}-${randomUUID()}`;
    refreshes.set(refresh, home);
    return { token, refresh };
  }

  function granted(home: Home, user: string, scope: string) {
    const { token, refresh } = grant(home);
    const isOrg = 'org' in home;
    const team = isOrg
      ? null
      : { id: home.workspace.teamId, name: `Workspace ${home.workspace.teamId}` };
    return {
      ok: true,
      ...{ app_id: 'A0MUSTER', access_token: token, token_type: 'bot', scope },
      bot_user_id: isOrg ? home.org.workspaces[0]?.botUserId : home.workspace.botUserId,
      ...{ authed_user: { id: user }, team, is_enterprise_install: isOrg },
      enterprise: isOrg ? { id: home.org.id, name: home.org.name } : null,
      ...(refresh === null ? {} : { refresh_token: refresh, expires_in: HOURS_12 }),
    };
  }

  function renewed(refresh: string) {
    const home = refreshes.get(refresh);
    if (refusing !== null) return { ok: false, error: refusing };
    // Good once.
    refreshes.delete(refresh);
    if (home === undefined) return { ok: false, error: 'invalid_refresh_token' };
    return granted(home, 'U0ANA', 'chat:write');
  }

  function access(args: URLSearchParams) {
    const arg = (name: string): string => args.get(name) ?? '';
    const no = (error: string) => ({ ok: false, error });
    if (arg('client_id') !== CLIENT.id) return no('invalid_client_id');
    if (arg('client_secret') !== CLIENT.secret) return no('bad_client_secret');
    if (arg('grant_type') === 'refresh_token') return renewed(arg('refresh_token'));
    const code = codes.get(arg('code'));
    if (code === undefined) return no('invalid_code');
    codes.delete(arg('code'));
    if (arg('redirect_uri') !== code.redirect) return no('bad_redirect_uri');
    return granted(code.home, code.user, code.scope);
  }

  /** Which workspace a call is for, or Slack's word for why none. */
  function whose(token: string, method: string, args: URLSearchParams): Workspace | string {
    if (method === 'apps.connections.open') return socketOf;
    const known = grants.get(token);
    if (known === undefined) return token === '' ? 'not_authed' : 'invalid_auth';
    if (known.revoked) return 'token_revoked';
    if (known.endsAt <= now()) return 'token_expired';
    if ('workspace' in known.home) return known.home.workspace;
    return inOrg(known.home.org, method, args.get('team_id'));
  }

  /** An organisation's token does not say which of its workspaces is meant. */
  function inOrg({ workspaces }: Org, method: string, team: string | null): Workspace | string {
    if (method === 'auth.test') return workspaces[0] ?? 'team_not_found';
    if (team === null) {
      violations.push(`${method} with an organisation's token and without team_id`);
      return 'missing_argument';
    }
    return workspaces.find(({ teamId }) => teamId === team) ?? 'team_access_not_granted';
  }

  const asOrg = (token: string, body: string): string => {
    const home = grants.get(token)?.home;
    if (home === undefined || !('org' in home)) return body;
    const { id } = home.org;
    const about = { team_id: id, enterprise_id: id, is_enterprise_install: true };
    return JSON.stringify({ ...(JSON.parse(body) as object), ...about });
  };

  /** Hands a call to its workspace, and the answer back. */
  async function forward({ apiUrl, botToken }: Workspace, { method, type, body, token }: Asked) {
    const said = await fetch(`${apiUrl}${method}`, {
      method: 'POST',
      headers: {
        'content-type': type,
        // The app's own token is the same everywhere.
        authorization: `Bearer ${method === 'apps.connections.open' ? token : botToken}`,
      },
      body: new Uint8Array(body),
    });
    const text = await said.text();
    const headers = new Headers(said.headers);
    for (const name of ['connection', 'content-length', 'transfer-encoding']) headers.delete(name);
    return {
      status: said.status,
      headers,
      text: method === 'auth.test' ? asOrg(token, text) : text,
    };
  }

  async function call(asked: Asked, response: ServerResponse): Promise<void> {
    const { method, type, body, token } = asked;
    const args = new URLSearchParams(type.includes('urlencoded') ? body.toString() : '');
    const home = method === 'oauth.v2.access' ? access(args) : whose(token, method, args);
    const isWorkspace = typeof home !== 'string' && 'teamId' in home;
    const team = isWorkspace ? home.teamId : null;
    seen.push({ method, token, team, args: Object.fromEntries(args) });
    if (isWorkspace) {
      const { status, headers, text } = await forward(home, asked);
      response.writeHead(status, Object.fromEntries(headers)).end(text);
      return;
    }
    const said = typeof home === 'string' ? { ok: false, error: home } : home;
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(said));
  }

  const server = createServer((request, response) => {
    const [, place = '', method = ''] = (request.url ?? '').split('?')[0]?.split('/') ?? [];
    if (place !== 'api') return void response.writeHead(404).end();
    asking(method, request)
      .then((asked) => call(asked, response))
      .catch(() => request.socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  return {
    apiUrl: `${base}/api/`,
    seen: seen as readonly Seen[],
    /** What Slack would have refused. */
    violations: violations as readonly string[],
    /**
     * Somebody follows the button to Slack and agrees, or not; where Slack then sends the browser. A
     * mistake in the address is shown by Slack itself, and nobody is sent anywhere.
     */
    agree(to: string, home: Home, user = 'U0ANA', says: 'yes' | 'no' = 'yes'): string {
      const { origin, pathname, searchParams: asked } = new URL(to);
      const redirect = asked.get('redirect_uri') ?? '';
      const scope = asked.get('scope') ?? '';
      if (origin !== base || pathname !== '/oauth/v2/authorize') throw new Error('not Slack');
      if (asked.get('client_id') !== CLIENT.id) throw new Error('Invalid client_id parameter');
      if (redirect !== redirectUri) throw new Error(`redirect_uri did not match: ${redirect}`);
      if (scope === '') throw new Error('invalid_scope_requested');
      const back = new URL(redirect);
      back.searchParams.set('state', asked.get('state') ?? '');
      if (says === 'no') {
        back.searchParams.set('error', 'access_denied');
        return back.href;
      }
      const code = randomUUID();
      codes.set(code, { home, user, scope, redirect });
      back.searchParams.set('code', code);
      return back.href;
    },
    /** Ends every token of a workspace or an organisation, as removing the app does. */
    revoke(id: string): void {
      for (const one of grants.values()) if (idOf(one.home) === id) one.revoked = true;
      for (const [refresh, home] of refreshes) if (idOf(home) === id) refreshes.delete(refresh);
    },
    refuseToRefresh(error: string | null): void {
      refusing = error;
    },
    /** Every token and refresh token that was ever given out. */
    secrets: (): string[] => [...grants.keys(), ...refreshes.keys()],
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export type Slack = Awaited<ReturnType<typeof startSlack>>;
