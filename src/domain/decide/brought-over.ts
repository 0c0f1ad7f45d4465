import type { Detail, Entry, Origin } from '../entry.ts';
import type { Incident } from '../incident.ts';
import { type Change, nextCount, write } from './change.ts';

/**
 * What Muster or the incident itself did there: it tells of clocks, roles and a status that the other
 * incident has of its own. Header fields and links are about that record, too.
 */
const STAYS: readonly NonNullable<Entry['detail']>['type'][] = [
  'field',
  'link',
  'role',
  'acknowledged',
  'ping',
  'on call',
  'page',
  'timer',
  'decayed',
  'channel',
  'snoozed',
  'status',
  'severity',
  'resolved',
  'reopened',
  'cancelled',
];

/** Whether an entry of an incident belongs to another one once both are one. */
export const isBrought = ({ struck, source, detail }: Entry): boolean =>
  struck === null && source !== 'system' && !STAYS.includes(detail?.type ?? 'imported');

/** Findings keep their meaning and get the next number here; `moved` is what they were called there. */
function meaning(
  change: Change,
  { detail }: Entry,
  origin: Origin,
  moved: ReadonlyMap<string, string>,
): Detail {
  switch (detail?.type) {
    case 'effect':
    case 'cause':
    case 'fix':
    case 'workaround':
    case 'lesson':
    case 'stated': {
      const { was: _, line: __, ...rest } = detail;
      return { ...rest, n: nextCount(change, detail.type), origin };
    }
    case 'action': {
      const addresses = detail.item.addresses;
      const item = { ...detail.item, addresses: moved.get(addresses ?? '') ?? null };
      return { type: 'action', n: nextCount(change, 'action'), item, origin };
    }
    case 'comms':
      return { type: 'comms', audience: detail.audience, origin };
    case 'restored':
      return { type: 'restored', percent: detail.percent, origin };
    default:
      return { type: 'merged', origin };
  }
}

/**
 * Writes what people recorded in one incident into another: instant, author, kinds and when it was
 * recorded are what they were, and each says where it came from. A milestone comes as a line: only a
 * verb sets one. Answers of the new numbers by the old ones.
 */
export function bringOver(
  change: Change,
  { number, drill }: Incident,
  entries: readonly Entry[],
): ReadonlyMap<number, Entry> {
  const written = new Map<number, Entry>();
  const causes = new Map<string, string>();
  for (const entry of entries.filter(isBrought).toSorted((a, b) => a.no - b.no)) {
    const { no: _, revision: __, after, ...kept } = entry;
    const own = meaning(change, entry, { number, drill, entry: entry.no }, causes);
    // What was taken from a message goes on following it.
    const message = entry.detail?.message;
    const detail = message === undefined ? own : { ...own, message };
    if (entry.detail?.type === 'cause' && detail.type === 'cause')
      causes.set(`c${entry.detail.n}`, `c${detail.n}`);
    const follows = after === null ? null : (written.get(after)?.no ?? null);
    written.set(entry.no, write(change, { ...kept, after: follows, detail }));
  }
  return written;
}
