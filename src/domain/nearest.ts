/** A known word and how many typing mistakes away it is. */
export interface Near {
  readonly word: string;
  readonly mistakes: number;
}

/**
 * The known word that needs the fewest corrections, or null when there is none.
 *
 * Of two that are equally far the longer one is nearer: `rslve` is rather `resolve` than `role`.
 * A swap of neighbours counts as one mistake.
 */
export function nearestWord(typed: string, words: readonly string[]): Near | null {
  const [best] = words
    .map((word) => ({ word, mistakes: distance(typed, word) }))
    .sort((a, b) => a.mistakes - b.mistakes || b.word.length - a.word.length);
  return best ?? null;
}

/** Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours. */
function distance(one: string, other: string): number {
  const rows: number[][] = [Array.from({ length: other.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= one.length; row += 1) {
    const line = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const at = (back: number, left: number): number =>
        (back === 0 ? line : rows[row - back])?.[column - left] ?? Number.POSITIVE_INFINITY;
      const same = one[row - 1] === other[column - 1] ? 0 : 1;
      const swapped = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      line.push(Math.min(at(0, 1) + 1, at(1, 0) + 1, at(1, 1) + same, swapped ? at(2, 2) + 1 : 99));
    }
    rows.push(line);
  }
  return rows.at(-1)?.at(-1) ?? Number.POSITIVE_INFINITY;
}
