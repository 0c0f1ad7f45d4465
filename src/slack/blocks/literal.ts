/**
 * What somebody typed, made safe for Slack without losing any of it. Slack's limits count UTF-16
 * units; people count graphemes, so text is only ever cut between graphemes.
 */

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });
const LONE_SURROGATES = /[\uD800-\uDFFF]/gu;
const RIGHT_TO_LEFT =
  /[\u0590-\u08FF\u200E\u200F\u202A-\u202E\u2066-\u2069\uFB1D-\uFDFD\uFE70-\uFEFC]|[\u{10800}-\u{10FFF}]|[\u{1E800}-\u{1EFFF}]/u;
const FIRST_STRONG_ISOLATE = '\u2068';
const POP_ISOLATE = '\u2069';
/** Characters that mrkdwn reads as formatting and that no escape can switch off. */
const FORMATTING = /[*_~`]|:[^\s:]+:|^\s*>/mu;

/** Well-formed text: no NUL, no half of a surrogate pair. */
export const tidy = (text: string): string =>
  text.replaceAll('\0', '').replace(LONE_SURROGATES, '\uFFFD');

/** Exactly the three characters that Slack wants encoded. */
export const escapeMrkdwn = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Whether mrkdwn would show this text as it is, once escaped. */
export const isPlain = (text: string): boolean => !FORMATTING.test(text);

/** Keeps the direction of a text from reordering what stands around it on the same line. */
export function isolate(text: string): string {
  if (!RIGHT_TO_LEFT.test(text)) return text;
  let open = 0;
  let unopened = 0;
  for (const character of text) {
    if (character === POP_ISOLATE) {
      if (open > 0) open -= 1;
      else unopened += 1;
    } else if (character >= '\u2066' && character <= '\u2068') open += 1;
  }
  // A stray closing mark in the text would end our isolate early, so each gets its partner.
  return `${FIRST_STRONG_ISOLATE.repeat(unopened + 1)}${text}${POP_ISOLATE.repeat(open + 1)}`;
}

/** The longest beginning of at most `max` units that ends between graphemes; never empty for a non-empty text. */
function longestStart(text: string, max: number): string {
  if (text.length <= max) return text;
  let end = 0;
  // A generous window: the segmenter only has to look at what can still fit.
  for (const { segment } of segmenter.segment(text.slice(0, max + 64))) {
    if (end + segment.length > max) break;
    end += segment.length;
  }
  // A single grapheme beyond the limit (a pile of combining marks) has to be cut, but not in a pair.
  if (end === 0) end = /[\uD800-\uDBFF]/.test(text.charAt(max - 1)) ? max - 1 : max;
  return text.slice(0, Math.max(1, end));
}

/** At most `max` units, with an ellipsis where something is missing. */
export const cut = (text: string, max: number): string =>
  text.length <= max ? text : `${longestStart(text, max - 1).trimEnd()}…`;

/** Where to end a piece so that lines, then words, stay whole when that costs at most half of it. */
function breakBefore(start: string): number {
  const line = start.lastIndexOf('\n') + 1;
  if (line > start.length / 2) return line;
  const word = start.search(/\s\S*$/u) + 1;
  return word > start.length / 2 ? word : start.length;
}

/** The same text in pieces of at most `max` units; joined, they are the text again. */
export function pieces(text: string, max: number): string[] {
  const result: string[] = [];
  let rest = text;
  while (rest.length > max) {
    const start = longestStart(rest, max);
    const piece = start.slice(0, breakBefore(start));
    result.push(piece);
    rest = rest.slice(piece.length);
  }
  if (rest !== '') result.push(rest);
  return result;
}
