import type { Reply } from '../decision.ts';
import { ok, type Result, refuse } from '../result.ts';
import { planTimers } from '../timers/index.ts';
import { type Change, notify, patch } from './change.ts';
import type { ActionOf, Context, Rules } from './rule.ts';
import { nameOf, reply } from './wording.ts';

type Repair = ActionOf<'repair'>;

/** Makes what is missing of an incident: in Slack by the ordinary notices, its clocks by the plan. */
function repair(change: Change, { what }: Repair, { world }: Context): Result<Reply> {
  const { incident, snapshot } = change;
  const name = nameOf(incident);
  switch (what) {
    case 'channel':
      if (incident.channel.id !== null)
        return refuse('It has its channel: nothing is missing.', 'doctor');
      patch(change, { channel: { ...incident.channel, state: 'wanted' } });
      notify(change, 'create', { to: { type: 'chores' }, what: { type: 'create channel' } });
      return ok(reply(['The channel of ', name, ' is being made.']));
    case 'card':
      notify(change, 'card', {
        to: { type: 'incident' },
        collapse: 'card',
        what: { type: 'card' },
      });
      return ok(reply(['The card of ', name, ' is being posted.']));
    case 'clocks':
      // Every change plans the clocks; this one is nothing but that.
      if (planTimers(incident, snapshot.timers, world).length === 0)
        return refuse('Its clocks run as they should: nothing is missing.', 'doctor');
      return ok(reply(['The clocks of ', name, ' are planned anew.']));
  }
}

/** What an administrator has repaired. */
export const repairing: Rules<'repair'> = { repair: { handle: repair } };
