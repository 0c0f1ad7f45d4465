import { isOver } from '../domain/incident.ts';
import type { Settings, Webhook } from '../domain/settings.ts';
import { type Delivered, type Delivery, type Store, StoreUnavailable } from '../ports.ts';
import { type Call, eventOf, mentioned } from './event.ts';
import { FORMATS } from './formats/index.ts';
import { type Fault, type Verdict, verdictOf } from './outcome.ts';
import type { Send } from './send.ts';
import { type Told, tellFailed, tellReached, tellUnreached } from './telling.ts';
import { createTurns } from './turns.ts';

/** What calling webhooks needs. */
export interface WebhookSetup {
  readonly store: Pick<Store, 'glance' | 'person'>;
  readonly settings: Settings;
  /** The keys by the environment variables that hold them. */
  readonly keys: Readonly<Record<string, string>>;
  readonly send: Send;
  /** This machine's clock: receivers compare the time of a signature with theirs. */
  readonly now: () => number;
  /** Told of every call: which webhook, which event, what became of it, and how long it took. */
  readonly onCall: (webhook: string, event: string, outcome: string, seconds: number) => void;
}

/** From this attempt on people are told that a webhook cannot be reached. */
const TELL_AT = 3;
/** One that takes requests and never answers is given up after about a quarter of an hour, aloud. */
const GIVE_UP_AT = 35;
/** After this many times it is ourselves who are broken, and not the database. */
const OWN_FAULTS = 6;
/** So many calls of one webhook at a time; a hundred incidents must not look like an attack. */
const AT_ONCE = 10;

/** The clocks that an acknowledgement stops. */
const STOPPED = ['policy', 'acknowledge'];

type Done = Extract<Delivered, { type: 'done' }>;

/** What is known when a call is made. */
interface Occasion {
  readonly told: Told;
  readonly delivery: Delivery;
  readonly webhook: Webhook;
  readonly key: string;
}

/**
 * Calls the webhook of one outbox row and says what became of it. Throws where the database does
 * not answer, and for a fault of our own, the first times.
 *
 * An event that may have arrived is sent again under the same alert and delivery id, which is what
 * receivers tell a repetition by.
 */
export function createWebhookDeliverer(
  setup: WebhookSetup,
): (delivery: Delivery) => Promise<Delivered> {
  const turns = new Map(
    Object.keys(setup.settings.webhooks).map((name) => [name, createTurns(AT_ONCE)]),
  );
  return async (delivery) => {
    const prepared = await prepare(setup, delivery);
    if ('type' in prepared) return prepared;
    const inTurn = turns.get(prepared.webhook.name) ?? createTurns(AT_ONCE);
    try {
      return await inTurn(async () => after(prepared, await call(setup, prepared)));
    } catch (error) {
      if (delivery.attempts < OWN_FAULTS || error instanceof StoreUnavailable) throw error;
      return broken(prepared.told, 'Muster failed at it', 'own');
    }
  };
}

const failed = (reason: string): Delivered => ({ type: 'failed', reason });

/** Everything that is needed for the call, or why there is none to be made. */
async function prepare(setup: WebhookSetup, delivery: Delivery): Promise<Occasion | Delivered> {
  const { what, to, incident: id } = delivery;
  if (what.type !== 'call webhook' || to.type !== 'webhook') return failed('no call of a webhook');
  const incident = id === null ? null : ((await setup.store.glance(id))?.incident ?? null);
  if (incident === null) return failed('its incident is not known');
  // The rules page nobody for a drill; should one ever come here, it ends here.
  if (incident.drill) return failed('a drill calls nobody outside of its channel');
  if (isPast(what, incident)) return { type: 'done' };
  const told = { call: what, webhook: to.name, incident, settings: setup.settings };
  const webhook = ownOf(setup.settings.webhooks, to.name);
  const key = webhook === undefined ? undefined : ownOf(setup.keys, webhook.keyFrom);
  if (webhook === undefined) {
    return broken(told, 'it is no longer in the configuration', 'missing');
  }
  if (key === undefined) return broken(told, 'its key is not set', 'key');
  return { told, delivery, webhook, key };
}

const ownOf = <T>(record: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(record, name) ? record[name] : undefined;

/** Somebody acted while it waited: nobody is called any more for what is acknowledged or over. */
function isPast({ event, ping }: Call, incident: Told['incident']): boolean {
  // Whoever pages by hand is heard, whatever has become of it.
  if (event !== 'trigger' || ping === null || ping.timer === 'page') return false;
  const answered = incident.acknowledgedBy !== null;
  return isOver(incident) || (answered && STOPPED.includes(ping.timer));
}

async function call(setup: WebhookSetup, occasion: Occasion): Promise<Verdict> {
  const { told, delivery, webhook, key } = occasion;
  const { store, settings, send, now, onCall } = setup;
  const { incident } = told;
  const people = mentioned(told.call.ping?.why ?? []);
  const known = await Promise.all(people.map((id) => store.person(incident.workspace, id)));
  const names = Object.fromEntries(
    known.flatMap((person) => (person === null ? [] : [[person.id, person.name]])),
  );
  const event = eventOf(told.call, delivery.key, incident, settings, names);
  const request = FORMATS[webhook.format](event, { url: webhook.url, key, now: now() });
  const began = performance.now();
  const came = await send(request, webhook.internal).catch((error: unknown) => error);
  const verdict = verdictOf(came, delivery.attempts, now());
  const seconds = (performance.now() - began) / 1000;
  onCall(webhook.name, told.call.event, verdict.type, seconds);
  return verdict;
}

/** What the outbox is to do, and who is to hear of it. */
function after({ told, delivery: { attempts } }: Occasion, verdict: Verdict): Delivered {
  if (verdict.type === 'done') return reached(told, attempts);
  if (verdict.type === 'failed') return broken(told, verdict.reason, verdict.fault);
  if (verdict.type === 'unsure' && attempts >= GIVE_UP_AT) {
    return broken(told, `${verdict.reason}, ${attempts} times`, 'silence');
  }
  const next = attempts >= TELL_AT ? tellUnreached(told, verdict.reason) : [];
  return verdict.type === 'wait' ? { ...verdict, scope: 'channel', next } : { ...verdict, next };
}

const reached = (told: Told, attempts: number): Done =>
  attempts > TELL_AT ? { type: 'done', next: tellReached(told) } : { type: 'done' };

const broken = (told: Told, reason: string, fault: Fault): Delivered => ({
  type: 'failed',
  reason,
  next: tellFailed(told, reason, fault),
});
