import type { Entry } from '../entry.ts';
import { COMMANDER } from '../incident.ts';
import type { Instant } from '../instant.ts';
import { type Block, bold, heading, type Line, note, paragraph } from '../text.ts';
import { type ClockFace, clockFace } from './clock-face.ts';
import { type Context, from } from './context.ts';
import { escalationTable } from './escalation-table.ts';
import { isMachinery } from './intervals.ts';
import { kindWords } from './kind-words.ts';
import { type Phase, phasesOf } from './phases.ts';
import { counted } from './phrases.ts';
import type { Telling } from './telling.ts';

/** Every entry of the timeline, before, during and after apart; Muster's own pings condensed. */
export function timelineSection(context: Context): readonly Block[] {
  const face = clockFace(context.zones);
  return [
    note(
      `Times are in ${context.zones[0] ?? 'UTC'}`,
      context.zones.length > 1 ? `, beside it ${context.zones.slice(1).join(', ')}` : '',
      '. A date beside another zone means that it is another day there. “~” marks an approximate time.',
    ),
    ...context.tellings.flatMap((telling) => timelineOf(context, telling, face)),
  ];
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
  { zones }: Context,
  telling: Telling,
  { title, entries }: Phase,
  face: ClockFace,
): Block[] {
  const told = entries.filter(({ detail }) => !isMachinery(detail?.type));
  if (told.length === 0) return [];
  const [leading = 'UTC', ...others] = zones;
  const head = [`Time (${leading})`, ...others, 'What it was', 'What happened', 'Who', 'Entry'];
  return [heading(title), { type: 'table', head, rows: rowsOf(telling, told, head.length, face) }];
}

function rowsOf(
  telling: Telling,
  entries: readonly Entry[],
  columns: number,
  face: ClockFace,
): readonly (readonly Line[])[] {
  const roles = rolesInTime(telling);
  let day: string | null = null;
  return entries.flatMap((entry) => {
    const row = entryRow(telling, entry, face, roles);
    if (entry.at === null) return [row];
    const before = day;
    day = face.day(entry.at);
    if (before === null || before === day) return [row];
    const blank = Array.from({ length: columns - 1 }, (): Line => []);
    return [[[bold(day)], ...blank], row];
  });
}

function entryRow(telling: Telling, entry: Entry, face: ClockFace, roles: RoleAt): readonly Line[] {
  const { at, text, no } = entry;
  return [
    ...timeCells(entry, at, face),
    [kindWords(telling, entry) || 'note'],
    [text],
    [whoOf(entry, roles)],
    [`#${no}`],
  ];
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
  return roleAt(author, no) ?? 'responder';
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
