import { type Found, found, type Telling } from './telling.ts';

/**
 * The fixes as they are told. Whether one lasts is said by recording it again, in the same words:
 * then it is one fix, told once with the answer.
 */
export function fixesOf(telling: Telling): readonly Found<'fix'>[] {
  const all = found(telling, 'fix');
  const settled = new Set(
    all.flatMap(({ text, detail }) => (detail.permanence === null ? [] : [text.trim()])),
  );
  return all.filter(({ text, detail }) => detail.permanence !== null || !settled.has(text.trim()));
}
