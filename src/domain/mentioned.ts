import type { Entry } from './entry.ts';

const UNNAMED = /<@([UW][A-Z0-9]+)>/g;

/** The ids of the people whom a text mentions without a name, each once. */
export const unnamedIn = (text: string): readonly string[] => [
  ...new Set([...text.matchAll(UNNAMED)].map(([, id]) => id ?? '')),
];

/** A text with each such mention as `write` puts it; it stays where that is null. */
export const withMentions = (text: string, write: (id: string) => string | null): string =>
  text.includes('<@') ? text.replace(UNNAMED, (token, id: string) => write(id) ?? token) : text;

/**
 * Entries as they are read by people: whoever could not be named when a line was typed is named by
 * now. What is recorded keeps the id, because it is sealed.
 */
export const withNames = (
  entries: readonly Entry[],
  people: Readonly<Record<string, string>>,
): readonly Entry[] =>
  entries.map((entry) => {
    const text = withMentions(entry.text, (id) => (people[id] ? `@${people[id]}` : null));
    return text === entry.text ? entry : { ...entry, text };
  });
