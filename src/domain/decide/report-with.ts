import type { Reply } from '../decision.ts';
import { addressOf, type Incident, incidentName } from '../incident.ts';
import { MOST_MEMBERS, membersOf, membersText, WITH } from '../report-members.ts';
import { ok, type Result, refuse } from '../result.ts';
import { code, type Line } from '../text.ts';
import { tellChannel } from './announcing.ts';
import { type Change, patch, write } from './change.ts';
import type { ActionOf, Context, Rules } from './rule.ts';
import { button, nameOf, reply } from './wording.ts';

/**
 * Says which other incidents the report of this one is about; none for this one alone. That they are
 * there and may be read by whoever reads this report was looked up before.
 */
function reportWith(
  change: Change,
  action: ActionOf<'postmortem with'>,
  { actor, request, world }: Context,
): Result<Reply> {
  const { incident } = change;
  const numbers = [...new Set(action.numbers)].filter((one) => one !== incident.number);
  if (numbers.length > MOST_MEMBERS) {
    return refuse(
      `One report takes ${MOST_MEMBERS + 1} incidents; these are ${numbers.length + 1}.`,
      `postmortem with ${numbers.slice(0, MOST_MEMBERS).join(' ')}`,
    );
  }
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

const about = (named: string): Line =>
  named === '' ? [' is about this incident alone'] : [` is about ${named} too`];

/** What keeps the report up to date: an incident that is open has no draft, so what happens in it refreshes none. */
const follows = (incident: Incident): Line => [
  'What is corrected in a resolved one of them refreshes it. One that is open is taken as it is when the draft is composed; after that its resolution refreshes the draft, and so does ',
  code(`/incident ${addressOf(incident)} postmortem refresh`),
  '.',
];

/** One report over several incidents. */
export const reportsWith: Rules<'postmortem with'> = { 'postmortem with': { handle: reportWith } };
