import { inSlack, wordsAndFiles } from '../attached.ts';
import { counted } from '../counted.ts';
import type { Entry, Origin } from '../entry.ts';
import { incidentName } from '../incident.ts';
import type { Instant, Zone } from '../instant.ts';
import type { IncidentRecord } from '../record.ts';
import {
  type Block,
  bold,
  buttons,
  code,
  heading,
  type Line,
  type Message,
  menu,
  note,
  paragraph,
  type Span,
  user,
} from '../text.ts';
import { formatIn } from '../time/format.ts';
import type { TimelineLines } from '../timeline-pages.ts';
import { button, drillNote, type Names, oneLine, shortened, titled } from './phrases.ts';
import { inPlainWords } from './target-words.ts';

/** Whose eyes a page is for: their zone, or null when the profile has none. */
export interface Viewer {
  readonly id: string;
  readonly zone: Zone | null;
}

const LONGEST = 400;
/** What Slack shows of a choice. */
const CHOICE = 60;

/** One page of the timeline, page 1 the newest, told in the viewer's time and UTC. */
export function timelinePage(
  { incident, lines, count, page, pages, asOf, people }: TimelineLines,
  viewer: Viewer,
  all: boolean,
): Message {
  const blocks: Block[] = [
    heading(`Timeline of ${titled(incident)}`),
    ...(incident.drill ? [drillNote()] : []),
    ...dayBlocks(lines, { viewer, asOf, people }),
    note(...footer(count, page, pages, viewer)),
    ...corrections(incident, lines),
    ...pager(incident, all, page, pages),
  ];
  return { summary: [`Timeline of ${titled(incident)}: ${count} entries`], blocks };
}

/** What a line is told by: for whose eyes, when, and what people are called. */
interface Page {
  readonly viewer: Viewer;
  readonly asOf: Instant;
  readonly people: Names;
}

/** A date stands above the entries of its day; untimed entries stay with the day before them. */
function dayBlocks(entries: readonly Entry[], page: Page): readonly Block[] {
  const { viewer, asOf } = page;
  if (entries.length === 0) return [paragraph('Nothing has been recorded yet.')];
  const days: { date: string | null; items: Line[] }[] = [];
  for (const entry of entries) {
    const date = entry.at === null ? null : dateIn(entry.at, viewer.zone ?? 'UTC', asOf);
    const day = days.at(-1);
    if (day === undefined || (date !== null && date !== day.date)) {
      days.push({ date, items: [entryLine(entry, page)] });
    } else {
      day.items.push(entryLine(entry, page));
    }
  }
  return days.flatMap(({ date, items }) => [
    ...(date === null ? [] : [paragraph(bold(date))]),
    { type: 'list', items } as const,
  ]);
}

/** The date without the clock: what `formatIn` puts before `14:49 UTC`. */
function dateIn(at: Instant, zone: Zone, reference: Instant): string {
  return formatIn(at, zone, { date: true, reference }).replace(/ \d{2}:\d{2} .*$/, '');
}

function entryLine(entry: Entry, { viewer, asOf, people }: Page): Line {
  const struck =
    entry.struck === null ? [] : [' (struck by ', user(entry.struck.by), struckFor(entry), ')'];
  const kinds = entry.kinds.map((kind) => ` #${kind}`).join('');
  return [
    code(`#${entry.no}`),
    ' ',
    ...clocks(entry, viewer, asOf),
    ' ',
    ...wordsAndFiles(entry, shortened(entry.text, LONGEST)),
    kinds,
    ...assigned(entry, people),
    ...author(entry),
    ...inSlack(entry),
    ...struck,
  ];
}

const struckFor = ({ struck }: Entry): string =>
  struck?.reason ? `: ${shortened(struck.reason, 100)}` : '';

/** Who got a role, and who was paged: the text itself names nobody. */
function assigned({ detail, author: id }: Entry, people: Names): Line {
  if (detail?.type === 'role') return [' To ', user(detail.user), ', by'];
  if (detail?.type !== 'page' && detail?.type !== 'ping') return [];
  return [` To ${inPlainWords(detail.targets, people)}${id === null ? '' : ', by'}`];
}

function author({ author: id, source, detail }: Entry): Line {
  if (id === null) return [];
  const line = detail?.line;
  if (detail?.origin !== undefined) return [' ', user(id), `, from ${originOf(detail.origin)}`];
  if (source !== 'import' || line === undefined) return [' ', user(id)];
  return [' imported by ', user(id), `, line ${line}`];
}

const originOf = ({ entry, ...incident }: Origin): string => `${incidentName(incident)} #${entry}`;

/** The viewer's clock first, then UTC with its date where that is another day. */
function clocks({ at, question }: Entry, { zone }: Viewer, reference: Instant): readonly Span[] {
  if (at === null) return [bold(question === null ? 'time not recorded' : 'time to be settled')];
  const utc = formatIn(at, 'UTC', { date: false, reference });
  if (zone === null) return [bold(utc)];
  const own = formatIn(at, zone, { date: false, reference });
  if (own === utc) return [bold(utc)];
  const sameDay = dateIn(at, zone, reference) === dateIn(at, 'UTC', reference);
  const there = sameDay ? utc : formatIn(at, 'UTC', { date: true, reference });
  return [bold(own), ` ${there}`];
}

/** For whoever does not type: an entry to correct, and what brings more. */
function corrections(
  incident: IncidentRecord['incident'],
  lines: readonly Entry[],
): readonly Block[] {
  const ofPeople = lines.filter(({ source, struck }) => source !== 'system' && struck === null);
  const items = ofPeople.map(({ no, text }) =>
    button(incident, `#${no} ${oneLine(text, CHOICE)}`, `edit ${no}`),
  );
  return [
    buttons(button(incident, 'Add entry', 'log'), button(incident, 'Import lines', 'import')),
    ...(items.length === 0 ? [] : [menu('Correct an entry', ...items)]),
  ];
}

function footer(count: number, page: number, pages: number, { zone }: Viewer): Line {
  const where =
    pages === 1
      ? ''
      : `, page ${page} of ${pages}. Page 1 is the newest; each begins with its oldest`;
  const zoned = zone === null ? ' Your Slack profile has no time zone, so times are in UTC.' : '';
  return [
    `${counted(count, 'entry', 'entries')}${where}. Correct one with `,
    code('/incident edit <n>'),
    `.${zoned}`,
  ];
}

function pager(
  incident: IncidentRecord['incident'],
  all: boolean,
  page: number,
  pages: number,
): readonly Block[] {
  const command = all ? 'timeline all' : 'timeline';
  const older = page < pages ? [button(incident, 'Older', `${command} ${page + 1}`)] : [];
  const newer = page > 1 ? [button(incident, 'Newer', `${command} ${page - 1}`)] : [];
  const both = [...older, ...newer];
  return both.length === 0 ? [] : [buttons(...both)];
}
