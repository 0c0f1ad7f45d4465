import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { callMethod, forcedError } from './api.ts';
import { Args, parseArgs } from './args.ts';
import type { Json } from './limits/rules.ts';
import { recordViolation, type State } from './state.ts';
import type { Call, Fault } from './types.ts';
import { receiveResponse } from './whisper.ts';

const FOREVER_MS = 60_000;

/** A request with its body. */
interface Received {
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

interface Answer {
  readonly status: number;
  readonly headers?: Record<string, string>;
  readonly body: string;
}

/** What a request is for, and how to do it. */
interface Job {
  readonly method: string;
  readonly args: Json;
  readonly run: () => Answer | Promise<Answer>;
}

const json = (body: unknown, status = 200, headers = {}): Answer => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  body: JSON.stringify(body),
});

async function receive(request: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  return { url, headers: request.headers, body: Buffer.concat(chunks) };
}

async function uploadedBytes({ headers, body }: Received): Promise<Buffer> {
  const type = headers['content-type'] ?? '';
  if (!type.includes('multipart/form-data') && !type.includes('urlencoded')) return body;
  const form: Iterable<[string, unknown]> = await new Response(new Uint8Array(body), {
    headers: { 'content-type': type },
  }).formData();
  const [part] = [...form].map(([, value]) => value);
  return part instanceof Blob ? Buffer.from(await part.arrayBuffer()) : Buffer.from(String(part));
}

function uploadJob(state: State, id: string, received: Received): Job {
  const run = async () => {
    const file = state.pendingFiles.get(id);
    if (!file) return { status: 404, body: 'not found' };
    file.content = await uploadedBytes(received);
    return { status: 200, body: `OK - ${file.content.length}` };
  };
  return { method: 'upload', args: { id }, run };
}

function apiJob(state: State, method: string, received: Received): Job {
  const type = received.headers['content-type'] ?? '';
  const args = type.includes('multipart')
    ? new Args({})
    : parseArgs(received.body.toString(), type, received.url.searchParams);
  const bearer = /^Bearer (.+)$/.exec(received.headers.authorization ?? '')?.[1];
  const run = () => {
    const { body, retryAfter } = callMethod(state, method, args, bearer ?? args.text('token'));
    if (retryAfter !== undefined) return json(body, 429, { 'retry-after': String(retryAfter) });
    return json(body, 200, { 'x-oauth-scopes': [...state.scopes].join(',') });
  };
  return { method, args: args.raw, run };
}

function jobFor(state: State, received: Received): Job {
  const [, place = '', ...rest] = received.url.pathname.split('/');
  const name = rest.join('/');
  if (place === 'api') return apiJob(state, name, received);
  if (place === 'upload') return uploadJob(state, name, received);
  if (place === 'response') {
    const body = received.body.toString();
    const run = () => {
      const [status, said] = receiveResponse(state, name, body);
      return { status, body: said };
    };
    return { method: 'response_url', args: { id: name, body }, run };
  }
  const run = () => ({ status: 404, body: 'not found' });
  return { method: received.url.pathname, args: {}, run };
}

function takeFault(state: State, { method, args }: Job): Fault | undefined {
  const fault = state.faults.find(
    (candidate) =>
      candidate.times > 0 && candidate.method.test(method) && (candidate.match?.(args) ?? true),
  );
  if (fault) fault.times -= 1;
  return fault;
}

const broken = (status: number, body: string): Answer => ({ status, body });

/** Runs a job under a fault; nothing means that the connection is dropped. */
async function runUnder(fault: Fault, job: Job): Promise<Answer | undefined> {
  const { mode } = fault;
  const hang = fault.hangMs ?? FOREVER_MS;
  const happens = mode === 'ok' || mode === 'slow' || mode.endsWith('-after');
  if (mode === 'slow') await wait(hang, undefined, { ref: false });
  const answer = happens ? await job.run() : undefined;
  fault.onHit?.();
  if (mode === 'hang' || mode === 'hang-after') await wait(hang, undefined, { ref: false });
  if (mode === '429') {
    const headers = { 'retry-after': String(fault.retryAfter ?? 1) };
    return json(forcedError('ratelimited'), 429, headers);
  }
  if (mode.startsWith('500')) return broken(500, 'Internal Server Error');
  if (mode === 'error') return json(forcedError(fault.error ?? 'internal_error'));
  return mode === 'ok' || mode === 'slow' ? answer : undefined;
}

function noteOutcome(call: Call, answer: Answer | undefined): void {
  if (!answer) return;
  const text = answer.headers?.['content-type']?.includes('json') ? answer.body : '{}';
  const body = JSON.parse(text) as Json;
  call.ok = answer.status === 200 && body.ok !== false;
  call.error = call.ok ? undefined : String(body.error ?? answer.body);
}

async function serve(state: State, request: IncomingMessage, response: ServerResponse) {
  const job = jobFor(state, await receive(request));
  const fault = takeFault(state, job);
  const { method, args } = job;
  const call: Call = {
    at: Date.now(),
    method,
    args,
    ok: false,
    error: 'no_answer',
    fault: fault?.mode,
  };
  state.calls.push(call);
  if (state.options.latencyMs) await wait(state.options.latencyMs);
  const answer = fault ? await runUnder(fault, job) : await job.run();
  noteOutcome(call, answer);
  if (!answer) request.socket.destroy();
  else response.writeHead(answer.status, answer.headers).end(answer.body);
}

/** Slack's own side of HTTP: the Web API, response URLs and uploads, on 127.0.0.1 only. */
export async function startFront(state: State): Promise<Server> {
  const server = createServer((request, response) => {
    serve(state, request, response).catch((error: unknown) => {
      recordViolation(state, request.url ?? '', 'malformed_request', String(error));
      if (!response.headersSent) response.writeHead(400);
      response.end();
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(state.options.port ?? 0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  state.baseUrl = `http://127.0.0.1:${port}`;
  return server;
}
