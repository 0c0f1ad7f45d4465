import type { Found } from './written.ts';

/** Sections whose entries are named by the user: there a name alone says something. */
const NAMED = ['severities', 'policies', 'schedules', 'webhooks'];

/**
 * Takes out the keys that have nothing after them, as people leave them when they comment values out.
 *
 * They count as not written, and each is told as a doubt: a blank `acknowledge:` means no timer.
 */
export function withoutBlanks(root: unknown): { value: unknown; blanks: readonly Found[] } {
  const blanks: Found[] = [];
  const walk = (value: unknown, keys: readonly PropertyKey[]): unknown => {
    if (Array.isArray(value)) return value.map((item, index) => walk(item, [...keys, index]));
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).flatMap(([key, inner]): [string, unknown][] => {
        if (inner !== null) return [[key, walk(inner, [...keys, key])]];
        if (keys.length === 1 && NAMED.includes(String(keys[0]))) return [[key, {}]];
        blanks.push({
          keys: [...keys, key],
          reason: 'has nothing after it and counts as not written',
          fix: 'write a value, or remove the line',
        });
        return [];
      }),
    );
  };
  return { value: walk(root, []), blanks };
}
