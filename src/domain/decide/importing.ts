import { counted } from '../counted.ts';
import type { Reply } from '../decision.ts';
import type { Entry } from '../entry.ts';
import { entriesOf, type ImportEntry, isSettled, readImport } from '../import/index.ts';
import type { Instant, Zone } from '../instant.ts';
import { ok, type Result, refuse } from '../result.ts';
import { type Button, bold, type Line } from '../text.ts';
import { formatIn } from '../time/format.ts';
import { type Change, write } from './change.ts';
import { milestoneButtons } from './echo.ts';
import type { ActionOf, Context, Rules } from './rule.ts';
import { firstMoment, timing, typedAt } from './times.ts';
import { button, reply } from './wording.ts';

/** More would bury what is said; every line has its number, and `detected #7` works for all. */
const MOST_BUTTONS = 6;

function writeAll(
  change: Change,
  entries: readonly ImportEntry[],
  context: Context,
): readonly Entry[] {
  const written: Entry[] = [];
  for (const { at, reading, text, kinds, line } of entries) {
    const when = at === null ? ({ type: 'none' } as const) : ({ type: 'at', at, reading } as const);
    const entry = write(change, {
      ...timing(when),
      kinds,
      text,
      detail: { type: 'imported', line },
      // Without a time it keeps the place that it had among the lines.
      after: at === null ? (written.at(-1)?.no ?? null) : null,
      author: context.actor.id,
      source: 'import',
    });
    written.push(entry);
  }
  return written;
}

const numbers = (entries: readonly Entry[]): string => {
  const [first, last] = [entries[0]?.no, entries.at(-1)?.no];
  return first === last ? `#${first}` : `#${first} to #${last}`;
};

function span(entries: readonly Entry[], zone: Zone, now: Instant): Line[] {
  const times = entries.flatMap(({ at }) => (at === null ? [] : [at]));
  if (times.length === 0) return [];
  const show = (at: Instant): string => formatIn(at, zone, { date: true, reference: now });
  return [[`${show(Math.min(...times))} to ${show(Math.max(...times))}.`]];
}

/** A button for each milestone that a kind offers: the first such line, the last recovery. */
function milestones(change: Change, entries: readonly Entry[]): Button[] {
  const offered = new Map<string, Button[]>();
  for (const entry of entries) {
    for (const kind of entry.kinds) {
      if (kind !== 'recovered' && offered.has(kind)) continue;
      offered.set(kind, milestoneButtons(change, { ...entry, kinds: [kind] }));
    }
  }
  return [...offered.values()].flat().slice(0, MOST_BUTTONS);
}

/** Records all of the lines, or none: what is still to be asked refuses the whole. */
function importAll(change: Change, action: ActionOf<'import'>, context: Context): Result<Reply> {
  const { incident } = change;
  const now = typedAt(context);
  const read = readImport(action, context.actor.zone, { now, first: firstMoment(incident) });
  if (!read.ok) return read;
  if (!isSettled(read.value)) {
    const open = read.value.questions.filter(({ answer }) => answer === null);
    const lines = open.slice(0, 5).map(({ line }) => line);
    return refuse(
      `Nothing was imported: ${counted(open.length, 'question is', 'questions are')} open (line ${lines.join(', ')}). Look at the preview again.`,
    );
  }
  const entries = entriesOf(read.value, action.proposed);
  if (entries.length === 0) return refuse('Nothing was imported: none of the lines is an entry.');
  const written = writeAll(change, entries, context);
  const untimed = written.filter(({ at }) => at === null).length;
  const left = read.value.rows.filter(({ type }) => type === 'left out').length;
  const notes: Line[] = [
    ...(untimed === 0
      ? []
      : [
          [
            `${counted(untimed, 'entry has', 'entries have')} no time and ${untimed === 1 ? 'keeps its' : 'keep their'} place.`,
          ],
        ]),
    ...(left === 0 ? [] : [[`${counted(left, 'line was', 'lines were')} left out, as you chose.`]]),
    ['Correct one with /incident edit <number>, take one back with /incident strike <number>.'],
  ];
  const first: Line = [
    'Imported ',
    bold(counted(written.length, 'entry', 'entries')),
    `, ${numbers(written)}.`,
  ];
  const lines = span(written, context.actor.zone ?? 'UTC', now);
  const buttons = [...milestones(change, written), button(incident, 'Timeline', 'timeline')];
  return ok(reply(first, { lines, notes, buttons }));
}

/** Pasted timelines. */
export const importing: Rules<'import'> = { import: { handle: importAll } };
