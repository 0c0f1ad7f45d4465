import { nearestWord } from '../domain/nearest.ts';

/** The known word that `word` was most likely meant to be, or null when none is near. */
export function nearest(word: string, known: readonly string[]): string | null {
  const typed = bare(word);
  const inNumber = known.find((one) => sameButNumber(typed, bare(one)));
  if (inNumber !== undefined) return inNumber;
  const best = nearestWord(typed, known.map(bare));
  if (best === null || best.mistakes > Math.max(1, Math.floor(typed.length / 3))) return null;
  return known.find((candidate) => bare(candidate) === best.word) ?? null;
}

/** `severity` for `severities`, `alias` for `aliases`: several letters, and one mistake. */
const sameButNumber = (one: string, other: string): boolean =>
  plurals(one).includes(other) || plurals(other).includes(one);

const plurals = (word: string): readonly string[] => [
  `${word}s`,
  `${word}es`,
  word.replace(/y$/, 'ies'),
];

/** `firstUpdate`, `first-update` and `first_update` are the same word to whoever mistyped it. */
const bare = (word: string): string => word.toLowerCase().replace(/[^a-z0-9]/g, '');
