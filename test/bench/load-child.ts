import { createHmac, randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';
import { answer } from './child.ts';
import { channelOf, IN_FLIGHT, personOf, SECRET, WORKSPACE } from './office.ts';

// Slack, as far as a slash command is concerned: signed forms over connections that stay open, a
// fixed number under way at any time (a closed loop: whoever is answered types the next line).

/** What to send, and for how long. */
export interface Load {
  readonly url: string;
  readonly forMs: number;
  /** Each person in an incident of their own, or everybody in one. */
  readonly shape: 'spread' | 'one';
}

/** What came of it. */
export interface Measured {
  readonly requests: number;
  readonly seconds: number;
  /** Milliseconds from the first byte sent to the last one received. */
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

const agent = new Agent({ keepAlive: true, maxSockets: IN_FLIGHT });
let sent = 0;

/** Every fourth line with a time of its own, as somebody types who catches up. */
function line(): string {
  sent += 1;
  const what = `restarted the pool on node ${sent}, errors fall`;
  return sent % 4 === 0 ? `log at 14:05 UTC, ${what}` : `log ${what}`;
}

function body(person: number, channel: number): string {
  const text = line();
  return new URLSearchParams({
    token: 'legacy',
    team_id: WORKSPACE,
    team_domain: 'bench',
    channel_id: channelOf(channel),
    channel_name: `inc-${channel}`,
    user_id: personOf(person),
    user_name: `person-${person}`,
    command: '/incident',
    text,
    api_app_id: 'A0BENCH',
    is_enterprise_install: 'false',
    response_url: 'http://127.0.0.1:9/response',
    trigger_id: `${sent}.${randomUUID()}`,
  }).toString();
}

function headers(form: string): Record<string, string | number> {
  const stamp = Math.floor(Date.now() / 1000);
  const digest = createHmac('sha256', SECRET).update(`v0:${stamp}:${form}`).digest('hex');
  return {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': Buffer.byteLength(form),
    'x-slack-request-timestamp': stamp,
    'x-slack-signature': `v0=${digest}`,
  };
}

function post(url: URL, form: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const { hostname, port, pathname: path } = url;
    const options = { hostname, port, path, method: 'POST', agent, headers: headers(form) };
    const sending = request(options, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
      });
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
    });
    sending.once('error', reject);
    sending.end(form);
  });
}

async function typeOn(url: URL, person: number, channel: number, until: number, took: number[]) {
  while (performance.now() < until) {
    const form = body(person, channel);
    const began = performance.now();
    const { status, text } = await post(url, form);
    took.push(performance.now() - began);
    // A refusal, or an acknowledgement without an answer, would be quick and worthless.
    if (status !== 200 || !text.includes('Logged')) throw new Error(`HTTP ${status}: ${text}`);
  }
}

async function run({ url, forMs, shape }: Load): Promise<Measured> {
  const took: number[] = [];
  const began = performance.now();
  const address = new URL(url);
  await Promise.all(
    Array.from({ length: IN_FLIGHT }, (_, person) =>
      typeOn(address, person, shape === 'one' ? 0 : person, began + forMs, took),
    ),
  );
  const seconds = (performance.now() - began) / 1000;
  took.sort((a, b) => a - b);
  const at = (share: number): number => took[Math.floor((took.length - 1) * share)] ?? 0;
  return { requests: took.length, seconds, p50: at(0.5), p99: at(0.99), max: at(1) };
}

answer({ run }, async () => agent.destroy());
