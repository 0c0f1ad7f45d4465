import type { Reply } from '../domain/decision.ts';
import type { Change, Posts, Store } from '../ports.ts';
import { createActionItems } from './action-items.ts';
import { answering } from './answering.ts';
import { createArchives } from './archive.ts';
import { createBreaker } from './breaker.ts';
import { createCaptured } from './captured.ts';
import { createChange } from './change.ts';
import type { Sql } from './connect.ts';
import { createDenied } from './denied.ts';
import { createHome } from './home.ts';
import { createInbound } from './inbound.ts';
import type { Refuse } from './outcome.ts';
import { createOverrides } from './overrides.ts';
import { createReads } from './reads.ts';
import { createSearch } from './search.ts';
import type { Needs } from './snapshot.ts';
import { createStats } from './stats.ts';

/** Slack waits three seconds; what is left is for writing it down in Slack instead. */
const ANSWER_WITHIN_MS = 1200;

export interface StoreRules {
  /** Which entries a change needs to see. */
  readonly needsOf: (change: Change) => Needs;
  /** How a refusal is worded for the person who asked. */
  readonly refuse: (refusal: Parameters<Refuse>[0], typed: string) => Reply;
}

/**
 * PostgreSQL behind the core's interface.
 *
 * `commands` is a small pool of its own, so that a storm of timers can never keep somebody
 * waiting for an answer.
 */
export function createStore(
  commands: Sql,
  { needsOf, refuse }: StoreRules,
  answerWithinMs = ANSWER_WITHIN_MS,
  breaker = createBreaker(),
): Store & Posts {
  const { purge: _, ...inbound } = createInbound(commands);
  const store = {
    ...createReads(commands),
    ...createActionItems(commands),
    ...createHome(commands),
    ...createArchives(commands),
    ...createCaptured(commands),
    ...createSearch(commands),
    ...createStats(commands),
    ...createDenied(commands),
    ...inbound,
    ...createOverrides(commands, refuse),
    change: createChange(commands, needsOf, refuse),
  };
  return answering(store, answerWithinMs, breaker);
}
