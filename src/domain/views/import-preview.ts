import { counted } from '../counted.ts';
import { entriesOf, type ImportEntry, type ImportReading, isSettled } from '../import/index.ts';
import type { Instant, Zone } from '../instant.ts';
import { removedFromTyped, secretsIn } from '../secrets/index.ts';
import { type Block, bold, code, type Line, note, paragraph } from '../text.ts';
import { formatIn } from '../time/format.ts';
import { oneLine } from './phrases.ts';

const LONGEST = 120;

/** How an import is told: in which zone, seen when, and how many lines there is room for. */
export interface ImportPage {
  readonly zone: Zone;
  readonly now: Instant;
  readonly proposed: boolean;
  readonly room: number;
}

/** What pasted lines come to: how many entries, from when to when, and each line as it was read. */
export function importPreview(reading: ImportReading, page: ImportPage): readonly Block[] {
  const items = reading.rows.map((row) => rowLine(row, page));
  const shown = items.slice(0, page.room);
  const hidden = items.length - shown.length;
  const removed = secretsIn(reading.rows.map(({ text }) => text).join('\n'));
  return [
    paragraph(...[summary(reading, page), ...removedFromTyped(removed)].flatMap(spaced)),
    { type: 'list', items: shown },
    ...(hidden === 0
      ? []
      : [
          note(
            `${hidden} more lines are read in the same way and imported too; Slack has no room to show them here.`,
          ),
        ]),
  ];
}

const spaced = (line: Line, at: number): Line => (at === 0 ? line : [' ', ...line]);

const told = (at: Instant, { zone, now }: Pick<ImportPage, 'zone' | 'now'>): string =>
  formatIn(at, zone, { date: true, reference: now });

function summary(reading: ImportReading, page: ImportPage): Line {
  const entries = entriesOf(reading, page.proposed);
  const times = entries.flatMap(({ at }) => (at === null ? [] : [at]));
  const count = bold(counted(entries.length, 'entry', 'entries'));
  const from =
    times.length === 0
      ? ''
      : `, ${told(Math.min(...times), page)} to ${told(Math.max(...times), page)}`;
  const open = reading.questions.filter(({ answer }) => answer === null).length;
  const next = isSettled(reading)
    ? 'Nothing is recorded until you import them.'
    : `${open === 1 ? 'One question is' : `${open} questions are`} open: choose below, or change the text. Nothing is recorded before.`;
  return [count, `${from}. ${next}`];
}

function rowLine(row: ImportReading['rows'][number], page: ImportPage): Line {
  const text = oneLine(row.text, LONGEST);
  const number = code(String(row.line));
  switch (row.type) {
    case 'entry':
      return [number, ' ', ...clock(row, page), ` ${text}`, ...kinds(row, page), ...notes(row)];
    case 'open':
      return [number, ' ', bold('To be settled'), `: ${text}`];
    case 'joined':
      return [number, ` goes on: ${text}`];
    case 'left out':
      return [number, ` left out, as you chose: ${text}`];
    case 'aside':
      return [number, ` no entry (${row.what}): ${text}`];
  }
}

/** In the zone of the import, and in UTC where that is another. */
function clock({ at }: ImportEntry, page: ImportPage): Line {
  if (at === null) return [bold('without a time')];
  const here = told(at, page);
  const utc = told(at, { ...page, zone: 'UTC' });
  if (here === utc) return [bold(here)];
  const sameDay = here.replace(/ \d\d:\d\d .*$/, '') === utc.replace(/ \d\d:\d\d .*$/, '');
  const short = sameDay ? formatIn(at, 'UTC', { date: false, reference: page.now }) : utc;
  return [bold(here), ` (${short})`];
}

function kinds({ kinds: tagged, proposed }: ImportEntry, page: ImportPage): Line {
  const own = tagged.map((kind) => ` #${kind}`).join('');
  const offered = page.proposed ? proposed.map((kind) => ` #${kind} (proposed)`).join('') : '';
  return own + offered === '' ? [] : [own + offered];
}

const notes = ({ notes: said }: ImportEntry): Line =>
  said.length === 0 ? [] : [` · ${said.join('; ')}`];
