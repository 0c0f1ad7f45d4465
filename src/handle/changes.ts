import { commandNamed } from '../commands/index.ts';
import { firstWord } from '../commands/words-in.ts';
import type { Action } from '../domain/action.ts';
import type { Reply } from '../domain/decision.ts';
import { type Incident, incidentName } from '../domain/incident.ts';
import { code, note, paragraph } from '../domain/text.ts';
import { titled } from '../domain/views/phrases.ts';
import { resend } from '../domain/views/refusal.ts';
import { perform } from '../perform.ts';
import type { Change, Ports } from '../ports.ts';
import { ask, type Question } from './asking.ts';
import type { Found } from './finding.ts';
import type { Handled, Input } from './input.ts';
import { redactedAtLinks } from './redacting-links.ts';
import { typedBy } from './refused.ts';

/** Makes a change; asks first when it would go to another incident than the channel's. */
export async function changed(
  action: Action,
  { incident, here }: Found,
  input: Input,
  ports: Ports,
): Promise<Handled> {
  const { workspace, key, actor, source } = input;
  // A button names its incident itself, wherever it is pressed; a typed number may be a slip.
  const elsewhere = source === 'command' && here !== null && here.id !== incident?.id;
  if (incident !== null && here !== null && elsewhere)
    return askWhether(action, incident, here, input, ports);
  const request = { action: about(action, input), actor, source, typed: typedBy(input) };
  const subject =
    incident === null
      ? ({ type: 'new' } as const)
      : ({ type: 'incident', id: incident.id } as const);
  return performed({ workspace, key, subject, request, ...journaledOf(input) }, input, ports);
}

/** An entry that was taken from a message knows which, and so does an incident that was declared from one. */
const about = (action: Action, { message }: Input): Action =>
  (action.type === 'log' || action.type === 'open') && message !== undefined
    ? { ...action, message }
    : action;

/** What is to be known of a line that is done long after it was typed. */
export const journaledOf = ({ journaled }: Input): Pick<Change, 'journaled'> =>
  journaled === undefined ? {} : { journaled };

/** Performs, and turns a question of the rules into one that can be answered. */
export async function performed(change: Change, input: Input, ports: Ports): Promise<Handled> {
  const outcome = await perform(ports, change);
  const { incident } = outcome;
  const reply = await redactedAtLinks(change, outcome, ports);
  const sure = incident === null ? null : whatYesDoes(reply, change.request.action, incident);
  if (reply.outcome !== 'asked' || sure === null || incident === null)
    return { type: 'reply', reply };
  // A question changed nothing, so its key is still free; a repetition is asked the same.
  const question = { key: change.key, message: reply.message, incident, ...sure };
  return ask(question, input, ports);
}

/** Other questions (about a time) have kept the entry already and bring their own buttons. */
function whatYesDoes(
  { question }: Reply,
  action: Action,
  incident: Incident,
): Pick<Question, 'yes' | 'action'> | null {
  if (question !== undefined) return question;
  if (!('confirmed' in action) || action.confirmed) return null;
  const sure = { ...action, confirmed: true };
  return { yes: YES[sure.type](incident, sure), action: sure };
}

/** What the button says that does what was asked about. */
const YES = {
  page: () => 'Yes, page them',
  resolve: (incident: Incident) => `Yes, resolve ${incidentName(incident)}`,
  visibility: (incident: Incident) => `Yes, open ${incidentName(incident)} to everybody`,
  merge: (incident: Incident) => `Yes, merge it into ${incidentName(incident)}`,
  redact: (_: Incident, action: Action) =>
    action.type === 'redact' ? `Yes, redact #${action.entry} for good` : 'Yes',
} as const;

function askWhether(
  action: Action,
  incident: Incident,
  here: Incident,
  input: Input,
  ports: Ports,
): Promise<Handled> {
  const verb = verbOf(input.text);
  const what = `This is the channel of ${incidentName(here)}. Did you mean ${titled(incident)}?`;
  const message = {
    summary: [what],
    blocks: [
      paragraph(what),
      ...resend(typedBy(input)),
      note(`For ${incidentName(here)}, type it without the number: `, code(`/incident ${verb}…`)),
    ],
  };
  const yes = `Yes, ${incidentName(incident)}`;
  return ask({ key: input.key, message, yes, incident, action }, input, ports);
}

/** The verb behind the number, for the hint. */
function verbOf(text: string): string {
  const words = text.split(/\s+/, 3);
  const verb = words.find((word) => commandNamed(firstWord(word).word) !== null);
  return verb === undefined ? '' : `${verb.toLowerCase()} `;
}
