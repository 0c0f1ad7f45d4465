/** The postmortem: composed from a report, rendered for the channel, as a document and as data. */
export { composeDraft } from './compose.ts';
export { draftMarkdown } from './document.ts';
export type { Draft, DraftSection, Metric, Question } from './draft.ts';
export { draftMessage } from './message.ts';
export { recordJson } from './record-json.ts';
