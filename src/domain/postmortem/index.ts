/** The postmortem: composed from a report, rendered for the channel, as a document and as data. */
export { changedBetween } from './changed.ts';
export { composeDraft, composeSection, openQuestions } from './compose.ts';
export { zonesOf } from './context.ts';
export { draftMarkdown } from './document.ts';
export type { Draft, DraftSection, Metric, Question } from './draft.ts';
export { draftMessage, standing } from './message.ts';
export { questionLine } from './section-questions.ts';
export { movedOn } from './section-task.ts';
export { draftSheet } from './sheet.ts';
export { type Telling, tell } from './telling.ts';
export { clockOf, wallClock } from './wall-clock.ts';
