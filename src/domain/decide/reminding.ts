import type { World } from '../decision.ts';
import {
  COMMANDER,
  firstInside,
  type Incident,
  incidentName,
  type OpenAction,
} from '../incident.ts';
import type { Instant } from '../instant.ts';
import type { Ping } from '../ping.ts';
import { type Target, targetName } from '../settings.ts';
import { calendarAt, type Firing } from '../timers/index.ts';
import { type Change, patch, write } from './change.ts';
import { PING_TEXTS } from './ping-texts.ts';
import { sendPing } from './pinging.ts';

type Item = NonNullable<Ping['items']>[number];

interface Due extends Item {
  readonly owner: Target;
  /** Whether it fell due since the last reminder. */
  readonly isNew: boolean;
}

/** Who does it, or else leads, or else declared: the first who can read what it is. */
function ownerOf({ owner }: OpenAction, incident: Incident): Target {
  const { roles, declaredBy } = incident;
  return { type: 'user', id: firstInside(incident, owner, roles[COMMANDER], declaredBy) };
}

function dueItems(incident: Incident, now: Instant, world: World): readonly Due[] {
  const moment = calendarAt(incident, world.settings, now);
  const last =
    incident.remindedAt === null ? null : calendarAt(incident, world.settings, incident.remindedAt);
  return Object.entries(incident.openActions).flatMap(([n, action]): Due[] => {
    const { due, text } = action;
    if (due === null || due > moment) return [];
    const isNew = last === null || due > last;
    return [{ n: Number(n), text, due, owner: ownerOf(action, incident), isNew }];
  });
}

/**
 * Reminds each owner of what is due, all of it in one message.
 *
 * When something falls due, those whose it is hear of it at once; the others on the next morning.
 */
export function remindOwners(change: Change, firing: Firing, key: string, world: World): void {
  const { incident } = change;
  const due = dueItems(incident, world.now, world);
  const fresh = new Set(due.filter(({ isNew }) => isNew).map(({ owner }) => targetName(owner)));
  const reminded = due.filter(({ owner }) => fresh.size === 0 || fresh.has(targetName(owner)));
  patch(change, { remindedAt: world.now });
  for (const owner of new Map(reminded.map((one) => [targetName(one.owner), one.owner])).values()) {
    const own = reminded.filter((one) => targetName(one.owner) === targetName(owner));
    sendPing(
      change,
      `${key}:${targetName(owner)}`,
      pingOf(change, firing, owner, own),
      [owner],
      false,
    );
  }
  if (reminded.length === 0) return;
  const names = reminded.map(({ n }) => `a${n}`).join(', ');
  write(change, {
    at: world.now,
    text: `Reminded of what is due: ${names}.`,
    kinds: [],
    detail: {
      type: 'timer',
      timer: firing.timer.name,
      step: 'breach',
      due: firing.timer.dueAt,
      lateMs: firing.lateMs,
      targets: [...new Set(reminded.map(({ owner }) => targetName(owner)))],
    },
    author: null,
    source: 'system',
  });
}

function pingOf(
  { incident, now }: Change,
  { lateMs, next }: Firing,
  owner: Target,
  own: readonly Due[],
): Ping {
  const what = own.length === 1 ? 'An action item' : `${own.length} action items`;
  return {
    timer: 'actions',
    level: 0,
    why: [`${what} of ${incidentName(incident)} ${own.length === 1 ? 'is' : 'are'} due.`],
    who: [owner],
    stops: PING_TEXTS.actions.stops,
    next: next === null ? null : { who: [owner], at: next.dueAt, asOf: now },
    lateMs,
    items: own.map(({ n, text, due }) => ({ n, text, due })),
  };
}
