import { bold, type Line } from '../text.ts';

/** The kinds of secrets that a text has lost, from what stands in their place. */
export const secretsIn = (text: string): readonly string[] => [
  ...new Set(
    [...text.matchAll(/\[secret removed: ([\w ]{1,40})\]/g)].map(([, name]) => name ?? ''),
  ),
];

const listed = (names: readonly string[]): string =>
  names.length < 2 ? (names[0] ?? '') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

const removed = (names: readonly string[]) =>
  bold(`What looks like a secret was taken out (${listed(names)}); it is not kept.`);

/** What whoever typed it has to know; nothing where nothing was taken out. */
export const removedFromTyped = (names: readonly string[]): readonly Line[] =>
  names.length === 0
    ? []
    : [[removed(names), ' Slack has seen it: rotate it. If it was none, put it in other words.']];

/** What whoever put a message on the timeline has to know: there, it can still be read. */
export const removedFromMessage = (
  names: readonly string[],
  link: string | null,
): readonly Line[] => {
  if (names.length === 0) return [];
  const message =
    link === null ? 'the message' : { type: 'link' as const, url: link, text: 'the message' };
  return [[removed(names), ' It still stands in ', message, ': edit it out there, and rotate it.']];
};
