const STOP = new Set(
  'a an and are as at be been but by for from had has have in into is it its of on or our so some that the their then there they this to was we were which will with would not no all after before during when while'.split(
    ' ',
  ),
);

/** The words of a text that carry meaning, lower case, without endings that only inflect. */
export function meaningOf(text: string): ReadonlySet<string> {
  const words =
    text
      .slice(0, 2000)
      .toLowerCase()
      .match(/[\p{L}\p{N}_%]+/gu) ?? [];
  return new Set(words.filter((word) => !STOP.has(word)).map(stem));
}

const stem = (word: string): string =>
  word.length > 5 ? word.replace(/(?:ing|ed|es|s|ly)$/, '') : word.replace(/(?<=.{3})s$/, '');

/** How much two sets of words share, 0 to 1. */
export function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  if (one.size === 0 || other.size === 0) return 0;
  let shared = 0;
  for (const word of one) if (other.has(word)) shared += 1;
  return shared / (one.size + other.size - shared);
}
