import { counted } from '../counted.ts';
import type { Entry } from '../entry.ts';
import type { Instant } from '../instant.ts';
import type { IncidentRecord } from '../record.ts';
import { type Block, bold, code, dated, instant, type Line, note, paragraph } from '../text.ts';
import { oneLine } from './phrases.ts';

const SHOWN = 10;
const LONGEST = 200;

/** When a reader last did something in an incident, and what others have corrected since. */
export interface LastHere {
  readonly at: Instant;
  /** Numbers of entries. */
  readonly corrected: readonly number[];
}

/** An entry in one line, with its clock and number. */
export const entryLine = ({ no, at, text }: Entry, label = ''): Line => [
  ...(at === null ? [] : [instant(at), ' ']),
  `${label}${oneLine(text, LONGEST)} `,
  code(`#${no}`),
];

/** A heading with a list; nothing when there is nothing to list. */
export const section = (title: Line, items: readonly Line[]): readonly Block[] =>
  items.length === 0 ? [] : [paragraph(...title), { type: 'list', items }];

function struckLine(entry: Entry): Line {
  const reason = entry.struck?.reason.trim() ?? '';
  return [...entryLine(entry, 'Struck: '), ...(reason === '' ? [] : [` (${oneLine(reason, 80)})`])];
}

/** What others did since, in the order in which they did it: new entries, then what is not as it was. */
function changesSince(entries: readonly Entry[], reader: string, last: LastHere): readonly Line[] {
  const { at, corrected } = last;
  const byNumber = entries.toSorted((a, b) => a.no - b.no);
  // What was written in the very same moment was not seen, either.
  const isNew = ({ author, recordedAt }: Entry) => recordedAt >= at && author !== reader;
  const known = byNumber.filter((entry) => !isNew(entry));
  const isGone = ({ struck }: Entry) => struck !== null && struck.at >= at && struck.by !== reader;
  return [
    ...byNumber
      .filter((entry) => isNew(entry) && entry.struck === null)
      .map((entry) => entryLine(entry)),
    ...known
      .filter(({ no, struck }) => struck === null && corrected.includes(no))
      .map((entry) => entryLine(entry, 'Changed: ')),
    ...known.filter(isGone).map(struckLine),
  ];
}

/**
 * Everything that others recorded, changed or struck since the reader last did something here: typed,
 * clicked or pinned. Nothing for somebody who never did: to them all of it is new.
 */
export function sinceYouLeft(
  { entries, asOf }: Pick<IncidentRecord, 'entries' | 'asOf'>,
  reader: string,
  last: LastHere | null,
): readonly Block[] {
  if (last === null) return [];
  const lines = changesSince(entries, reader, last);
  const when = dated(last.at, asOf);
  if (lines.length === 0)
    return [note('Nothing has changed since you last did something here, ', when, '.')];
  const count = `: ${counted(lines.length, 'change')} after what you did last, `;
  const more = lines.length - SHOWN;
  return [
    ...section([bold('Since you left'), count, when], lines.slice(-SHOWN)),
    ...(more > 0 ? [note(`${more} more are in the timeline.`)] : []),
  ];
}
