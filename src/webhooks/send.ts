import { lookup } from 'node:dns/promises';
import type { IncomingMessage } from 'node:http';
import { type RequestOptions, request } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { rootCertificates } from 'node:tls';
import { within } from '../deadline.ts';
import { whyForbidden } from './addresses.ts';

/** One request, complete: nobody else adds a header to it. */
export interface WebhookRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What came back. Of the answer only this counts; its body is nobody's. */
export interface Answer {
  readonly status: number;
  readonly retryAfter: string | null;
}

/** Muster does not call this address; `message` says why, to be read by an administrator. */
export class Forbidden extends Error {}

/** Nothing came back. */
export class NoAnswer extends Error {
  readonly code: string;
  /** Whether the request may have arrived all the same. */
  readonly written: boolean;

  constructor(code: string, written: boolean) {
    super(`no answer: ${code}`);
    this.code = code;
    this.written = written;
  }
}

export type Send = (wanted: WebhookRequest, internal: boolean) => Promise<Answer>;

interface Address {
  readonly address: string;
  readonly family: number;
}

export interface SendOptions {
  /** A certificate authority to trust besides those that everybody trusts, as PEM. */
  readonly ca?: string;
  /** Every address of a name; the system's resolver unless given. */
  readonly resolve?: (name: string) => Promise<readonly Address[]>;
  /** For everything: resolving, connecting, sending, and the whole answer. */
  readonly deadlineMs?: number;
}

const DEADLINE_MS = 5000;
const MOST_BYTES = 64 * 1024;
const LATE = 'ETIMEDOUT';

/** How far a call came, for reading the error that ended it. */
interface Progress {
  written: boolean;
  answer: Answer | null;
}

/**
 * Sends requests to systems outside, and to no place where they must not go.
 *
 * A name is resolved once, every address of it is judged, and the connection goes to those and
 * nowhere else; the certificate must still be the name's. Redirects are not followed. At most five
 * seconds and 64 KB of an answer.
 *
 * @throws Forbidden before anything is connected to; NoAnswer.
 */
export function createSend(options: SendOptions = {}): Send {
  const { ca, deadlineMs = DEADLINE_MS } = options;
  const resolve = shared(options.resolve ?? ((name) => lookup(name, { all: true })));
  const trusted = ca === undefined ? {} : { ca: [...rootCertificates, ca] };
  return async (wanted, internal) => {
    const url = new URL(wanted.url);
    if (url.protocol !== 'https:') throw new Forbidden('it is not https');
    const progress: Progress = { written: false, answer: null };
    const stop = new AbortController();
    const call = async (): Promise<void> => {
      const addresses = await judged(url.hostname, internal, resolve);
      if (stop.signal.aborted) return;
      const pinned = { ...trusted, lookup: only(addresses), signal: stop.signal };
      await post(url, wanted, pinned, progress);
    };
    try {
      await within(deadlineMs, call(), () => Object.assign(new Error('late'), { code: LATE }));
    } catch (error) {
      if (error instanceof Forbidden) throw error;
      if (progress.answer === null) throw new NoAnswer(codeOf(error), progress.written);
    } finally {
      stop.abort();
    }
    if (progress.answer === null) throw new NoAnswer(LATE, progress.written);
    return progress.answer;
  };
}

/**
 * Looks a name up once for all who ask for it in the same moment: a resolver that hangs takes one
 * of the few threads that look names up, and Slack's name is looked up there too.
 */
function shared<T>(look: (name: string) => Promise<T>): (name: string) => Promise<T> {
  const underWay = new Map<string, Promise<T>>();
  return (name) => {
    const looking = underWay.get(name) ?? look(name).finally(() => underWay.delete(name));
    underWay.set(name, looking);
    return looking;
  };
}

/** The addresses of a host, all of which may be called. One that may not forbids them all. */
async function judged(
  host: string,
  internal: boolean,
  resolve: (name: string) => Promise<readonly Address[]>,
): Promise<readonly Address[]> {
  const name = host.replace(/^\[|\]$/g, '');
  const family = isIP(name);
  const addresses = family === 0 ? await resolve(name) : [{ address: name, family }];
  for (const { address } of addresses) {
    const why = whyForbidden(address, internal);
    if (why !== null) throw new Forbidden(`its address ${address} is ${why}`);
  }
  if (addresses.length === 0) throw Object.assign(new Error('no address'), { code: 'ENOTFOUND' });
  return addresses;
}

/** A resolver that knows these addresses and asks nobody. */
const only =
  (addresses: readonly Address[]): LookupFunction =>
  (_name, { all }, done) => {
    const [first] = addresses;
    if (all === true) done(null, [...addresses]);
    else done(null, first?.address ?? '', first?.family);
  };

function post(
  url: URL,
  { headers, body }: WebhookRequest,
  pinned: RequestOptions,
  progress: Progress,
): Promise<void> {
  const length = String(Buffer.byteLength(body));
  const all = { ...headers, 'user-agent': 'Muster', 'content-length': length };
  return new Promise((resolve, reject) => {
    // An agent of its own: no connection is kept that was made for another judgement.
    const call = request(url, { ...pinned, agent: false, method: 'POST', headers: all });
    call.on('error', reject);
    call.on('socket', (socket) => {
      socket.once('secureConnect', () => {
        progress.written = true;
      });
    });
    call.on('response', (response) => {
      const { statusCode = 0, headers: said } = response;
      progress.answer = { status: statusCode, retryAfter: said['retry-after'] ?? null };
      readThrough(response, resolve);
    });
    call.end(body);
  });
}

/** Reads the answer to its end, so that nobody takes us for gone, but not more than is bearable. */
function readThrough(response: IncomingMessage, done: () => void): void {
  let bytes = 0;
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) done();
  });
  response.once('close', done);
  response.on('error', done);
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : 'EUNKNOWN';
