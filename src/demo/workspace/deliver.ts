import { setTimeout as wait } from 'node:timers/promises';
import type { Json } from './limits/rules.ts';
import { signatureHeaders } from './signing.ts';
import type { SocketMode } from './socket-mode.ts';
import { recordViolation, type State } from './state.ts';
import type { Answer, Delivery } from './types.ts';

const ACK_MS = 3000;

/** How the workspace reaches Muster. */
export interface Reach {
  requestUrl: string | undefined;
  readonly socket: SocketMode;
}

/** Something to tell Muster. */
export interface Parcel {
  readonly kind: Delivery['kind'];
  readonly payload: Json;
  /** Which retry this is, for events. */
  readonly retry?: number | undefined;
  /** What the bot itself brought about: kept apart from what people do, who can be answered late. */
  readonly echo?: true;
}

function parsed(text: string): unknown {
  if (!text) return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function pack(state: State, { kind, payload, retry }: Parcel): Delivery {
  // Exactly these types, without a charset: Bolt compares the whole string.
  const type = kind === 'event' ? 'application/json' : 'application/x-www-form-urlencoded';
  const asText = (entries: Json) =>
    new URLSearchParams(
      Object.entries(entries).map(([name, value]): [string, string] => [name, String(value)]),
    );
  const body =
    kind === 'event'
      ? JSON.stringify(payload)
      : kind === 'command'
        ? asText(payload).toString()
        : asText({ payload: JSON.stringify(payload) }).toString();
  const retried = retry
    ? { 'x-slack-retry-num': String(retry), 'x-slack-retry-reason': 'http_timeout' }
    : {};
  const headers = {
    'content-type': type,
    ...signatureHeaders(state.signingSecret, body),
    ...retried,
  };
  return { kind, body, headers };
}

/** Posts bytes to Muster's request URL and measures the answer. */
export async function post(
  url: string,
  { body, headers }: Pick<Delivery, 'body' | 'headers'>,
  timeoutMs: number,
): Promise<Answer> {
  const start = performance.now();
  const ms = () => Math.round(performance.now() - start);
  try {
    const signal = AbortSignal.timeout(timeoutMs);
    const response = await fetch(url, { method: 'POST', body, headers, signal });
    const answer = parsed(await response.text());
    return { status: response.status, ms: ms(), body: answer, error: undefined };
  } catch (error) {
    const late = error instanceof Error && error.name === 'TimeoutError';
    const reason = late ? 'operation_timeout' : 'dispatch_failed';
    return { status: 0, ms: ms(), body: null, error: reason };
  }
}

async function send(reach: Reach, parcel: Parcel, timeoutMs: number): Promise<Answer> {
  const start = performance.now();
  const late = wait(timeoutMs, 'late' as const, { ref: false });
  const said = reach.socket.deliver(parcel.kind, parcel.payload, parcel.retry);
  const outcome = await Promise.race([said, late]);
  const ms = Math.round(performance.now() - start);
  if (outcome === 'late') return { status: 0, ms, body: null, error: 'operation_timeout' };
  if (outcome === undefined) return { status: 0, ms, body: null, error: 'dispatch_failed' };
  return { status: 200, ms, body: outcome, error: undefined };
}

/** Delivers a command, an interaction or an event, by socket when Muster connected that way. */
export async function deliver(state: State, reach: Reach, parcel: Parcel): Promise<Answer> {
  const delivery = pack(state, parcel);
  (parcel.echo ? state.echoes : state.deliveries).push(delivery);
  const timeoutMs = state.options.ackTimeoutMs ?? ACK_MS;
  const answer = reach.socket.connected()
    ? await send(reach, parcel, timeoutMs)
    : await post(requestUrl(reach), delivery, timeoutMs);
  // A refused connection is the world's doing; a late or failed answer is Muster's.
  if (answer.error === 'operation_timeout' && !parcel.echo) {
    recordViolation(state, parcel.kind, answer.error, `no answer within ${timeoutMs} ms`);
  }
  if (answer.status >= 300) {
    recordViolation(state, parcel.kind, 'dispatch_failed', `answered HTTP ${answer.status}`);
  }
  return answer;
}

/** Where Muster listens; a mistake of the test when nobody said. */
export function requestUrl(reach: Reach): string {
  if (!reach.requestUrl) throw new Error('Nothing listens: call workspace.connect(requestUrl).');
  return reach.requestUrl;
}
