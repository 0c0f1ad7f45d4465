import { HOUR, MINUTE } from '../instant.ts';

const NUMBERS: Readonly<Record<string, number>> = {
  'half an': 0.5,
  a: 1,
  an: 1,
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  ten: 10,
  twenty: 20,
  thirty: 30,
  forty: 40,
  sixty: 60,
  ninety: 90,
};

const LENGTH = `(\\d{1,3}|${Object.keys(NUMBERS).join('|')})[ -]?(h|hrs?|hours?|m|mins?|minutes?)(?!\\p{L})`;
/** Words that turn a length of time into one that is still to come. */
const AHEAD = new RegExp(
  `\\b(?:within|in|takes?|needs?|another|next|eta|estimated?|expected)\\s[^.;\\d]{0,15}?(?<![\\p{L}\\d.,:])${LENGTH}`,
  'giu',
);
const AWAY = new RegExp(
  `(?<![\\p{L}\\d.,:])${LENGTH}[’']?\\s(?:drive|away|left|to go|remaining)\\b`,
  'giu',
);

/** The waits that a text announces (“within two hours”, “95 minutes' drive”), in milliseconds; English only. */
export const announcedIn = (text: string): readonly number[] =>
  [AHEAD, AWAY].flatMap((pattern) =>
    [...text.slice(0, 4000).matchAll(pattern)].map(([, amount = '', unit = '']) => {
      const count = NUMBERS[amount.toLowerCase()] ?? Number(amount);
      return count * (/^h/i.test(unit) ? HOUR : MINUTE);
    }),
  );
