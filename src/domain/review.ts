import { DateTime } from 'luxon';
import type { Incident } from './incident.ts';
import type { Instant } from './instant.ts';

/** The header field that says when the postmortem is gone through together. */
export const REVIEW = 'review';

/** How it is kept: a moment that cannot be misread, as it is typed too. */
const KEPT = "yyyy-MM-dd HH:mm 'UTC'";

/** When a kept value says that the review is; null for words that were kept before it was read. */
export function momentOfReview(value: string): Instant | null {
  const read = DateTime.fromFormat(value, KEPT, { zone: 'utc', locale: 'en-GB' });
  return read.isValid ? read.toMillis() : null;
}

/** When the review of the postmortem is, where that is settled. */
export const reviewOf = ({ header }: Pick<Incident, 'header'>): Instant | null =>
  Object.hasOwn(header, REVIEW) ? momentOfReview(header[REVIEW] ?? '') : null;
