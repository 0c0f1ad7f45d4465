import { counted } from '../counted.ts';
import type { Entry } from '../entry.ts';
import type { IncidentRecord } from '../record.ts';
import { type Block, heading, type Line, note, type Span, user } from '../text.ts';
import { isAfterwards } from '../timers/index.ts';
import { type Names, systemName } from '../views/phrases.ts';
import { inPlainWords, targetNamed } from '../views/target-words.ts';
import { type Context, from, leadTime } from './context.ts';

import { type Found, found, mark, type Telling } from './telling.ts';

/** Muster's pings and timers, one row per level or timer, so that they do not drown the story. */
export function escalationTable(context: Context, telling: Telling): readonly Block[] {
  const groups = new Map<string, Entry[]>();
  for (const entry of telling.timeline) {
    const key = keyOf(entry);
    if (key === null) continue;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [entry]);
    else group.push(entry);
  }
  if (groups.size === 0) return [];
  const paged = telling.record.incident.drill ? 'Who would have been paged' : 'Who was paged';
  const head = ['What Muster recorded', paged, 'When', 'Entries'];
  const rows = [...groups.values()].map((entries) => rowOf(context, telling, entries));
  const acknowledged = telling.rounds.flatMap(
    (round) => mark(telling, 'acknowledged', round) ?? [],
  );
  const moments = acknowledged.map(
    ({ at, entry }) => `${leadTime(context, at)}${from(context, telling, entry)}`,
  );
  const stopped: Block[] =
    moments.length === 0 ? [] : [note(`Acknowledged ${moments.join('; again ')}.`)];
  return [
    heading(context.several ? `Escalation by Muster, ${telling.name}` : 'Escalation by Muster'),
    { type: 'table', head, rows },
    ...stopped,
  ];
}

function keyOf({ detail }: Entry): string | null {
  if (detail?.type === 'ping') return `Ping of level ${detail.level}`;
  if (detail?.type === 'page') return 'Page by hand';
  if (detail?.type === 'decayed') return 'acknowledgement void';
  if (detail?.type !== 'timer' || isAfterwards(detail.timer)) return null;
  return `${detail.timer}: ${detail.step}`;
}

function rowOf(context: Context, telling: Telling, entries: readonly Entry[]): readonly Line[] {
  const texts = [...new Set(entries.map(({ text }) => text))];
  const answers = answersTo(telling, entries);
  const numbers = [...entries, ...answers].map(({ no }) => no).sort((a, b) => a - b);
  return [
    [texts.join(' / ')],
    whoLine(telling, entries, answers),
    [whenOf(context, entries)],
    [numbersOf(context, telling, numbers)],
  ];
}

/** Of many entries the first ones and the last, and how many they are. */
function numbersOf(context: Context, telling: Telling, numbers: readonly number[]): string {
  if (numbers.length <= NAMED) return from(context, telling, ...numbers).trim();
  const last = numbers.at(-1) ?? 0;
  const some = from(context, telling, ...numbers.slice(0, NAMED - 2))
    .trim()
    .slice(0, -1);
  return `${some} … #${last}] (${numbers.length} entries)`;
}

const NAMED = 8;

type Answer = Found<'on call'>;

/** Who turned out to be on call when these pings were delivered. */
function answersTo(telling: Telling, entries: readonly Entry[]): readonly Answer[] {
  const numbers = new Set<number | null>(entries.map(({ no }) => no));
  return found(telling, 'on call').filter(({ detail }) => numbers.has(detail.ping));
}

const targetsOf = ({ detail }: Entry): readonly string[] =>
  detail?.type === 'ping' || detail?.type === 'page' ? detail.targets : [];

/** Everybody who was paged, each once and by name: they need not be called again by being mentioned. */
function whoLine({ record }: Telling, entries: readonly Entry[], answers: readonly Answer[]): Line {
  const { drill } = record.incident;
  const said = [...new Set(entries.flatMap(targetsOf))].flatMap((target): readonly Span[] =>
    drill ? [inPlainWords([target], record.people)] : named(target, record, answers),
  );
  const once = said.filter((span, place) => !said.slice(0, place).includes(span));
  return once.flatMap((span, place): Span[] => (place === 0 ? [span] : [', ', span]));
}

/** Somebody or a group by name; as a mention where no name is known. */
function named(
  written: string,
  { people, incident }: IncidentRecord,
  answers: readonly Answer[],
): readonly Span[] {
  const target = targetNamed(written);
  switch (target?.type) {
    case 'user':
      return [atName(people, target.id) ?? user(target.id)];
    case 'usergroup':
      return [atName(people, target.id) ?? { type: 'group', id: target.id }];
    case 'declarer':
      return [atName(people, incident.declaredBy) ?? user(incident.declaredBy)];
    case 'schedule': {
      const own = answers.filter(({ detail }) => detail.schedule === target.name);
      return own.length === 0
        ? [systemName(target)]
        : own.map(({ detail }) => onCall(detail, people));
    }
    case 'channel':
      return [target.id === null ? 'its channel' : { type: 'channel', id: target.id }];
    default:
      return [target == null ? written : systemName(target)];
  }
}

function onCall({ user: id, schedule, instead }: Answer['detail'], people: Names): string {
  if (id === null) return `nobody (${schedule})`;
  return `${atName(people, id) ?? id} (${instead ? 'next' : 'on call'} in ${schedule})`;
}

const atName = (people: Names, id: string): string | null => {
  const name = people[id];
  return name === undefined ? null : `@${name}`;
};

function whenOf(context: Context, entries: readonly Entry[]): string {
  const times = entries.flatMap(({ at }) => at ?? []);
  const [first] = times;
  const last = times.at(-1);
  if (first === undefined || last === undefined) return 'time not recorded';
  if (times.length === 1) return leadTime(context, first);
  return `${counted(times.length, 'time', 'times')}, ${leadTime(context, first)} to ${leadTime(context, last)}`;
}
