import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { isJson, type Json } from './limits/rules.ts';
import type { State } from './state.ts';
import { acceptWebSocket, type Link } from './websocket.ts';

const PING_MS = 5000;

/** Why Slack tells an app to reconnect. */
export type DisconnectReason =
  | 'warning'
  | 'refresh_requested'
  | 'link_disabled'
  | 'too_many_websockets';

/** The workspace's end of Socket Mode. */
export interface SocketMode {
  connected(): boolean;
  /** Sends one envelope to any one connection and answers what it was acknowledged with. */
  deliver(kind: string, payload: Json, retry?: number): Promise<unknown>;
  /** Tells the app to reconnect, as Slack does every few hours. */
  disconnect(reason: DisconnectReason): void;
  /** Lets the connections die without a word: each side believes that it is there. */
  freeze(): void;
  /** Turns away so many of the next connections, as Slack does beyond ten. */
  refuse(times: number): void;
  /** Loses so many of the next acknowledgements. */
  loseAcks(times: number): void;
  close(): void;
}

const KINDS: Readonly<Record<string, string>> = {
  command: 'slash_commands',
  interaction: 'interactive',
  event: 'events_api',
};

function hello(state: State, connections: number): string {
  return JSON.stringify({
    type: 'hello',
    num_connections: connections,
    connection_info: { app_id: state.appId },
    debug_info: { host: 'workspace', build_number: 1, approximate_connection_time: 18_060 },
  });
}

const goodbye = (reason: DisconnectReason): string =>
  JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'workspace' } });

/** What is scripted to go wrong. */
interface Trouble {
  readonly frozen: Set<Link>;
  refused: number;
  lost: number;
}

const troubling = (
  trouble: Trouble,
  links: ReadonlySet<Link>,
): Pick<SocketMode, 'freeze' | 'refuse' | 'loseAcks'> => ({
  freeze: () => {
    for (const link of links) {
      trouble.frozen.add(link);
      link.freeze();
    }
  },
  refuse: (times) => {
    trouble.refused = times;
  },
  loseAcks: (times) => {
    trouble.lost = times;
  },
});

/** Lets apps connect by WebSocket at `/link/`. */
export function attachSocketMode(server: Server, state: State): SocketMode {
  const links = new Set<Link>();
  let turn = 0;
  const trouble: Trouble = { frozen: new Set(), refused: 0, lost: 0 };
  const waiting = new Map<string, { link: Link; settle: (payload: unknown) => void }>();
  const drop = (link: Link) => {
    links.delete(link);
    trouble.frozen.delete(link);
    for (const [id, pending] of waiting) {
      if (pending.link !== link) continue;
      waiting.delete(id);
      pending.settle(undefined);
    }
  };
  const hear = (text: string) => {
    const message: unknown = JSON.parse(text);
    if (!isJson(message)) return;
    const id = String(message.envelope_id);
    const loses = trouble.lost > 0 && waiting.has(id);
    if (loses) trouble.lost -= 1;
    waiting.get(id)?.settle(loses ? undefined : (message.payload ?? null));
    waiting.delete(id);
  };
  server.on('upgrade', (request, socket) => {
    const link = acceptWebSocket(request, socket, { onText: hear, onClose: () => drop(link) });
    if (trouble.refused > 0) {
      trouble.refused -= 1;
      link.send(goodbye('too_many_websockets'));
      return;
    }
    // Whoever connects again has noticed what the workspace notices only later.
    for (const dead of trouble.frozen) {
      drop(dead);
      dead.close();
    }
    links.add(link);
    link.send(hello(state, links.size));
  });
  const pings = setInterval(() => {
    for (const link of links) link.ping();
  }, PING_MS).unref();
  return {
    connected: () => links.size > 0,
    deliver: (kind, payload, retry) =>
      new Promise((settle) => {
        turn += 1;
        const link = [...links][turn % Math.max(1, links.size)];
        if (!link) return settle(undefined);
        const id = randomUUID();
        waiting.set(id, { link, settle });
        const envelope = {
          envelope_id: id,
          type: KINDS[kind],
          payload,
          accepts_response_payload: kind !== 'event',
          ...(kind === 'event' && {
            retry_attempt: retry ?? 0,
            retry_reason: retry ? 'timeout' : '',
          }),
        };
        link.send(JSON.stringify(envelope));
      }),
    disconnect: (reason) => {
      for (const link of links) link.send(goodbye(reason));
    },
    ...troubling(trouble, links),
    close: () => {
      clearInterval(pings);
      for (const link of links) link.close();
    },
  };
}
