import type { Archive } from '../../src/domain/archive.ts';
import type { IncidentRecord } from '../../src/domain/record.ts';

/** A record of which nothing was ever corrected. */
export const archived = (record: IncidentRecord, more: Partial<Archive> = {}): Archive => ({
  ...record,
  revisions: [],
  audit: [],
  ...more,
});
