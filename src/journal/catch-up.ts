import { randomUUID } from 'node:crypto';
import { fire } from '../domain/decide/index.ts';
import type { Decision, Notice, World } from '../domain/decision.ts';
import type { Instant } from '../domain/instant.ts';
import type { Settings } from '../domain/settings.ts';
import { withChanges } from '../domain/timers/index.ts';
import { understood } from '../handle.ts';
import type { Glance } from '../ports.ts';
import type { Escalation, Kept, Slate, TypedLine } from '../slate.ts';
import { applyTo, type Memory, snapshotOf } from './memory.ts';
import type { Outage } from './outage.ts';

const LOOK_BACK_MS = 60_000;

export interface CatchingUpParts {
  readonly memory: Memory;
  readonly outage: Outage;
  readonly slate: Slate;
  readonly settings: Settings;
  readonly outboxKey: (incident: string, key: string) => string;
  /** Told of a channel in which clocks fired: the record has to follow before its own clocks do. */
  readonly onFired: (channel: string) => void;
}

/** The ping in the incident's own channel, without which a firing is left to the database. */
export const channelPing = ({ notices }: Decision): Notice | undefined =>
  notices.find(({ to, what }) => to.type === 'incident' && what.type === 'ping');

/** Keeps memory in step with what other replicas have kept in Slack meanwhile. */
export function createCatchUp(parts: CatchingUpParts) {
  const { memory, outage, slate, settings } = parts;
  /** Incidents of which another replica knows more than we do. */
  const foreign = new Set<string>();

  const worldAt = (now: Instant): World => ({ now, settings, newId: randomUUID });
  /** What would fire now. */
  const firing = (glance: Glance, at: Instant): Decision => fire(snapshotOf(glance), worldAt(at));
  const keyOf = (incident: string, ping: Notice): string =>
    `fire:${parts.outboxKey(incident, ping.key)}`;

  function applyLine(id: string, { key, text, actor, source, at }: TypedLine): void {
    const read = understood({ text, actor: { id: actor, zone: null } }, settings);
    if (!read.ok || read.value.intent.type !== 'change') return;
    const { action } = read.value.intent;
    const request = { action, actor: { id: actor, zone: null }, source, typed: text };
    applyTo(memory, key, id, request, { ...worldAt(at), typedAt: at });
  }

  /**
   * Takes over what another replica let fire; one whose memory we do not share is left to it. What
   * is imported is in the record, which we have read since, or else have still to take over.
   */
  function applyFiring(id: string, { key, at }: Escalation, imported = false): void {
    const glance = memory.byId(id);
    if (glance === null || memory.has(key)) return;
    const decision = firing(glance, at);
    const ping = channelPing(decision);
    if (ping !== undefined && keyOf(id, ping) === key) remember(key, glance, decision);
    else if (!imported) foreign.add(id);
  }

  function remember(key: string, glance: Glance, { incident, timers }: Decision): void {
    if (incident.channel.id !== null) parts.onFired(incident.channel.id);
    memory.replace(key, { ...glance, incident, timers: withChanges(glance.timers, timers) });
  }

  function takeOver(id: string, kept: Kept, done: boolean): void {
    if (kept.type === 'line' && !done) applyLine(id, kept);
    if (kept.type === 'escalation' && kept.incident === id) applyFiring(id, kept, done);
  }

  /** Learns what was kept in the channel meanwhile, by whomever. */
  async function catchUp(id: string, channel: string): Promise<readonly Escalation[]> {
    const oldest = (outage.since() ?? outage.now()) - LOOK_BACK_MS;
    const found = await slate.since(channel, oldest);
    const escalations: Escalation[] = [];
    for (const { kept, done } of found) {
      if (kept.type === 'escalation' && kept.incident === id && !done) escalations.push(kept);
      else takeOver(id, kept, done);
    }
    return escalations;
  }

  return { foreign, firing, keyOf, remember, applyFiring, catchUp };
}
