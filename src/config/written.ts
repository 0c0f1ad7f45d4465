import type { Problem } from './problem.ts';

/** A problem and the keys that lead to it. */
export type Found = Omit<Problem, 'path' | 'at'> & { readonly keys: readonly PropertyKey[] };

/** Whether a value is a section with keys of its own. */
export const isSection = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The section below a key of what was written; an empty one where there is none. */
export const section = (value: unknown, key: string): Readonly<Record<string, unknown>> => {
  const inner = isSection(value) ? value[key] : undefined;
  return isSection(inner) ? inner : {};
};

/** The list below a key of what was written; an empty one where there is none. */
export const list = (value: unknown, key: string): readonly unknown[] => {
  const inner = isSection(value) ? value[key] : undefined;
  return Array.isArray(inner) ? inner : [];
};
