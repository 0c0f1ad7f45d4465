import type { Action } from '../../domain/action.ts';
import type { Entry } from '../../domain/entry.ts';
import { blanked } from '../../domain/redacted.ts';
import { canonical, type Link } from './digest.ts';

/** What was taken out of a record, as its audit says. */
export interface Redacted {
  readonly entry: number;
  readonly seq: number;
  readonly at: number;
  readonly by: string | null;
  readonly reason: string;
}

/** By which change the action of another one was taken out, or null. */
export const redactedBy = (action: object): number | null =>
  'redacted' in action && typeof action.redacted === 'number' && Object.keys(action).length === 2
    ? action.redacted
    : null;

export const isRedaction = (action: object): action is Extract<Action, { type: 'redact' }> =>
  'type' in action && action.type === 'redact' && redactedBy(action) === null;

/** Whether a change wrote or corrected this entry; of one without seals nobody can tell. */
export const wrote = ({ seals }: Pick<Link, 'seals'>, entry: number): boolean =>
  seals === null ||
  seals.some(({ of }) => of.startsWith(`entry ${entry}.`) || of.startsWith(`revision ${entry}.`));

/** Whether nothing is left in it that somebody typed. */
export const isBlank = (entry: Entry): boolean => canonical(blanked(entry)) === canonical(entry);
