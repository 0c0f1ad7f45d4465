import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { parse } from 'node:querystring';
import { isValidSlackRequest } from '@slack/bolt';
import type { Log } from './log.ts';

/** What is checked before Bolt sees a request. */
export interface GuardOptions {
  readonly path: string;
  readonly signingSecret: string;
  readonly bodyLimit: number;
  /** Only this app's requests, when it is known. */
  readonly appId?: string | null | undefined;
  readonly log: Log;
}

/** A request whose body has been read, which Bolt takes as it is. */
type Buffered = IncomingMessage & { rawBody?: Buffer };

const FUTURE_SECONDS = 5 * 60;
const FORM = 'application/x-www-form-urlencoded';

const answer = (response: ServerResponse, status: number): void => {
  if (response.headersSent) return;
  response.writeHead(status, status === 413 ? { connection: 'close' } : {});
  response.end();
};

/** The whole body, or null as soon as it is too long. */
async function bodyOf(request: IncomingMessage, limit: number): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    size += bytes.length;
    if (size > limit) return null;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What every command has; Slack sends none without. */
const OF_A_COMMAND = ['command', 'user_id', 'team_id', 'channel_id', 'trigger_id'];

/** The fields of a body as Bolt will read them; null where it would trip over them. */
function fieldsOf(body: string, contentType: string): Record<string, unknown> | null {
  try {
    const form = contentType === FORM ? parse(body) : null;
    // A field that is there twice is a list, and nobody knows which of them was meant.
    if (form && Object.values(form).some(Array.isArray)) return null;
    if (form && typeof form.payload !== 'string') {
      const whole = form.ssl_check === '1' || OF_A_COMMAND.every((field) => form[field]);
      return whole ? { ...form } : null;
    }
    const read: unknown = JSON.parse(form ? String(form.payload) : body);
    return isObject(read) ? read : null;
  } catch {
    return null;
  }
}

/** Slack asks like this, now and then and unsigned, whether the address has a certificate. */
const IS_SSL_CHECK = /(?:^|&)ssl_check=1(?:&|$)/;

const isFromFuture = (stamp: string | undefined): boolean =>
  Number(stamp) - Date.now() / 1000 > FUTURE_SECONDS;

const one = (value: string | string[] | undefined): string =>
  Array.isArray(value) ? (value[0] ?? '') : (value ?? '');

function isSigned(
  { signingSecret }: GuardOptions,
  request: IncomingMessage,
  body: string,
): boolean {
  const signature = one(request.headers['x-slack-signature']);
  const stamp = Number(one(request.headers['x-slack-request-timestamp']));
  return isValidSlackRequest({
    signingSecret,
    body,
    headers: { 'x-slack-signature': signature, 'x-slack-request-timestamp': stamp },
  });
}

/** The status of a refusal, or null when the request may go on to Bolt, which verifies it again. */
function refusal(options: GuardOptions, request: IncomingMessage, body: string): number | null {
  if (isFromFuture(one(request.headers['x-slack-request-timestamp']))) return 401;
  // Before anything in it is read.
  if (!isSigned(options, request, body) && !IS_SSL_CHECK.test(body)) return 401;
  const fields = fieldsOf(body, request.headers['content-type'] ?? '');
  if (fields === null) return 400;
  const { api_app_id: app, ssl_check: check, type } = fields;
  if (check === '1' || type === 'url_verification' || !options.appId) return null;
  return app === options.appId ? null : 401;
}

async function admit(
  options: GuardOptions,
  next: RequestListener,
  request: Buffered,
  response: ServerResponse,
): Promise<void> {
  // Bolt compares the content type as a whole, so a charset would make it refuse the request.
  const [kind = ''] = (request.headers['content-type'] ?? '').split(';');
  request.headers['content-type'] = kind.trim().toLowerCase();
  const body = await bodyOf(request, options.bodyLimit);
  if (body === null) return answer(response, 413);
  request.rawBody = body;
  const refused = refusal(options, request, body.toString());
  if (refused === null) return next(request, response);
  options.log.warn('request refused', { status: refused });
  answer(response, refused);
}

/** Checks what Bolt does not: clocks in the future, bodies that are no objects, other apps' requests. */
export function guarded(next: RequestListener, options: GuardOptions): RequestListener {
  return (request, response) => {
    const path = (request.url ?? '').split('?')[0];
    if (path !== options.path || request.method !== 'POST') return next(request, response);
    admit(options, next, request, response).catch((error: unknown) => {
      options.log.warn('request broken off', {}, error);
      answer(response, 400);
    });
  };
}
