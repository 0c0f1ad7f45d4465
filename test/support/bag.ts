/** Rows without their order, and without the id that they share. */
export const bag = (rows: readonly unknown[]): string[] =>
  rows.map((row) => JSON.stringify(plain(row))).toSorted();

/** A value as both sides have it: names of columns as those of properties, instants in milliseconds. */
export function plain(value: unknown): unknown {
  if (value instanceof Date) return value.getTime();
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'string' && /^\d+$/.test(value)) return Number(value);
  if (typeof value !== 'object' || value === null) return value;
  const pairs = Object.entries(value)
    .filter(([name, inner]) => name !== 'incident_id' && inner !== undefined)
    .map(([name, inner]): [string, unknown] => [
      name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
      plain(inner),
    ]);
  return Object.fromEntries(pairs.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
