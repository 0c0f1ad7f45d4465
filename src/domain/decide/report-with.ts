import type { Reply } from '../decision.ts';
import { addressOf, type Incident, incidentName } from '../incident.ts';
import { MOST_MEMBERS, membersOf, membersText, WITH } from '../report-members.ts';
import { ok, type Result, refuse } from '../result.ts';
import { code, type Line } from '../text.ts';
import { tellChannel } from './announcing.ts';
import { type Change, patch, write } from './change.ts';
import type { ActionOf, Context, Rules } from './rule.ts';
import { button, nameOf, reply } from './wording.ts';

/** Says which other incidents the report of this one is about; none for this one alone. */
function reportWith(
  change: Change,
  action: ActionOf<'postmortem with'>,
  { actor, request, world }: Context,
): Result<Reply> {
  const { incident } = change;
  const numbers = [...new Set(action.numbers)];
  if (numbers.length > MOST_MEMBERS) {
    return refuse(
      `One report takes ${MOST_MEMBERS + 1} incidents; these are ${numbers.length + 1}.`,
      `postmortem with ${numbers.slice(0, MOST_MEMBERS).join(' ')}`,
    );
  }
  const no = whyNot(change, numbers);
  if (no !== null) return no;
  const before = membersOf(incident);
  const { drill } = incident;
  const named = numbers.map((number) => incidentName({ number, drill })).join(', ');
  if (membersText(before) === membersText(numbers)) {
    return ok(reply(['The report of ', nameOf(incident), ...about(named), ' already.']));
  }
  const { [WITH]: _before, ...rest } = incident.header;
  const value = membersText(numbers);
  patch(change, { header: numbers.length === 0 ? rest : { ...rest, [WITH]: value } });
  write(change, {
    at: null,
    text: `Postmortem with: ${named === '' ? 'no other incident' : named}`,
    detail: { type: 'field', field: WITH, value },
    author: actor.id,
    source: request.source,
  });
  if (incident.status === 'resolved') {
    change.work.push({ kind: 'draft', notBefore: world.now, reason: 'asked' });
  }
  tellChannel(change, ['The report of ', nameOf(incident), ...about(named), ' now.']);
  const back = before.length === 0 ? 'none' : before.join(' ');
  return ok(
    reply(['The report of ', nameOf(incident), ...about(named), ' now.'], {
      lines: incident.private
        ? [['It is private, so the report stays in its channel, whatever else is in it.']]
        : [],
      notes: [
        incident.status === 'resolved'
          ? ['A new version of the draft follows in its thread.']
          : ['The draft is written when the incident is resolved.'],
        ...(numbers.length === 0 ? [] : [follows(incident)]),
      ],
      buttons: [button(incident, 'Undo', `postmortem with ${back}`)],
    }),
  );
}

/** Why one of them cannot be in this report; null where all can. Whoever reads it may read all of it. */
function whyNot({ incident, snapshot }: Change, numbers: readonly number[]) {
  const { drill } = incident;
  for (const number of numbers) {
    const name = incidentName({ number, drill });
    if (number === incident.number)
      return refuse(
        `${name} is the one that the report is of: name the others.`,
        'postmortem with none',
      );
    const other = snapshot.members?.find((one) => one.number === number);
    // A private incident is not told apart from one that does not exist.
    if (other === undefined) return refuse(`There is no ${name}.`, 'list');
    if (other.private)
      return refuse(
        `${name} is private: what is in it stays in its channel. Begin the report there: what is in no private incident can be put into it.`,
        `${addressOf(other)} postmortem with ${incident.number}`,
      );
    const own = membersOf(other).map((one) => incidentName({ number: one, drill }));
    if (own.length > 0)
      return refuse(
        `${name} has a report of its own, over ${own.join(', ')} too. Take that apart first.`,
        `${addressOf(other)} postmortem with none`,
      );
  }
  return null;
}

const about = (named: string): Line =>
  named === '' ? [' is about this incident alone'] : [` is about ${named} too`];

/** What keeps the report up to date. */
const follows = (incident: Incident): Line => [
  'What changes in one of them refreshes it: at once in a resolved one, within five minutes in one that is open. Sooner: ',
  code(`/incident ${addressOf(incident)} postmortem refresh`),
  '.',
];

/** One report over several incidents. */
export const reportsWith: Rules<'postmortem with'> = {
  'postmortem with': { needs: ({ numbers }) => ({ members: numbers }), handle: reportWith },
};
