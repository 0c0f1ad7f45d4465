import { stringify } from 'csv-stringify/sync';
import type { Archive } from '../domain/archive.ts';
import type { Entry } from '../domain/entry.ts';
import type { Instant, Zone } from '../domain/instant.ts';
import { type Telling, tell, wallClock, zonesOf } from '../domain/postmortem/index.ts';
import type { Settings } from '../domain/settings.ts';
import { showable } from './showable.ts';

/** Clocks of one kind in a column: spreadsheets read them as dates, and they sort as text too. */
type Clock = (at: Instant) => string;

/**
 * The timeline as RFC 4180 has it, a line for each entry, in the order in which it is told.
 *
 * It begins with a byte order mark: without one Excel reads UTF-8 as the machine's own code page.
 */
export function timelineCsv(archives: readonly Archive[], settings: Settings): string {
  const tellings = archives.map(tell);
  const others = zonesOf(tellings, settings).filter((zone) => zone !== 'UTC');
  const clocks = ['UTC', ...others].map(clockIn);
  const rows = tellings.flatMap((telling) =>
    telling.timeline.map((entry) => rowOf(telling, entry, clocks)),
  );
  return stringify(
    [headOf(others), ...rows].map((row) => row.map(guarded)),
    {
      bom: true,
      record_delimiter: 'windows',
      quoted_string: true,
      escape_formulas: true,
    },
  );
}

const headOf = (zones: readonly Zone[]): string[] => [
  'Incident',
  'Entry',
  'Time (UTC)',
  ...zones.map((zone) => `Time (${zone})`),
  'Time is',
  'Kinds',
  'Milestones',
  'What happened',
  'Author',
  'Author id',
  'Source',
  'Recorded (UTC)',
  'Corrections',
];

function rowOf(telling: Telling, entry: Entry, clocks: readonly Clock[]): (string | number)[] {
  const { no, at, kinds, text, author, source, recordedAt, revision } = entry;
  const { people } = telling.record;
  const [utc = String] = clocks;
  return [
    telling.name,
    no,
    ...clocks.map((clock) => (at === null ? '' : clock(at))),
    certainty(entry),
    kinds.join(', '),
    (telling.marksOf.get(no) ?? []).join(', '),
    text,
    author === null ? 'Muster' : ((Object.hasOwn(people, author) ? people[author] : null) ?? ''),
    author ?? '',
    source,
    utc(recordedAt),
    revision,
  ];
}

function certainty({ at, question, time }: Entry): string {
  if (at === null) return question === null ? 'not recorded' : 'to be settled';
  return time?.flags.includes('approximate') ? 'approximate' : '';
}

function clockIn(zone: Zone): Clock {
  const read = wallClock(zone);
  return (at) => read(at).there.toFormat('yyyy-MM-dd HH:mm:ss');
}

/**
 * Text that no spreadsheet takes for a formula. `csv-stringify` shields the first character of a
 * cell. This does the rest of what OWASP asks for: formulas behind blanks, and those that begin a
 * cell only where a reader splits elsewhere than at our commas. Such a reader takes the quotes there
 * for its own, and leaves them out.
 */
function guarded(cell: string | number): string | number {
  if (typeof cell === 'number') return cell;
  return showable(cell)
    .replaceAll(/([;\t\n])(["\p{Z}\p{Cf}]*)(?=[=+\-@＝＋－＠])/gu, "$1$2'")
    .replace(/^(?=[\t\n]|[\p{Z}\p{Cf}]+[=+\-@＝＋－＠])/u, "'");
}
