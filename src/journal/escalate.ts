import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Decision, Notice } from '../domain/decision.ts';
import { isOver } from '../domain/incident.ts';
import type { Instant } from '../domain/instant.ts';
import type { Settings } from '../domain/settings.ts';
import type { Delivered, Delivery, Glance, Posts, Store } from '../ports.ts';
import type { Escalation, Slate } from '../slate.ts';
import { channelPing, createCatchUp } from './catch-up.ts';
import type { Memory } from './memory.ts';
import type { Outage } from './outage.ts';
import { escalationMessage } from './wording.ts';

/** What it takes to escalate without the database. */
export interface EscalatingParts {
  /** Slack's deliverer, which looks up what it needs in the given store. */
  readonly deliverFrom: (store: Store & Posts) => (delivery: Delivery) => Promise<Delivered>;
  /** The outbox's own key of a notice, so that what is posted here is found by it later. */
  readonly outboxKey: (incident: string, key: string) => string;
  readonly onEscalated: (incident: string) => void;
  /** How long the database must have been silent. */
  readonly afterMs?: number;
  /** Replicas wait for a random while, so that they seldom come at the same moment. */
  readonly jitterMs?: number;
  /** How long the others give the one that came first. */
  readonly takeOverMs?: number;
}

export interface EscalationParts extends EscalatingParts {
  readonly memory: Memory;
  readonly outage: Outage;
  readonly slate: Slate;
  readonly settings: Settings;
  readonly onFired: (channel: string) => void;
  /** Memory, as a store. */
  readonly store: Store & Posts;
  readonly onError: (error: unknown) => void;
}

const PINGS = ['ping', 'ping group', 'ping schedule'];
const TRIES = 4;
const LONGEST_WAIT_MS = 5000;

const isDue = ({ incident, timers }: Glance, now: Instant): boolean =>
  !isOver(incident) &&
  !incident.drill &&
  incident.channel.id !== null &&
  timers.some(({ state, dueAt }) => state === 'pending' && dueAt <= now);

/** How long to wait before it is tried again; null where it came to an end. */
function waitAfter(delivered: Delivered, tried: number): number | null {
  if (delivered.type === 'done' || delivered.type === 'failed' || tried >= TRIES) return null;
  return delivered.type === 'wait' ? Math.min(delivered.ms, LONGEST_WAIT_MS) : 500 * tried;
}

/** Delivers one notice, and what follows from it, in spite of limits and lost answers. */
function sending({ outage, outboxKey, onError, ...parts }: EscalationParts) {
  const deliver = parts.deliverFrom(parts.store);
  return async function send(glance: Glance, notice: Notice): Promise<void> {
    const { id, workspace } = glance.incident;
    const delivery: Delivery = {
      id: 'journal',
      key: outboxKey(id, notice.key),
      ...{ workspace, incident: id, to: notice.to, what: notice.what, attempts: 1 },
      // Looked for first: another replica may have posted it.
      unsureSince: outage.since() ?? outage.now(),
    };
    let delivered = await deliver(delivery);
    for (let tried = 1; ; tried += 1) {
      const ms = waitAfter(delivered, tried);
      if (ms === null) break;
      await pause(ms);
      delivered = await deliver(delivery);
    }
    if (delivered.type !== 'done') onError(new Error(`could not ${notice.what.type}`));
    else for (const next of delivered.next ?? []) await send(glance, next);
  };
}

/**
 * Lets clocks fire from memory while there is no database.
 *
 * What is due is first written into the incident's channel. The earliest such message there decides
 * which replica pings, and lets the record follow afterwards, from the same moment and so under the
 * same keys.
 */
export function createEscalation(parts: EscalationParts) {
  const { memory, outage, slate } = parts;
  const { afterMs = 20_000, jitterMs = 3000, takeOverMs = 10_000 } = parts;
  const { foreign, firing, keyOf, remember, applyFiring, catchUp } = createCatchUp(parts);
  const send = sending(parts);
  const me = randomUUID();
  const underWay = new Set<string>();

  /** Whoever wrote it into the channel first. */
  async function claim(
    id: string,
    channel: string,
    decision: Decision,
    key: string,
    at: Instant,
  ): Promise<Escalation> {
    const known = (await catchUp(id, channel)).find((one) => one.key === key);
    if (known !== undefined) return known;
    const said = decision.entries.map(({ text }) => [text]);
    const since = outage.since() ?? at;
    await slate.write(channel, escalationMessage(said, since), {
      ...{ type: 'escalation', key, at, incident: id, by: me },
    });
    const written = (await catchUp(id, channel)).find((one) => one.key === key);
    if (written === undefined) throw new Error('what was written is not there');
    return written;
  }

  /** Fires what is due of one incident, unless somebody acted or was first meanwhile. */
  async function escalate(id: string, channel: string): Promise<void> {
    await pause(Math.random() * jitterMs);
    for (const fired of await catchUp(id, channel)) applyFiring(id, fired);
    const glance = memory.byId(id);
    const now = outage.now();
    if (glance === null || foreign.has(id) || !outage.isOn() || !isDue(glance, now)) return;
    const decision = firing(glance, now);
    const ping = channelPing(decision);
    if (ping === undefined) return;
    const key = keyOf(id, ping);
    const first = await claim(id, channel, decision, key, now);
    if (first.by !== me) {
      await pause(takeOverMs);
      await catchUp(id, channel);
    }
    // Somebody may have acted since it was decided, and then nobody is pinged any more.
    const current = memory.byId(id) ?? glance;
    const agreed = firing(current, first.at);
    const still = channelPing(agreed);
    if (still === undefined || keyOf(id, still) !== key) return;
    remember(key, current, agreed);
    await sendAll(current, agreed, ping);
    if (first.by === me) parts.onEscalated(id);
  }

  /** The channel's ping first. What is not out when the database is back is sent from the outbox. */
  async function sendAll(glance: Glance, { notices }: Decision, ping: Notice): Promise<void> {
    const pings = notices.filter(({ what }) => PINGS.includes(what.type));
    const others = pings.filter(({ key }) => key !== ping.key);
    for (const notice of [ping, ...others]) if (outage.isOn()) await send(glance, notice);
  }

  return {
    /** Looks for what is due; does nothing while the database answers. */
    look(): void {
      if (!outage.isOn() || outage.ms() < afterMs) return;
      const now = outage.now();
      for (const glance of memory.all().filter((one) => isDue(one, now))) {
        const { id, channel } = glance.incident;
        if (underWay.has(id) || foreign.has(id) || channel.id === null) continue;
        underWay.add(id);
        escalate(id, channel.id)
          .catch(parts.onError)
          .finally(() => underWay.delete(id));
      }
    },
    /** The database is back: what others know is in the record. */
    over: (): void => foreign.clear(),
  };
}
