import type { Entry } from '../entry.ts';
import { type Block, heading, type Line, type Span, user } from '../text.ts';
import { inPlainWords } from '../views/target-words.ts';
import { type Context, from, leadTime } from './context.ts';
import { counted } from './phrases.ts';
import { mark, type Telling } from './telling.ts';

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
  const head = ['What', paged, 'When', 'What Muster recorded', 'Entries'];
  const rows = [...groups].map(([key, entries]) => rowOf(context, telling, key, entries));
  const acknowledged = mark(telling, 'acknowledged');
  const stopped: Block[] =
    acknowledged === null
      ? []
      : [
          {
            type: 'note',
            line: [
              `Acknowledged ${leadTime(context, acknowledged.at)}${from(context, telling, acknowledged.entry)}.`,
            ],
          },
        ];
  return [
    heading(context.several ? `Escalation by Muster, ${telling.name}` : 'Escalation by Muster'),
    { type: 'table', head, rows },
    ...stopped,
  ];
}

/** Reminders of what is to be done afterwards are no part of what happened. */
const AFTERWARDS = ['postmortem', 'actions'];

function keyOf({ detail }: Entry): string | null {
  if (detail?.type === 'ping') return `Ping of level ${detail.level}`;
  if (detail?.type === 'decayed') return 'acknowledgement void';
  if (detail?.type !== 'timer' || AFTERWARDS.includes(detail.timer)) return null;
  return `${detail.timer}: ${detail.step}`;
}

function rowOf(
  context: Context,
  telling: Telling,
  key: string,
  entries: readonly Entry[],
): readonly Line[] {
  const targets = new Set(
    entries.flatMap(({ detail }) => (detail?.type === 'ping' ? detail.targets : [])),
  );
  const texts = [...new Set(entries.map(({ text }) => text))];
  const numbers = entries.map(({ no }) => no);
  return [
    [key],
    [...targets].flatMap((target, place): Span[] => [
      ...(place === 0 ? [] : [', ']),
      telling.record.incident.drill ? inPlainWords([target], telling.record.people) : named(target),
    ]),
    [whenOf(context, entries)],
    [texts.join(' / ')],
    [from(context, telling, ...numbers.slice(0, 30)).trim(), numbers.length > 30 ? ' …' : ''],
  ];
}

/** A target as the policy names it; people and channels as mentions. */
function named(target: string): Span {
  const [, type, id = ''] = /^(user|usergroup|channel):(.+)$/.exec(target) ?? [];
  if (type === 'user') return user(id);
  if (type === 'usergroup') return { type: 'group', id };
  return type === 'channel' ? { type: 'channel', id } : target;
}

function whenOf(context: Context, entries: readonly Entry[]): string {
  const times = entries.flatMap(({ at }) => at ?? []);
  const [first] = times;
  const last = times.at(-1);
  if (first === undefined || last === undefined) return 'time not recorded';
  if (times.length === 1) return leadTime(context, first);
  return `${counted(times.length, 'time', 'times')}, ${leadTime(context, first)} to ${leadTime(context, last)}`;
}
