import { within } from '../deadline.ts';
import { StoreUnavailable } from '../ports.ts';
import { type Breaker, createBreaker } from './breaker.ts';
import { late, understood } from './unavailable.ts';

/** A frozen PostgreSQL neither answers nor refuses, and postgres.js would wait for ever. */
async function bounded<T>(ms: number, breaker: Breaker, ask: () => Promise<T>): Promise<T> {
  if (!breaker.allows()) throw late();
  try {
    const answer = await within(ms, ask(), late);
    breaker.succeeded();
    return answer;
  } catch (error) {
    const known = understood(error);
    if (known instanceof StoreUnavailable) breaker.failed(known.why);
    else breaker.succeeded();
    throw known;
  }
}

type Methods = Record<string, (...values: never[]) => Promise<unknown>>;

/**
 * The same methods, each of which answers in time or throws `StoreUnavailable`; at once, when
 * those before it had no answer.
 *
 * What was asked for may still be done after the deadline: every write has a key that makes its
 * repetition harmless.
 */
export function answering<T extends object>(store: T, ms: number, breaker = createBreaker()): T {
  const methods = Object.entries(store as unknown as Methods).map(([name, method]) => [
    name,
    (...values: never[]) => bounded(ms, breaker, () => method(...values)),
  ]);
  return Object.fromEntries(methods) as T;
}
