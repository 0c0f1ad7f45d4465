import { connect } from 'node:net';

const WITHIN_MS = 3000;

/**
 * The system's word for why an address cannot be connected to; null when it can. Slack's WebSocket
 * client does not say.
 */
export function whyUnreachable(address: string): Promise<string | null> {
  const { hostname, port, protocol } = new URL(address);
  const usual = protocol === 'wss:' || protocol === 'https:' ? 443 : 80;
  return new Promise((resolve) => {
    const host = hostname.replace(/^\[|\]$/g, '');
    const socket = connect({ host, port: Number(port) || usual, timeout: WITHIN_MS });
    const settle = (why: string | null) => (): void => {
      socket.destroy();
      resolve(why);
    };
    socket.once('connect', settle(null));
    socket.once('timeout', settle('ETIMEDOUT'));
    socket.once('error', (error: NodeJS.ErrnoException) => settle(error.code ?? 'no answer')());
  });
}
