import type { Action } from '../domain/action.ts';
import { addressOf, type Incident, incidentName } from '../domain/incident.ts';
import { membersOf } from '../domain/report-members.ts';
import type { Ports } from '../ports.ts';
import { changed } from './changes.ts';
import type { Found } from './finding.ts';
import type { Handled, Input } from './input.ts';
import { type Refused, refused } from './refused.ts';
import { maySee } from './seeing.ts';

type With = Extract<Action, { readonly type: 'postmortem with' }>;

/** Puts other incidents into the report of one, when whoever reads it may read them. */
export async function combined(
  action: With,
  subject: Found,
  input: Input,
  ports: Ports,
): Promise<Handled> {
  const { incident } = subject;
  if (incident === null) return changed(action, subject, input, ports);
  for (const number of action.numbers) {
    const no = await whyNot(incident, number, input, ports);
    if (no !== null) return refused(no, input, ports);
  }
  return changed(action, subject, input, ports);
}

async function whyNot(
  incident: Incident,
  number: number,
  input: Input,
  ports: Ports,
): Promise<Refused | null> {
  const { drill } = incident;
  const name = incidentName({ number, drill });
  if (number === incident.number) {
    const reason = `${name} is the one that the report is of: name the others.`;
    return { reason, example: 'postmortem with none' };
  }
  const other = await ports.store.numbered(input.workspace, { number, drill });
  // A private incident is not told apart from one that does not exist.
  const visible = other !== null && (await maySee(other, input, ports));
  if (!visible) return { reason: `There is no ${name}.`, example: 'list' };
  if (other.private) {
    const reason = `${name} is private: what is in it stays in its channel. Begin the report there: what is in no private incident can be put into it.`;
    return { reason, example: `${addressOf(other)} postmortem with ${incident.number}` };
  }
  const own = membersOf(other);
  if (own.length === 0) return null;
  const reason = `${name} has a report of its own, over ${own.map((one) => incidentName({ number: one, drill })).join(', ')} too. Take that apart first.`;
  return { reason, example: `${addressOf(other)} postmortem with none` };
}
