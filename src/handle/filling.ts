import { ADDRESSES } from '../commands/action-options.ts';
import type { Intent, Offer } from '../commands/command.ts';
import { orNull } from '../deadline.ts';
import { whyNoSnooze } from '../domain/decide/snoozing.ts';
import { unmistakable } from '../domain/decide/times.ts';
import { type Incident, incidentName, isOver } from '../domain/incident.ts';
import type { IncidentRecord } from '../domain/record.ts';
import type { Refusal } from '../domain/result.ts';
import { beforeResolving } from '../domain/views/before-resolving.ts';
import { oneLine } from '../domain/views/phrases.ts';
import type { Ports } from '../ports.ts';
import { changed } from './changes.ts';
import type { Found } from './finding.ts';
import type { Handled, Input } from './input.ts';
import { refused } from './refused.ts';
import { sectionForm } from './section-form.ts';

type FormIntent = Extract<Intent, { type: 'form' }>;

/** Of the three seconds that a form has to open in, what may be spent on reading the record. */
const READ_WITHIN_MS = 700;
const LABEL = 70;

/** A form of which every answer is refused is not opened; some show what is there. */
export async function formShown(
  intent: FormIntent,
  subject: Found,
  input: Input,
  ports: Ports,
): Promise<Handled> {
  const { incident } = subject;
  if (incident === null) return { ...intent, incident };
  const no = whyNot(intent, incident);
  if (no !== null) return refused(no, input, ports);
  switch (intent.form) {
    case 'section':
      return sectionForm(intent.filled ?? {}, incident, ports);
    case 'action':
      return { ...intent, incident, offers: { [ADDRESSES]: await causesOf(incident, ports) } };
    case 'edit':
      return entryForm(intent, incident, input, ports);
    case 'resolve':
      return isOver(incident)
        ? changed(RESOLVE, subject, input, ports)
        : resolveForm(intent, incident, ports);
    default:
      return { ...intent, incident };
  }
}

/** What the verb alone would do: of an incident that is over it says so, and offers the way back. */
const RESOLVE = { type: 'resolve', when: null, text: null, confirmed: false } as const;

function whyNot({ form }: FormIntent, incident: Incident): Refusal | null {
  if (form === 'snooze') return whyNoSnooze(incident);
  if (form !== 'status' || !isOver(incident)) return null;
  return {
    reason: `${incidentName(incident)} is ${incident.status}. Reopen it first.`,
    example: 'reopen',
  };
}

/** The entry as it is; without it, where it is not read in time, what is typed is the correction. */
async function entryForm(
  intent: FormIntent,
  incident: Incident,
  input: Input,
  ports: Ports,
): Promise<Handled> {
  const no = Number(intent.filled?.entry);
  const only = () => ({ numbers: [no], count: 1, page: 1, pages: 1 });
  const read = await orNull(READ_WITHIN_MS, ports.store.timeline(incident.id, only));
  if (read === null) return { ...intent, incident };
  const [entry] = read.lines;
  if (entry === undefined)
    return refused({ reason: `There is no #${no}.`, example: 'timeline' }, input, ports);
  const time = entry.at === null ? '' : unmistakable(entry.at);
  return { ...intent, incident, filled: { ...intent.filled, text: entry.text, time } };
}

/** What can still be settled, read in time; without it the form opens all the same. */
async function resolveForm(
  intent: FormIntent,
  incident: Incident,
  { store, settings }: Ports,
): Promise<Handled> {
  const [glance, report] = await Promise.all([
    orNull(READ_WITHIN_MS, store.glance(incident.id)),
    orNull(READ_WITHIN_MS, store.report(incident.id)),
  ]);
  return { ...intent, incident, above: beforeResolving({ incident, glance, report }, settings) };
}

/** The causes of the record by their numbers; without their texts where those are not read in time. */
async function causesOf(incident: Incident, { store }: Ports): Promise<readonly Offer[]> {
  const count = incident.counts.cause ?? 0;
  if (count === 0) return [];
  const record = await orNull(READ_WITHIN_MS, store.record(incident.id));
  if (record !== null) return causesIn(record);
  return Array.from({ length: count }, (_, at) => ({ value: `c${at + 1}`, label: `c${at + 1}` }));
}

const causesIn = ({ entries }: IncidentRecord): readonly Offer[] =>
  entries.flatMap(({ detail, struck, text }) => {
    if (detail?.type !== 'cause' || struck !== null) return [];
    const name = `c${detail.n}`;
    return [{ value: name, label: `${name}: ${oneLine(text, LABEL)}` }];
  });
