import { inSlack, wordsAndFiles } from '../attached.ts';
import { counted } from '../counted.ts';
import type { Entry } from '../entry.ts';
import { COMMANDER, incidentName } from '../incident.ts';
import type { Instant } from '../instant.ts';
import { type Block, bold, heading, type Line, note, paragraph } from '../text.ts';
import { type ClockFace, clockFace } from './clock-face.ts';
import { type Context, from } from './context.ts';
import { escalationTable } from './escalation-table.ts';
import { isMachinery } from './intervals.ts';
import { kindWords } from './kind-words.ts';
import { type Phase, phasesOf } from './phases.ts';

import { foldEnds, type Told } from './recorded-ends.ts';
import type { Telling } from './telling.ts';

/** Every entry of the timeline, before, during and after apart; Muster's own pings condensed. */
export function timelineSection(context: Context): readonly Block[] {
  const face = clockFace(context.zones);
  return [
    note(howToRead(context)),
    ...context.tellings.flatMap((telling) => timelineOf(context, telling, face)),
  ];
}

/** What the columns show; of what is not there nothing is said. */
function howToRead({ zones, tellings }: Context): string {
  const [leading = 'UTC', ...others] = zones;
  const beside =
    others.length === 0
      ? ''
      : `, beside it ${others.join(', ')}, with the date where it is another day there`;
  const approximate = tellings.some(({ timeline }) =>
    timeline.some(({ time }) => time?.flags.includes('approximate')),
  );
  return `Times are in ${leading}${beside}.${approximate ? ' “~” marks an approximate time.' : ''}`;
}

function timelineOf(context: Context, telling: Telling, face: ClockFace): Block[] {
  const title = context.several
    ? [heading(`${telling.name}: ${telling.record.incident.title}`)]
    : [];
  const phases = phasesOf(telling);
  if (phases.length === 0) return [...title, paragraph('Nothing is recorded.')];
  return [
    ...title,
    ...phases.flatMap((phase) => phaseBlocks(context, telling, phase, face)),
    ...escalationTable(context, telling),
    ...hidden(context, telling),
  ];
}

function phaseBlocks(
  { zones, several }: Context,
  telling: Telling,
  { title, entries }: Phase,
  face: ClockFace,
): Block[] {
  const told = entries.filter(({ detail }) => !isMachinery(detail?.type));
  if (told.length === 0) return [];
  const [leading = 'UTC', ...others] = zones;
  const head = [`Time (${leading})`, ...others, 'What it was', 'What happened', 'Who', 'Entry'];
  const named = several ? `${telling.name} · ${title}` : title;
  const rows = rowsOf(telling, foldEnds(telling, told), head.length, face);
  return [heading(named), { type: 'table', head, rows }];
}

function rowsOf(
  telling: Telling,
  entries: readonly Told[],
  columns: number,
  face: ClockFace,
): readonly (readonly Line[])[] {
  const roles = rolesInTime(telling);
  let day: string | null = null;
  return entries.flatMap(({ entry, ends }) => {
    const row = entryRow(telling, entry, ends, face, roles);
    if (entry.at === null) return [row];
    const before = day;
    day = face.day(entry.at);
    if (before === null || before === day) return [row];
    const blank = Array.from({ length: columns - 1 }, (): Line => []);
    return [[[bold(day)], ...blank], row];
  });
}

function entryRow(
  telling: Telling,
  entry: Entry,
  ends: readonly Entry[],
  face: ClockFace,
  roles: RoleAt,
): readonly Line[] {
  const { at, no } = entry;
  return [
    ...timeCells(entry, at, face),
    [whatItWas(telling, entry, ends)],
    [...wordsAndFiles(entry), originOf(entry), ...inSlack(entry)],
    [whoOf(entry, roles)],
    [[no, ...ends.map((end) => end.no)].map((one) => `#${one}`).join(', ')],
  ];
}

/** Of an entry that came with a merge: where it was typed. */
const originOf = ({ detail }: Entry): string =>
  detail?.origin === undefined
    ? ''
    : ` (from ${incidentName(detail.origin)} #${detail.origin.entry})`;

function whatItWas(telling: Telling, entry: Entry, ends: readonly Entry[]): string {
  const words = [...ends, entry].flatMap((one) => kindWords(telling, one).split(', '));
  return [...new Set(words.filter((word) => word !== ''))].join(', ') || 'note';
}

function timeCells({ question, time }: Entry, at: Instant | null, face: ClockFace): Line[] {
  const others = face.beside(at ?? 0);
  if (at === null) {
    const why = question === null ? 'time not recorded' : 'time to be settled';
    return [[why], ...others.map((): Line => [])];
  }
  const mark = time?.flags.includes('approximate') ? '~' : '';
  return [[`${mark}${face.leading(at)}`], ...others.map((clock) => [`${mark}${clock}`])];
}

/** Roles before names: the timeline tells what was done, the header says who held which role. */
function whoOf({ author, source, no }: Entry, roleAt: RoleAt): string {
  if (author === null || source === 'system') return 'Muster';
  // Whoever hands a role over still held it; whoever takes one holds it by that.
  return roleAt(author, no - 1) ?? roleAt(author, no) ?? 'responder';
}

/** The role that somebody held when an entry was typed. */
type RoleAt = (person: string, no: number) => string | undefined;

function rolesInTime({ record }: Telling): RoleAt {
  const given = record.entries.flatMap(({ no, detail, struck }) =>
    detail?.type === 'role' && struck === null ? [{ no, ...detail }] : [],
  );
  return (person, no) => {
    const holders = new Map<string, string>();
    for (const one of given) if (one.no <= no) holders.set(one.role, one.user);
    // Whoever holds several is named by the one that decides.
    if (holders.get(COMMANDER) === person) return COMMANDER;
    return [...holders].find(([, holder]) => holder === person)?.[0];
  };
}

/** What is not on the timeline is counted, so that nothing goes unnoticed. */
function hidden(context: Context, telling: Telling): Block[] {
  const struck = telling.record.entries.filter((entry) => entry.struck !== null);
  if (struck.length === 0) return [];
  const numbers = struck.slice(0, 20).map(({ no }) => no);
  const more = struck.length > numbers.length ? ' and others' : '';
  return [
    note(
      `${counted(struck.length, 'entry was', 'entries were')} struck and not told here:${from(context, telling, ...numbers)}${more}.`,
    ),
  ];
}
