import type { Report } from '../record.ts';

/** The complete record as JSON, keys in alphabetical order, so that two exports can be compared. */
export function recordJson({ records }: Report): string {
  const document = { schema: 'muster.record', version: 1, records };
  return `${JSON.stringify(sorted(document), null, 2)}\n`;
}

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

function sorted(value: unknown): Json {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value === 'object' && value !== null) {
    const pairs = Object.entries(value).filter(([, inner]) => inner !== undefined);
    pairs.sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(pairs.map(([key, inner]) => [key, sorted(inner)]));
  }
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
