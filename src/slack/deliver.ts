import type { WebClient } from '@slack/web-api';
import type { NoticeBody } from '../domain/decision.ts';
import type { Settings } from '../domain/settings.ts';
import {
  type Delivered,
  type Delivery,
  type Posts,
  type Store,
  StoreUnavailable,
} from '../ports.ts';
import { createCalls } from './calls.ts';
import type { Log } from './log.ts';
import { createMembers } from './members.ts';
import { keptFrom } from './notices/away.ts';
import { CannotDeliver, LeaseLost } from './notices/errand.ts';
import { type Errand, NOTICES } from './notices/index.ts';
import { shutOut } from './notices/shut-out.ts';
import { classify, isSlackError, type Verdict } from './outcome.ts';
import { revive, undelivered } from './undelivered.ts';

/** What delivering needs. */
export interface DelivererSetup {
  readonly client: WebClient;
  readonly store: Store & Posts;
  readonly settings: Settings;
  readonly botUserId: string;
  readonly log: Log;
  /** Between the parts of one message: Slack allows about one a second per channel. */
  readonly pauseMs?: number;
}

/** After this many times it is ourselves who are broken, and not Slack or the database. */
const OWN_FAULTS = 6;

/** However often PostgreSQL was away meanwhile, that is no fault of the delivery. */
const isOurs = (error: unknown): boolean =>
  !isSlackError(error) && !(error instanceof StoreUnavailable);

const perform = <T extends NoticeBody>(what: T, errand: Errand): Promise<Delivered> => {
  const deliver = NOTICES[what.type] as (what: T, errand: Errand) => Promise<Delivered>;
  return deliver(what, errand);
};

/** What is left to do after an error: for an archived channel, a second try; for one that is gone, another way. */
async function afterwards(
  errand: Errand,
  verdict: Verdict,
  retry: Retry,
  instead: (code: string) => Promise<Delivered | null>,
): Promise<Delivered> {
  switch (verdict.type) {
    case 'done':
      return { type: 'done' };
    case 'archived':
      return (
        (await retry()) ?? (await instead(verdict.reason)) ?? undelivered(errand, verdict.reason)
      );
    case 'failed':
      return (await instead(verdict.reason)) ?? undelivered(errand, verdict.reason);
    case 'wait':
      // Part of it is out: only a row in doubt is searched for before it goes on.
      return errand.progress.posted ? { type: 'unsure', reason: verdict.reason } : verdict;
    case 'unsure':
      return verdict;
  }
}

type Retry = () => Promise<Delivered | null>;

async function attempt(errand: Errand, mayRevive: boolean): Promise<Delivered> {
  const { delivery, log, progress } = errand;
  try {
    return (await keptFrom(errand)) ?? (await perform(delivery.what, errand));
  } catch (error) {
    if (error instanceof CannotDeliver) return undelivered(errand, error.message, false);
    if (error instanceof LeaseLost) return { type: 'unsure', reason: error.message };
    if (isOurs(error) && delivery.attempts >= OWN_FAULTS) {
      log.error('delivery given up', { row: delivery.id, type: delivery.what.type }, error);
      return undelivered(errand, 'an error of its own');
    }
    const verdict = classify(error, progress.posting ? 'channel' : 'method');
    const facts = { row: delivery.id, type: delivery.what.type, verdict: verdict.type };
    log.warn('slack call failed', facts, error);
    return afterwards(
      errand,
      verdict,
      async () => (mayRevive && (await revive(errand)) ? attempt(errand, false) : null),
      async (code) => {
        const other = await shutOut(errand, code);
        return other === null || 'type' in other ? other : attempt(other, false);
      },
    );
  }
}

/**
 * Performs the Slack calls of one outbox row and says what became of it. Never throws.
 *
 * A row whose earlier attempt is in doubt is looked for in Slack before anything is posted again.
 */
export function createDeliverer(setup: DelivererSetup): (delivery: Delivery) => Promise<Delivered> {
  const { client, pauseMs = 1100, ...rest } = setup;
  const calls = createCalls(client);
  const members = createMembers(calls, rest.store, rest.log);
  return (delivery) => {
    const progress = { posted: false, posting: false };
    return attempt({ ...rest, delivery, calls, members, pauseMs, progress }, true);
  };
}
