const CODES = {
  bold: 1,
  dim: 2,
  italic: 3,
  underline: 4,
  strike: 9,
  red: 31,
  green: 32,
  yellow: 33,
  blue: 34,
  cyan: 36,
} as const;

/** A manner of writing. */
export type Ink = keyof typeof CODES;

/** Writes a text in some inks; a pen without colour writes it plainly. */
export type Pen = (text: string, ...inks: readonly Ink[]) => string;

const plain: Pen = (text) => text;

/** Each word is styled by itself, so that a line may break anywhere between words. */
const coloured: Pen = (text, ...inks) => {
  if (inks.length === 0) return text;
  const codes = inks.map((ink) => CODES[ink]).join(';');
  return text.replace(/[^ \n]+/g, (word) => `\u001b[${codes}m${word}\u001b[0m`);
};

/** A pen for terminals that show styling, or for those that do not. */
export const createPen = (color: boolean): Pen => (color ? coloured : plain);
