import { type Archive, DOCUMENT_VERSION, kept, type RecordDocument } from '../domain/archive.ts';

/**
 * All that is kept of the incidents as JSON, keys in alphabetical order: as long as nothing changes,
 * every export has the same bytes. `docs/record.schema.json` describes it.
 */
export function recordJson(archives: readonly Archive[]): string {
  const document: RecordDocument = {
    schema: 'muster.record',
    version: DOCUMENT_VERSION,
    records: archives.map((archive) => ({ ...kept(archive), people: named(archive) })),
  };
  return `${JSON.stringify(sorted(document), null, 2)}\n`;
}

/** The names of those who occur in it: the record is no list of everybody in the workspace. */
function named({ people, asOf: _, ...record }: Archive): Archive['people'] {
  const words = new Set(JSON.stringify(record).match(/[A-Z][A-Z0-9]+/g));
  return Object.fromEntries(Object.entries(people).filter(([id]) => words.has(id)));
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
