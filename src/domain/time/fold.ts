/** Typed text in plain form, with the way back to the original. */
export interface Folded {
  readonly text: string;
  /** For each folded position the position in the original; one more for the end. */
  readonly origin: readonly number[];
}

/** NFKC keeps these apart although keyboards and word processors mix them freely. */
const SAME: Readonly<Record<string, string>> = {
  '‐': '-',
  '‑': '-',
  '‒': '–',
  '—': '–',
  '―': '–',
  '−': '-',
  '〜': '~',
  '∼': '~',
  '≈': '~',
  '‘': "'",
  '’': "'",
  ʼ: "'",
};

/** What everybody types: nothing of it has another form. */
const PLAIN = /[ -~]/;

const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/;

/**
 * Makes full-width digits, narrow spaces, curly quotes and the many dashes plain.
 *
 * One character at a time, so that the rest of a line can be cut from the original unchanged.
 */
export function fold(typed: string): Folded {
  let text = '';
  const origin: number[] = [];
  let offset = 0;
  for (const character of typed) {
    if (PLAIN.test(character)) {
      text += character;
      origin.push(offset);
      offset += 1;
      continue;
    }
    const plain = INVISIBLE.test(character) ? '' : plainly(character);
    for (let index = 0; index < plain.length; index++) origin.push(offset);
    text += plain;
    offset += character.length;
  }
  origin.push(offset);
  return { text, origin };
}

/** The position in the original where the folded position begins. */
export function originOf(folded: Folded, position: number): number {
  return folded.origin[position] ?? folded.origin.at(-1) ?? 0;
}

function plainly(character: string): string {
  if (/\s/.test(character)) return ' ';
  return SAME[character] ?? character.normalize('NFKC');
}

/** Matches at exactly this position; the pattern must be sticky. */
export function matchAt(pattern: RegExp, text: string, position: number): RegExpExecArray | null {
  pattern.lastIndex = position;
  return pattern.exec(text);
}

/** The position after any spaces. */
export function skipSpaces(text: string, position: number): number {
  let next = position;
  while (text[next] === ' ') next++;
  return next;
}

const CONTINUES = /[\p{L}\p{N}_%$€'@]|:(?:[\d:]|[\da-f]{1,4}:)|[.,]\d/iuy;
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/uy;

/** Whether a figure may end here: no letter, digit or further figure is glued to it. */
export function endsHere(text: string, position: number): boolean {
  if (matchAt(CONTINUES, text, position) === null) return true;
  // Scripts written without spaces: `14:31再起動`.
  return matchAt(UNSPACED, text, position) !== null;
}
