/** The first word of what was typed, and the rest with its line breaks. */
export function firstWord(text: string): { word: string; rest: string } {
  const trimmed = text.trim();
  const end = trimmed.search(/\s/);
  if (end < 0) return { word: trimmed, rest: '' };
  return { word: trimmed.slice(0, end), rest: trimmed.slice(end).trim() };
}

/** The last word of what was typed, and what stands before it. */
export function lastWord(text: string): { before: string; word: string } {
  const trimmed = text.trim();
  let start = trimmed.length;
  while (start > 0 && !/\s/.test(trimmed.charAt(start - 1))) start -= 1;
  return { before: trimmed.slice(0, start).trimEnd(), word: trimmed.slice(start) };
}

/** A word as it is compared: small letters, without the punctuation that people put after it. */
export const bare = (word: string): string => word.toLowerCase().replace(/[:,;.=]+$/, '');

/** What follows an option word, without the punctuation that set it apart: `root: DNS`; `--:--` is a time. */
export const afterWord = (rest: string): string =>
  rest.replace(/^(?!--:--)[:,;=–—-]+\s+/, '').trim();

/** The leading option among those offered, in any case, and the rest. */
export function optionOf<T extends string>(
  text: string,
  offered: Readonly<Record<string, T>>,
): { option: T | null; rest: string } {
  const { word, rest } = firstWord(text);
  const key = bare(word);
  const option = Object.hasOwn(offered, key) ? offered[key] : undefined;
  return option === undefined
    ? { option: null, rest: text.trim() }
    : { option, rest: afterWord(rest) };
}

/** An entry's number as people write it: `3`, `#3`, `3:`. Null when it is none. */
export function entryNumber(word: string): number | null {
  const [, digits] = /^#?(\d{1,9})[:,;.]?$/.exec(word) ?? [];
  return digits === undefined || Number(digits) === 0 ? null : Number(digits);
}

/** `#7` and nothing else: an entry that is there already. A bare figure may be a time instead. */
export function entryPointed(text: string): number | null {
  const trimmed = text.trim();
  return trimmed.startsWith('#') ? entryNumber(trimmed) : null;
}
