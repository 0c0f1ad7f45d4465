import type { Destination, NoticeBody } from '../decision.ts';
import type { Ping } from '../ping.ts';
import type { Target } from '../settings.ts';
import { distinct } from '../targets.ts';
import { trigger, webhookAt } from './calling.ts';
import type { Change } from './change.ts';
import { pingInDrill } from './drilling.ts';

const lookup = (name: string) => ({ name, to: { type: 'lookup', name } as const });

/** Whether it stands for people who can be invited; who they are is found out when it happens. */
export const isOfPeople = ({ type }: Target): boolean =>
  type === 'user' || type === 'usergroup' || type === 'schedule';

/** Where one target is pinged, and how. */
function delivery(
  target: Target,
  ping: Ping,
  change: Change,
): { name: string; to: Destination; what: NoticeBody } {
  if (target.type === 'usergroup') {
    const what = { type: 'ping group', group: target.id, ping } as const;
    return { ...lookup(`group:${target.id}`), what };
  }
  if (target.type === 'channel') {
    const to: Destination =
      target.id === null ? { type: 'incident' } : { type: 'channel', id: target.id };
    const name = target.id === null ? 'incident' : `channel:${target.id}`;
    return { name, to, what: { type: 'ping', ping } };
  }
  if (target.type === 'schedule') {
    const what = { type: 'ping schedule', schedule: target.name, ping } as const;
    return { ...lookup(`schedule:${target.name}`), what };
  }
  if (target.type === 'webhook') {
    const what = trigger(change, target.name, ping);
    return { name: `webhook:${target.name}`, to: webhookAt(target.name), what };
  }
  if (target.type === 'policy') throw new Error(`the policy ${target.name} was not taken apart`);
  const id = target.type === 'user' ? target.id : change.incident.declaredBy;
  return { name: `user:${id}`, to: { type: 'user', id }, what: { type: 'ping', ping } };
}

/**
 * Pings every target once, and the incident's channel, where they are mentioned; invites people.
 *
 * `key` is what makes it unique for ever: a timer with its generation and step, or a seq.
 */
export function sendPing(
  change: Change,
  key: string,
  ping: Ping,
  targets: readonly Target[],
  alsoChannel: boolean,
): void {
  if (change.incident.drill) {
    pingInDrill(change, key, ping);
    return;
  }
  const channel: Target = { type: 'channel', id: null };
  const all = alsoChannel ? [...targets, channel] : targets;
  const seen = new Set<string>();
  for (const target of all) {
    const { name, to, what } = delivery(target, ping, change);
    if (seen.has(name)) continue;
    seen.add(name);
    change.notices.push({ key: `ping:${key}:${name}`, to, what });
  }
  // Whoever is on call is invited by the ping that finds out who that is.
  const invited = targets.filter(({ type }) => type === 'user' || type === 'usergroup');
  if (invited.length === 0) return;
  change.notices.push({
    key: `invite:${key}`,
    to: { type: 'chores' },
    what: { type: 'invite', targets: distinct(invited) },
  });
}
