import type { LinkSort, Status } from './words.ts';

/** One end of a link between two incidents. */
export interface LinkEnd {
  readonly sort: LinkSort;
  /** The incident at the other end. */
  readonly to: { readonly number: number; readonly drill: boolean };
  /** Whether the other one is it of this one: `INC-43 is a duplicate of this one`. */
  readonly back: boolean;
  /** The number of the other end's own entry; null where the other incident does not show it. */
  readonly there: number | null;
}

/** A link of an incident, with its own entry that says so. */
export interface Link extends LinkEnd {
  readonly entry: number;
}

/** What stands where incidents are named: of a private one nobody outside of it may know, and a drill stays among drills. */
export const mayName = (
  where: { readonly drill: boolean },
  whom: { readonly private: boolean; readonly drill: boolean },
): boolean => !whom.private && (!whom.drill || where.drill);

/** Whether a link leads to this incident. */
export const isLinkTo =
  ({ number, drill }: Link['to']) =>
  ({ to }: Link): boolean =>
    to.number === number && to.drill === drill;

/** Which incident this one was merged into; null for one that was not. */
export function mergedInto({
  status,
  links,
}: {
  readonly status: Status;
  readonly links: readonly Link[];
}): Link['to'] | null {
  if (status !== 'cancelled') return null;
  return links.find(({ sort, back }) => sort === 'duplicate' && !back)?.to ?? null;
}

/** Whether two links say the same of the same two incidents. */
export const isSameLink = (
  one: Pick<LinkEnd, 'sort' | 'back'>,
  other: Pick<LinkEnd, 'sort' | 'back'>,
): boolean => one.sort === other.sort && (one.sort === 'related' || one.back === other.back);

const FORTH: Readonly<Record<LinkSort, (name: string) => string>> = {
  recurrence: (name) => `A recurrence of ${name}`,
  duplicate: (name) => `A duplicate of ${name}`,
  related: (name) => `Related to ${name}`,
};
const BACK: Readonly<Record<LinkSort, (name: string) => string>> = {
  recurrence: (name) => `Happened again as ${name}`,
  duplicate: (name) => `Also declared as ${name}`,
  related: (name) => `Related to ${name}`,
};

/** What an incident is of another one, without a full stop: `A recurrence of INC-42`. */
export const linkWords = ({ sort, back, to }: Pick<LinkEnd, 'sort' | 'back' | 'to'>): string =>
  (back ? BACK : FORTH)[sort](`${to.drill ? 'DRILL' : 'INC'}-${to.number}`);
