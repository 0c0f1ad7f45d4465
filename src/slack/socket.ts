import { setTimeout as pause } from 'node:timers/promises';
import type { SocketModeReceiver } from '@slack/bolt';
import { orNull, within } from '../deadline.ts';
import { NEXT } from './identity.ts';
import type { Log } from './log.ts';
import { whyUnreachable } from './reach.ts';
import { hostOf, troubleOf, troubleText } from './trouble.ts';

/** Why nothing that is typed in Slack reaches us. */
export interface Deafness {
  readonly why: string;
  readonly forMs: number;
}

export interface SocketParts {
  readonly receiver: SocketModeReceiver;
  /** Where the Web API is; it is named when it does not answer. */
  readonly host: string;
  readonly log: Log;
  /** Told when the connection is there, and when it is missed. */
  readonly onHealth: (state: 'ok' | 'down', note: string) => void;
  readonly paces?: Partial<Paces>;
}

/** How patient the connection is, milliseconds. */
interface Paces {
  /** So long a connection that was there may be away: Slack renews it every few hours. */
  readonly grace: number;
  readonly firstPause: number;
  readonly longestPause: number;
  /** Slack greets within a moment; a firewall may swallow the greeting. */
  readonly helloWithin: number;
}

const PACES: Paces = {
  grace: 15_000,
  firstPause: 1000,
  longestPause: 30_000,
  helloWithin: 20_000,
};
/** A connection that ended sooner was no success. */
const STEADY_MS = 5000;
const STOP_WITHIN_MS = 2000;

/** Somewhat less or more, so that replicas do not all come back at once. */
const jittered = (ms: number): number => ms * (0.8 + Math.random() * 0.4);

class Ended extends Error {}

/** Whether the connection is there, and what is told of it. */
function createHearing({ onHealth }: SocketParts, { grace }: Paces) {
  let ever = false;
  let lost: { readonly since: number; readonly why: string; readonly sure: boolean } | null = {
    since: Date.now(),
    why: 'no connection yet',
    sure: false,
  };
  let late: NodeJS.Timeout | undefined;

  function deaf(): Deafness | null {
    if (lost === null) return null;
    const forMs = Date.now() - lost.since;
    return lost.sure || forMs >= grace ? { why: lost.why, forMs } : null;
  }
  function tell(): void {
    if (lost === null) onHealth('ok', '');
    else if (!ever || deaf() !== null) onHealth('down', `no Socket Mode connection: ${lost.why}`);
  }
  return {
    deaf,
    there(): void {
      ever = true;
      lost = null;
      clearTimeout(late);
      tell();
    },
    /** `sure` that waiting does not bring it back. */
    away(why: string, sure: boolean): void {
      clearTimeout(late);
      const since = lost?.since ?? Date.now();
      lost = { since, why, sure };
      late = setTimeout(tell, Math.max(0, since + grace - Date.now()));
      late.unref();
      tell();
    },
    begin: tell,
    stop: () => clearTimeout(late),
  };
}

async function whyNoWebSocket(address: string | null): Promise<string> {
  if (address === null || !URL.canParse(address)) return 'the connection was closed';
  const code = await whyUnreachable(address);
  const named = hostOf(address);
  if (code !== null) return troubleText({ type: 'unreachable', code }, named);
  return `${named} can be reached and takes no WebSocket: a proxy or a firewall may be in between`;
}

/** Connects, once. */
function createTrying({ receiver }: SocketParts, { helloWithin }: Paces) {
  const { client } = receiver;
  let address: string | null = null;
  client.on('authenticated', ({ url }: { url?: string }) => {
    address = url ?? null;
  });
  const late = (): Error => new Ended(`no greeting within ${helloWithin / 1000} s`);

  return {
    /** Resolves when Slack has greeted, with what resolves when the connection is over. */
    async connect(): Promise<{ readonly ended: Promise<void> }> {
      let end: () => void = () => undefined;
      const ended = new Promise<void>((resolve) => {
        end = resolve;
      });
      client.once('disconnected', end);
      address = null;
      try {
        await within(helloWithin, receiver.start(), late);
        return { ended };
      } catch (error) {
        client.removeListener('disconnected', end);
        if (error instanceof Ended) await orNull(STOP_WITHIN_MS, receiver.stop());
        // The client fails without an error when it is the WebSocket that does.
        throw error ?? new Ended(await whyNoWebSocket(address));
      }
    },
  };
}

/**
 * Keeps a Socket Mode connection, for ever. Slack's client gives up for good when its first call is
 * refused or does not get through, and waits ten seconds before each renewal; so it only connects, and
 * when to connect again is decided here.
 */
export function createSocket(parts: SocketParts) {
  const { receiver, host, log } = parts;
  const paces = { ...PACES, ...parts.paces };
  const hearing = createHearing(parts, paces);
  const { connect } = createTrying(parts, paces);
  const stopping = new AbortController();
  const { signal } = stopping;
  let hear: (heard: boolean) => void = () => undefined;
  const heard = new Promise<boolean>((resolve) => {
    hear = resolve;
  });

  async function live(): Promise<void> {
    const { ended } = await connect();
    if (signal.aborted) return;
    hearing.there();
    hear(true);
    log.info('socket mode connected');
    const began = Date.now();
    await ended;
    if (signal.aborted) return;
    hearing.away('the connection ended', false);
    if (Date.now() - began < STEADY_MS) throw new Ended('Slack closed the connection');
    log.info('socket mode connection ended, renewing it');
  }

  /** What to wait before the next try, having told why there has to be one. */
  function missed(error: unknown, ms: number): number {
    const trouble = error instanceof Ended ? null : troubleOf(error);
    const reason = error instanceof Ended ? error.message : troubleText(troubleOf(error), host);
    hearing.away(reason, trouble?.type === 'refused');
    const asked = trouble?.type === 'limited' ? trouble.seconds * 1000 : 0;
    const retryMs = Math.round(Math.max(asked, jittered(ms)));
    log.error('socket mode not connected', { reason, retryMs, next: NEXT });
    return retryMs;
  }

  async function keep(): Promise<void> {
    for (let wait = paces.firstPause; !signal.aborted; ) {
      try {
        await live();
        wait = paces.firstPause;
      } catch (error) {
        if (signal.aborted) break;
        const retryMs = missed(error, wait);
        wait = Math.min(paces.longestPause, wait * 2);
        await pause(retryMs, undefined, { signal, ref: false }).catch(() => undefined);
      }
    }
    // What was under way when it was stopped may have connected after all.
    await receiver.stop();
  }

  let kept: Promise<void> | undefined;
  return {
    /** Null while something is heard, and for the moments that a renewal takes. */
    deaf: hearing.deaf,
    /** True as soon as Slack is heard for the first time; false when stopped before. */
    heard,
    /** Begins; does not wait for the connection, which may take an outage long. */
    start(): void {
      hearing.begin();
      kept = keep();
    },
    async stop(): Promise<void> {
      stopping.abort();
      hear(false);
      hearing.stop();
      await receiver.stop();
      await orNull(STOP_WITHIN_MS, kept ?? Promise.resolve());
    },
  };
}
