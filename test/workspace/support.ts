import { App, HTTPReceiver, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { WebClient } from '@slack/web-api';
import { startWorkspace, type Workspace } from '../../src/demo/workspace/index.ts';
import type { WorkspaceOptions } from '../../src/demo/workspace/types.ts';

/** Two people, a channel and a group: enough for most tests. */
export const OFFICE: WorkspaceOptions = {
  users: [
    { id: 'U0ANA', name: 'ana', realName: 'Ana Ruiz', tz: 'Europe/Madrid', admin: true },
    { id: 'U0BO', name: 'bo', realName: 'Bo Lind', tz: 'America/New_York' },
    { id: 'U0EVE', name: 'eve', guest: true },
    { id: 'U0GONE', name: 'gone', deleted: true },
  ],
  channels: [
    { id: 'C0INCIDENTS', name: 'incidents', bot: true },
    { id: 'C0COMMS', name: 'comms' },
    { id: 'C0BOARD', name: 'board', private: true, members: ['U0ANA'] },
  ],
  userGroups: [{ id: 'S012SRE', handle: 'sre', users: ['U0BO'] }],
};

/** A workspace with the usual people. */
export const office = (more: WorkspaceOptions = {}): Promise<Workspace> =>
  startWorkspace({ ...OFFICE, ...more });

/** These tests provoke errors on purpose; their log is of no interest. */
export const SILENT = {
  debug: () => {},
  info: () => {},
  warn: () => {},
  error: () => {},
  setLevel: () => {},
  getLevel: () => LogLevel.ERROR,
  setName: () => {},
};

/** A client as Muster configures one: no retries of its own. */
export function clientOf(workspace: Workspace, token = workspace.botToken): WebClient {
  return new WebClient(token, {
    slackApiUrl: workspace.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: SILENT,
  });
}

/** A Bolt app on a free port, connected to the workspace over HTTP. */
export async function boltApp(workspace: Workspace): Promise<App> {
  const app = new App({
    token: workspace.botToken,
    receiver: new HTTPReceiver({
      signingSecret: workspace.signingSecret,
      endpoints: ['/slack/events'],
      logLevel: LogLevel.ERROR,
    }),
    convoStore: false,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: workspace.apiUrl, retryConfig: { retries: 0 } },
  });
  const server = await app.start({ port: 0, host: '127.0.0.1' });
  const address = server && 'address' in server ? server.address() : null;
  const port = typeof address === 'object' && address ? address.port : 0;
  workspace.connect(`http://127.0.0.1:${port}/slack/events`);
  return app;
}

/** A Bolt app connected by Socket Mode. */
export async function socketApp(workspace: Workspace): Promise<App> {
  const web = () => ({ slackApiUrl: workspace.apiUrl, retryConfig: { retries: 0 } });
  const app = new App({
    token: workspace.botToken,
    receiver: new SocketModeReceiver({
      appToken: workspace.appToken,
      logLevel: LogLevel.ERROR,
      clientPingTimeout: 50,
      installerOptions: { clientOptions: web() },
    }),
    convoStore: false,
    logLevel: LogLevel.ERROR,
    clientOptions: web(),
  });
  await app.start();
  return app;
}
