/**
 * Text for a file that others open: line breaks of every kind become one, and what no file may hold
 * (controls, half characters, what Unicode keeps for itself) becomes a mark that is seen.
 */
export const showable = (text: string): string =>
  text
    .replaceAll(/\r\n?|[\u0085\u2028\u2029\v\f]/g, '\n')
    .replaceAll(/[^\P{Cc}\t\n]|\p{Surrogate}|\p{Noncharacter_Code_Point}/gu, '\uFFFD');
