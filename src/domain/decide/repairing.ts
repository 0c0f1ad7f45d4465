import type { Reply } from '../decision.ts';
import { ok, type Result, refuse } from '../result.ts';
import { planTimers } from '../timers/index.ts';
import { announce, isAnnounced, tellChannel } from './announcing.ts';
import { type Change, notify, patch } from './change.ts';
import { openAgain, showAgain } from './channel-life.ts';
import type { ActionOf, Context, Rules } from './rule.ts';
import { nameOf, reply } from './wording.ts';

type Repair = ActionOf<'repair'>;

/** Makes what is missing of an incident: in Slack by the ordinary notices, its clocks by the plan. */
function repair(change: Change, { what }: Repair, { world }: Context): Result<Reply> {
  const { incident, snapshot } = change;
  const name = nameOf(incident);
  switch (what) {
    case 'channel':
      if (incident.channel.id !== null && incident.channel.state === 'ready')
        return refuse('It has its channel: nothing is missing.', 'doctor');
      return makeChannel(change);
    case 'card':
      notify(change, 'card', {
        to: { type: 'incident' },
        collapse: 'card',
        what: { type: 'card' },
      });
      return ok(reply(['The card of ', name, ' is being posted.']));
    case 'announcement':
      if (!isAnnounced(incident, world.settings))
        return refuse('It is not announced: nothing is missing.', 'doctor');
      announce(change, world.settings);
      return ok(reply([name, ' is being announced.']));
    case 'reach':
      if (incident.channel.state === 'deleted') return makeChannel(change);
      if (openAgain(change)) return ok(reply(['The channel of ', name, ' is being opened again.']));
      return refuse('Its channel is open: nothing is missing.', 'doctor');
    case 'clocks':
      // Every change plans the clocks; this one is nothing but that.
      if (planTimers(incident, snapshot.timers, world).length === 0)
        return refuse('Its clocks run as they should: nothing is missing.', 'doctor');
      return ok(reply(['The clocks of ', name, ' are planned anew.']));
  }
}

/** A channel of its own: the first, or another one in place of one that is gone or shut. */
function makeChannel(change: Change): Result<Reply> {
  const { incident } = change;
  const { id, name, state } = incident.channel;
  patch(change, { channel: { ...incident.channel, id: null, state: 'wanted' } });
  notify(change, 'create', { to: { type: 'chores' }, what: { type: 'create channel' } });
  if (id !== null) moveIn(change);
  // What was said in a channel that is only shut stays there.
  if (id !== null && state !== 'deleted')
    tellChannel(change, [
      nameOf(incident),
      ` goes on here. What was said before stays in #${name}.`,
    ]);
  return ok(reply(['The channel of ', nameOf(incident), ' is being made.']));
}

/** Those who work on it find themselves, the card and the topic in the new channel. */
function moveIn(change: Change): void {
  const { acknowledgedBy, declaredBy, roles } = change.incident;
  const people = [
    declaredBy,
    ...Object.values(roles),
    ...(acknowledgedBy === null ? [] : [acknowledgedBy]),
  ];
  const targets = [...new Set(people)].map((id) => ({ type: 'user', id }) as const);
  notify(change, 'invite', { to: { type: 'chores' }, what: { type: 'invite', targets } });
  showAgain(change);
}

/** What an administrator has repaired. */
export const repairing: Rules<'repair'> = { repair: { handle: repair } };
