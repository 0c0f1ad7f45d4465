import { likeness, meaningOf } from './likeness.ts';

/** More texts than this are compared only when they are the same word for word. */
const COMPARED = 300;
const LIKE = 0.7;

/** For each text that repeats an earlier one, in nearly the same words, the place of that one. */
export function twinsOf(texts: readonly string[]): ReadonlyMap<number, number> {
  const twins = new Map<number, number>();
  const first = new Map<string, number>();
  const meanings = texts.slice(0, COMPARED).map(meaningOf);
  for (const [place, text] of texts.entries()) {
    const key = text.trim().toLowerCase().replaceAll(/\s+/g, ' ');
    const same = first.get(key) ?? similar(meanings, place);
    if (same === undefined) first.set(key, place);
    else if (key !== '') twins.set(place, same);
  }
  return twins;
}

function similar(meanings: readonly ReadonlySet<string>[], place: number): number | undefined {
  const mine = meanings[place];
  if (mine === undefined || mine.size < 3) return undefined;
  const found = meanings.slice(0, place).findIndex((other) => likeness(mine, other) >= LIKE);
  return found === -1 ? undefined : found;
}
