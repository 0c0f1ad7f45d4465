import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import opentype from 'opentype.js';
import { showable } from '../showable.ts';

const { resolve } = createRequire(import.meta.url);

/** The typeface of every picture: it comes with Muster, because a container has none. */
export const FAMILY = 'DejaVu Sans';
const FOLDER = 'dejavu-fonts-ttf/ttf';
export const FONT_FILES = {
  regular: resolve(`${FOLDER}/DejaVuSansCondensed.ttf`),
  bold: resolve(`${FOLDER}/DejaVuSansCondensed-Bold.ttf`),
};

/** How wide anything is taken to be that the typeface has no glyph for, in ems. */
const UNKNOWN = 1.3;

type Weight = keyof typeof FONT_FILES;

/** Widths of characters in ems, as they are asked for; -1 where the typeface has none. */
const known: Readonly<Record<Weight, Map<string, number>>> = {
  regular: new Map(),
  bold: new Map(),
};
const fonts = new Map<Weight, opentype.Font>();

function font(weight: Weight): opentype.Font {
  const loaded = fonts.get(weight);
  if (loaded !== undefined) return loaded;
  const { buffer, byteOffset, byteLength } = readFileSync(FONT_FILES[weight]);
  const read = opentype.parse(buffer.slice(byteOffset, byteOffset + byteLength));
  fonts.set(weight, read);
  return read;
}

function advance(character: string, weight: Weight): number {
  const widths = known[weight];
  const before = widths.get(character);
  if (before !== undefined) return before;
  const face = font(weight);
  const glyph = face.charToGlyph(character);
  const width = glyph.index === 0 ? -1 : (glyph.advanceWidth ?? 0) / face.unitsPerEm;
  // Nobody writes with more characters than this; a record that does must not fill the memory.
  if (widths.size > 5000) widths.clear();
  widths.set(character, width);
  return width;
}

/** How wide a text is, in pixels at this size: never less than it is drawn. */
export function widthOf(text: string, size: number, bold = false): number {
  let ems = 0;
  for (const character of text) {
    const width = advance(character, bold ? 'bold' : 'regular');
    ems += width < 0 ? UNKNOWN : width;
  }
  return ems * size;
}

/** Whether the typeface has all of it; else fonts of the machine are asked for, where it has any. */
export const isCovered = (text: string): boolean =>
  [...text].every((character) => advance(character, 'regular') >= 0);

/** What turns text around or shows nothing; the joiners of letters apart. */
const UNDRAWN = /(?![\u200c\u200d])\p{Default_Ignorable_Code_Point}/gu;
/** Joiners that have nothing to join: what is left of an emoji. */
const LOOSE = /(?<![\p{L}\p{M}])[\u200c\u200d]+/gu;
const EMOJI = /\p{Extended_Pictographic}|\p{Emoji_Modifier}/u;

/** A text as it can be drawn: one line; emoji, of which typefaces of the kind have none, left out. */
export function drawable(text: string): string {
  const line = showable(text.slice(0, 2000)).replaceAll(UNDRAWN, '');
  const letters = [...line].filter(
    (character) => !EMOJI.test(character) || advance(character, 'regular') >= 0,
  );
  return letters.join('').replaceAll(LOOSE, '').replaceAll(/\s+/g, ' ').trim();
}

/** The text, cut so that it is at most this wide. */
export function fitted(text: string, size: number, room: number, bold = false): string {
  if (widthOf(text, size, bold) <= room) return text;
  const letters = [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment);
  let low = 0;
  let high = letters.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    const cut = `${letters.slice(0, middle).join('').trimEnd()}…`;
    if (widthOf(cut, size, bold) <= room) low = middle;
    else high = middle - 1;
  }
  return low === 0 ? '' : `${letters.slice(0, low).join('').trimEnd()}…`;
}

/** The text in bold lines of at most this width, the last one cut where it has to be. */
export function wrapped(
  text: string,
  size: number,
  room: number,
  lines: number,
): readonly string[] {
  const result: string[] = [];
  let rest = text;
  while (result.length < lines - 1 && widthOf(rest, size, true) > room) {
    const cut = fitted(rest, size, room, true).slice(0, -1);
    const blank = cut.lastIndexOf(' ');
    const end = blank > cut.length / 2 ? blank : cut.length;
    if (end === 0) break;
    result.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return [...result, fitted(rest, size, room, true)];
}
