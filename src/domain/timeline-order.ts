import type { Entry } from './entry.ts';
import { MINUTE } from './instant.ts';

type Placed = Pick<Entry, 'no' | 'at' | 'after'>;

/**
 * The entries as the timeline tells them.
 *
 * By instant; entries of one minute in the order of entry; an entry without a time directly after
 * the one it follows, or at the end. Give it all entries, struck ones too, and leave out afterwards
 * what is not to be shown: an untimed entry may follow a struck one.
 */
export function inOrder<E extends Placed>(entries: readonly E[]): readonly E[] {
  const byNumber = [...entries].sort((a, b) => a.no - b.no);
  const followers = followersOf(byNumber);
  const timed = byNumber
    .filter((entry): entry is E & { at: number } => entry.at !== null)
    .sort((a, b) => Math.floor(a.at / MINUTE) - Math.floor(b.at / MINUTE) || a.no - b.no);
  const atEnd = byNumber.filter(({ at, after }) => at === null && after === null);
  const told = new Set<E>();
  for (const entry of [...timed, ...atEnd]) tell(entry, followers, told);
  // Whoever follows an entry that is not here, or each other in a circle, is told last.
  for (const entry of byNumber) tell(entry, followers, told);
  return [...told];
}

function followersOf<E extends Placed>(entries: readonly E[]): ReadonlyMap<number, readonly E[]> {
  const followers = new Map<number, E[]>();
  for (const entry of entries) {
    if (entry.at !== null || entry.after === null) continue;
    const own = followers.get(entry.after);
    if (own === undefined) followers.set(entry.after, [entry]);
    else own.push(entry);
  }
  return followers;
}

function tell<E extends Placed>(
  first: E,
  followers: ReadonlyMap<number, readonly E[]>,
  told: Set<E>,
): void {
  const waiting = [first];
  for (let entry = waiting.pop(); entry !== undefined; entry = waiting.pop()) {
    if (told.has(entry)) continue;
    told.add(entry);
    waiting.push(...[...(followers.get(entry.no) ?? [])].reverse());
  }
}
