import type { World } from '../decision.ts';
import { COMMANDER, type Incident, isOver } from '../incident.ts';
import type { Target } from '../settings.ts';
import { code, user } from '../text.ts';
import type { Firing } from '../timers/index.ts';
import type { Timer } from '../timers/timer.ts';
import { settlePings, tellChannel } from './announcing.ts';
import { type Change, patch, write } from './change.ts';
import { button, inWords } from './wording.ts';

/** Who is asked in private whether they are still there: whoever acknowledged, and the commander. */
export function whoIsAsked({ acknowledgedBy, roles }: Incident): readonly Target[] {
  const people = new Set([acknowledgedBy ?? [], roles[COMMANDER] ?? []].flat());
  return [...people].map((id) => ({ type: 'user', id }) as const);
}

/** Nobody answered: the acknowledgement is void, and everything that it stopped starts anew. */
export function decay(change: Change, { timer }: Firing, { now, settings }: World): void {
  const { incident } = change;
  const { acknowledgedBy } = incident;
  if (acknowledgedBy === null) return;
  const silence = inWords(now - (incident.lastSignAt ?? timer.basis));
  write(change, {
    at: now,
    text: `The acknowledgement is void: nothing was heard for ${silence}. The escalation starts anew.`,
    kinds: ['escalation'],
    detail: { type: 'decayed', user: acknowledgedBy },
    author: null,
    source: 'system',
  });
  patch(change, { acknowledgedBy: null, armedAt: now });
  const grace = inWords(settings.ackGrace);
  const asked = incident.drill ? '' : `It was asked in private ${grace} ago. `;
  settlePings(change, ['No answer: the escalation has started anew.'], ['presence']);
  tellChannel(
    change,
    [
      'Nothing was heard from ',
      user(acknowledgedBy),
      ` for ${silence}, so the acknowledgement is void and the escalation starts anew.`,
    ],
    {
      lines: [['Whoever is on it, acknowledge: ', code('/incident ack')]],
      notes: [
        [
          `${asked}What counts as an answer: a log entry, an update, or Still on it. Looking things up does not.`,
        ],
      ],
      buttons: [button(incident, 'Acknowledge', 'ack')],
    },
  );
}

/** Whether the question whether somebody is still there waits for an answer. */
export const isAsked = (timers: readonly Timer[]): boolean =>
  timers.some(({ name, state, step }) => name === 'presence' && state === 'pending' && step > 0);

/** A person did something: whoever was asked whether they are there need not answer any more. */
export function answered(change: Change, planned: readonly Timer[]): void {
  const { incident, snapshot } = change;
  const anew = planned.some(({ name, state }) => name === 'presence' && state === 'pending');
  if (!anew || !isAsked(snapshot.timers) || isOver(incident)) return;
  settlePings(change, ['Somebody is on it: the acknowledgement stands.'], ['presence']);
}
