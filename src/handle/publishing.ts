import type { Action } from '../domain/action.ts';
import { type Incident, incidentName, milestone } from '../domain/incident.ts';
import { composeDraft, movedOn, type Question } from '../domain/postmortem/index.ts';
import type { IncidentRecord, Report } from '../domain/record.ts';
import { OWNER, taskState } from '../domain/task.ts';
import {
  type Block,
  buttons,
  code,
  type Line,
  type Message,
  note,
  paragraph,
} from '../domain/text.ts';
import { button } from '../domain/views/phrases.ts';
import { type Ports, StoreUnavailable } from '../ports.ts';
import { ask } from './asking.ts';
import { changed } from './changes.ts';
import type { Found } from './finding.ts';
import type { Handled, Input } from './input.ts';

type Publish = Extract<Action, { readonly type: 'publish' }>;

const SHOWN = 8;

/** Publishes; asks first where grave questions are open or nobody owns the postmortem. */
export async function published(
  action: Publish,
  subject: Found,
  input: Input,
  ports: Ports,
): Promise<Handled> {
  const { incident, here } = subject;
  // From another incident's channel it is asked about anyway.
  const elsewhere = input.source === 'command' && here !== null && here.id !== incident?.id;
  if (incident === null || incident.status !== 'resolved') {
    return changed(action, subject, input, ports);
  }
  const [report, draft] = await Promise.all([
    orUnknown(ports.store.report(incident.id)),
    orUnknown(ports.store.draft(incident.id)),
  ]);
  // What was published is published already, whatever its number: the line that says so makes a version, too.
  const [first] = report?.records ?? [];
  const same = taskState(incident) === 'published' && first !== undefined && !hasMovedOn(first);
  if (same) return changed(action, subject, input, ports);
  const whole: Publish = draft === null ? action : { ...action, version: draft.version };
  const message = report === null || elsewhere ? null : whatIsOpen(report, incident, ports);
  if (message === null) return changed(whole, subject, input, ports);
  const yes = 'Publish all the same';
  return ask({ key: input.key, message, yes, incident, action: whole }, input, ports);
}

/** Whether the record changed since its postmortem was published. */
function hasMovedOn({ incident, entries, corrected }: IncidentRecord): boolean {
  const mark = milestone(incident, 'closed', incident.round);
  const said = entries.find(({ no }) => no === mark?.entry);
  return (
    said === undefined ||
    movedOn({ entries, ...(corrected === undefined ? {} : { corrected }) }, said).length > 0
  );
}

/** While the database is away nobody is asked: the line is kept, and done as it was typed. */
const orUnknown = <T>(looked: Promise<T>): Promise<T | null> =>
  looked.catch((error: unknown) => {
    if (error instanceof StoreUnavailable) return null;
    throw error;
  });

/** What should be settled before; null where nothing is. */
function whatIsOpen(report: Report, incident: Incident, { settings }: Ports): Message | null {
  const now = report.records[0]?.asOf ?? 0;
  const { questions } = composeDraft(report, settings, { version: 1, now });
  const grave = questions.filter((question) => question.grave);
  const owned = incident.roles[OWNER] !== undefined;
  if (grave.length === 0 && owned) return null;
  const first = `Publish the postmortem of ${incidentName(incident)} as it is? ${reasons(grave.length, owned)}`;
  return {
    summary: [first],
    blocks: [paragraph(first), ...open(grave), ...(owned ? [] : [ownerless(incident)])],
  };
}

function reasons(grave: number, owned: boolean): string {
  const questions =
    grave === 0
      ? ''
      : `${grave === 1 ? 'A question' : `${grave} questions`} about facts, times and figures ${grave === 1 ? 'is' : 'are'} open`;
  if (owned) return `${questions}.`;
  return questions === '' ? 'Nobody owns it.' : `${questions}, and nobody owns it.`;
}

function open(grave: readonly Question[]): readonly Block[] {
  if (grave.length === 0) return [];
  const items = grave
    .slice(0, SHOWN)
    .map(({ text, command }): Line => [...text, ' → ', code(`/incident ${command}`)]);
  const more = grave.length - items.length;
  return [{ type: 'list', items }, ...(more === 0 ? [] : [note(`… ${more} more in the draft.`)])];
}

const ownerless = (incident: Incident): Block =>
  buttons(button(incident, 'I own it', 'postmortem owner me'));
