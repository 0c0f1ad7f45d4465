/** What PostgreSQL takes in no text: NUL, and half of a surrogate pair. */
const UNKEEPABLE = /\0|\p{Surrogate}/gu;

/** A text as it can be kept: everything but what no database takes. */
export const keepable = (text: string): string => text.replace(UNKEEPABLE, '');
