import { nearestWord } from '../domain/nearest.ts';

/**
 * The verb that a mistyped one was most likely meant to be, or null when none is near.
 *
 * Short words allow one mistake, longer ones two.
 */
export function nearest(word: string, words: readonly string[]): string | null {
  const typed = word.toLowerCase();
  if (typed.length < 2 || typed.length > 20) return null;
  const best = nearestWord(typed, words);
  const allowed = typed.length <= 4 ? 1 : 2;
  return best !== null && best.mistakes <= allowed ? best.word : null;
}
