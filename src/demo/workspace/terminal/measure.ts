// biome-ignore lint/suspicious/noControlCharactersInRegex: this is what terminal styling is made of
const STYLING = /\u001b\[[0-9;]*m|\u001b\]8;;[^\u0007]*\u0007/g;
const WIDE =
  /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\u3000-\u303F\uFF01-\uFF60\uFFE0-\uFFE6]|\p{Emoji_Presentation}|\uFE0F/u;
const INVISIBLE = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** How many cells of a terminal a text takes: styling takes none, wide characters two. */
export function cells(text: string): number {
  let sum = 0;
  for (const { segment } of graphemes.segment(text.replace(STYLING, ''))) {
    if (INVISIBLE.test(segment)) continue;
    sum += WIDE.test(segment) ? 2 : 1;
  }
  return sum;
}

/** Fills a text up to a width with blanks. */
export function pad(
  text: string,
  width: number,
  align: 'left' | 'right' | 'center' = 'left',
): string {
  const room = Math.max(0, width - cells(text));
  const before = align === 'left' ? 0 : align === 'right' ? room : Math.floor(room / 2);
  return `${' '.repeat(before)}${text}${' '.repeat(room - before)}`;
}

/** Cuts a word that is wider than a line into pieces that fit. */
function chop(word: string, width: number): string[] {
  if (cells(word) <= width) return [word];
  const pieces: string[] = [];
  let piece = '';
  for (const { segment } of graphemes.segment(word.replace(STYLING, ''))) {
    if (cells(piece + segment) > width) {
      pieces.push(piece);
      piece = '';
    }
    piece += segment;
  }
  return [...pieces, piece];
}

function wrapLine(line: string, width: number): string[] {
  const indent = /^ */.exec(line)?.[0] ?? '';
  const room = Math.max(1, width - indent.length);
  const lines: string[] = [];
  let current = '';
  for (const word of line
    .slice(indent.length)
    .split(' ')
    .flatMap((each) => chop(each, room))) {
    const longer = current ? `${current} ${word}` : word;
    if (current && cells(longer) > room) {
      lines.push(indent + current);
      current = word;
    } else current = longer;
  }
  return [...lines, indent + current];
}

/** Breaks a text into lines of at most this width, between words where possible. */
export function wrap(text: string, width: number): string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, Math.max(1, width)));
}
