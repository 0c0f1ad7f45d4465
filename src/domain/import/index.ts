export { dayOf as importDay } from './heading.ts';
export { type Pasted, type PastedLine, withoutMarkup } from './pasted.ts';
export type { ImportContext } from './read-import.ts';
export { importZone, isSettled, readImport } from './read-import.ts';
export { entriesOf } from './recorded.ts';
export type { ImportEntry, ImportQuestion, ImportReading, ImportRow } from './row.ts';
