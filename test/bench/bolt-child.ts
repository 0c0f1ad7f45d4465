import type { AddressInfo } from 'node:net';
import { App, HTTPReceiver, LogLevel } from '@slack/bolt';
import postgres from 'postgres';
import { answer } from './child.ts';
import { SECRET } from './office.ts';

// What anybody would write first: Bolt, one insert, an acknowledgement. No incident, no lock, no
// reading of times, no repetition recognised.

let app: App | undefined;
let sql: postgres.Sql | undefined;

answer(
  {
    async start({ databaseUrl }: { databaseUrl: string }) {
      const database = postgres(databaseUrl, { max: 10, onnotice: () => undefined });
      sql = database;
      await database`create table bare (id bigint generated always as identity primary key,
        workspace text not null, channel text not null, author text not null, text text not null,
        at timestamptz not null)`;
      app = new App({
        authorize: async () => ({ botToken: 'xoxb-bare', botId: 'B0', botUserId: 'U0' }),
        receiver: new HTTPReceiver({ signingSecret: SECRET, endpoints: ['/slack/events'] }),
        convoStore: false,
        logLevel: LogLevel.ERROR,
      });
      app.command('/incident', async ({ command, ack }) => {
        const { team_id: workspace, channel_id: channel, user_id: author, text } = command;
        await database`insert into bare (workspace, channel, author, text, at)
          values (${workspace}, ${channel}, ${author}, ${text}, now())`;
        await ack({ response_type: 'ephemeral', text: `Logged: ${text}` });
      });
      const server = await app.start({ port: 0, host: '127.0.0.1' });
      const { port } = (server as { address(): AddressInfo }).address();
      return `http://127.0.0.1:${port}/slack/events`;
    },
    cpu: () => process.cpuUsage(),
  },
  async () => {
    await app?.stop();
    await sql?.end({ timeout: 1 });
  },
);
