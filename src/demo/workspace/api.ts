import type { Args } from './args.ts';
import type { Json } from './limits/rules.ts';
import { METHODS } from './methods/index.ts';
import { missingScope } from './scopes.ts';
import { breach, refuse, SlackError } from './slack-error.ts';
import { recordViolation, type State } from './state.ts';

function checkToken(state: State, method: string, token: string): void {
  const expected = method === 'apps.connections.open' ? state.appToken : state.botToken;
  if (!token) throw breach('not_authed', 'no token');
  if (token !== expected)
    throw breach('invalid_auth', `not a token of this app: ${token.slice(0, 9)}…`);
}

function checkScope(state: State, method: string, args: Args): void {
  const id = args.text('channel') || args.text('channel_id');
  const channel = state.channels.get(id);
  const asksPrivate = method === 'conversations.create' && args.flag('is_private');
  const direct = channel?.kind === 'im' || channel?.kind === 'mpim';
  const kind = direct ? 'im' : asksPrivate || channel?.kind === 'private' ? 'private' : 'public';
  const needed = missingScope(method, kind, state.scopes);
  if (!needed) return;
  const provided = [...state.scopes].join(',');
  throw breach('missing_scope', `needs ${needed}`, { needed, provided });
}

/** What a call is answered; refusals are thrown. */
function answer(state: State, method: string, args: Args, token: string): Json {
  const run = METHODS[method];
  if (!run) throw breach('unknown_method', `${method} is not a method that this workspace knows`);
  checkToken(state, method, token);
  checkScope(state, method, args);
  return { ok: true, ...run(args, state) };
}

/** What a forced error answers. */
export const forcedError = (code: string): Json => refusal(refuse(code));

function refusal(error: SlackError): Json {
  return { ok: false, error: error.code, ...error.extra };
}

/** The result of a call: its JSON body, and Retry-After when it came too soon. */
export interface Outcome {
  readonly body: Json;
  readonly retryAfter: number | undefined;
}

/** Runs one Web API call and writes down what it broke. */
export function callMethod(state: State, method: string, args: Args, token: string): Outcome {
  try {
    return { body: answer(state, method, args, token), retryAfter: undefined };
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    if (error.breach) recordViolation(state, method, error.code, error.breach);
    const retryAfter = 'retryAfter' in error ? Number(error.retryAfter) : undefined;
    return { body: refusal(error), retryAfter };
  }
}
