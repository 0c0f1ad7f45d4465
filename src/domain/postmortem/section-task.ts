import type { Entry } from '../entry.ts';
import { readPublished } from '../published.ts';
import type { IncidentRecord } from '../record.ts';
import { WITH } from '../report-members.ts';
import { ASKED, dueOf, isOfTask, REVIEWED, REVIEWER, taskState } from '../task.ts';
import { type Line, user } from '../text.ts';
import { type Context, from, leadTime } from './context.ts';
import type { Draft } from './draft.ts';
import { entriesNamed } from './phrases.ts';
import { found, markEntries, markEntry, type Telling } from './telling.ts';

type Fact = { readonly label: string; readonly value: Line };

/** How the postmortem stands, of which version this is, and when it is due where somebody said so. */
export function taskFacts(context: Context): readonly Fact[] {
  const { lead: telling } = context;
  const version = `, version ${context.version}`;
  if (telling === undefined) return [{ label: 'Status', value: [`draft${version}`] }];
  const due = dueOf(telling.record.incident);
  return [
    { label: 'Status', value: [...standing(context, telling), version] },
    ...(due === null ? [] : [{ label: 'Due', value: [leadTime(context, due)] }]),
  ];
}

function standing(context: Context, telling: Telling): Line {
  const { incident } = telling.record;
  const state = taskState(incident);
  if (state === 'draft') return [state];
  const said =
    state === 'published'
      ? markEntry(telling, 'closed', incident.round)
      : found(telling, 'field').findLast(
          ({ detail }) => detail.field === (state === 'reviewed' ? REVIEWED : ASKED),
        );
  const reviewer = incident.roles[REVIEWER];
  const who = state === 'in review' ? reviewer : said?.author;
  const by: Line = who === undefined || who === null ? [] : [' by ', user(who)];
  if (said === undefined || said === null) return [state, ...by];
  const since = state === 'in review' ? ' since' : '';
  const when = `${since} ${leadTime(context, said.recordedAt)}${from(context, telling, said.no)}`;
  return [state, ...by, when, ...(state === 'in review' ? [] : changedAfter(telling, said))];
}

/** The version that was published last, where it is not what stands here any more. */
export function outdatedOf({ lead }: Pick<Context, 'lead'>): Draft['outdated'] {
  const said = lead === undefined ? undefined : markEntries(lead, 'closed').at(-1);
  if (lead === undefined || said === undefined) return null;
  const isNow = taskState(lead.record.incident) === 'published';
  if (isNow && movedOn(lead.record, said).length === 0) return null;
  return { version: readPublished(said.text).version };
}

/** What was reviewed or published is not what stands here, where the record moved on. */
function changedAfter(
  { record }: Telling,
  reviewed: { readonly no: number; readonly recordedAt: number },
): Line {
  const later = movedOn(record, reviewed);
  return later.length === 0 ? [] : [`; changed since: ${entriesNamed(later.map(({ no }) => no))}`];
}

/** The entries that came or changed since an entry said that it was reviewed or published. */
export function movedOn(
  { entries, corrected = {} }: Pick<IncidentRecord, 'entries' | 'corrected'>,
  reviewed: { readonly no: number; readonly recordedAt: number },
): readonly Entry[] {
  return entries.filter(({ no, source, struck, detail }) => {
    if (source === 'system' || detail?.type === 'role') return false;
    // Whoever reviewed it has not seen an incident that came into the report since.
    const isTask = detail?.type === 'field' && isOfTask(detail.field) && detail.field !== WITH;
    if (isTask) return false;
    return no > reviewed.no
      ? struck === null
      : no < reviewed.no && (corrected[no]?.at ?? 0) > reviewed.recordedAt;
  });
}
