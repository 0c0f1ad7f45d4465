import type { Action, Actor, Request } from '../action.ts';
import type { Address } from '../addressed.ts';
import type { Reply, World } from '../decision.ts';
import type { Result } from '../result.ts';
import type { MilestoneName } from '../words.ts';
import type { Change } from './change.ts';

/** Everything a handler may look at besides the change. */
export interface Context {
  readonly actor: Actor;
  readonly request: Request;
  readonly world: World;
}

/** Actions on an incident that exists. */
export type ActionType = Exclude<Action['type'], 'open' | 'record'>;

/** An action by its type. */
export type ActionOf<T extends Action['type']> = Extract<Action, { type: T }>;

/** What must be loaded before an action can be decided. */
export interface Needs {
  /** Entries by number. */
  readonly entries: readonly number[];
  /** My latest entry that is not struck, for `undo`. */
  readonly mine: boolean;
  /** The message, by Slack's time of it, whose entry is needed. */
  readonly message: string | null;
  /** The number n of action item a<n>, whose entry is needed. */
  readonly action: number | null;
  /** A second incident: the one with this number, or the one that the entries needed are linked with. */
  readonly other: OtherNeeded | null;
  /** Other incidents, by number, as far as whoever asks may see them. */
  readonly members: readonly number[] | null;
  /** The milestone whose entry is needed: that of the latest round. */
  readonly milestone: MilestoneName | null;
  /** The section of the draft whose written text is needed, by its id. */
  readonly section: string | null;
}

/** What most actions must see: the incident alone. */
export const NOTHING_NEEDED: Needs = {
  entries: [],
  mine: false,
  message: null,
  action: null,
  other: null,
  members: null,
  milestone: null,
  section: null,
};

/** Which second incident an action is about, and what of it must be seen besides its links. */
export interface OtherNeeded {
  readonly which: Address | 'linked';
  /** All its entries. */
  readonly whole: boolean;
}

/** One action: what it must see, and what it does. */
export interface Rule<T extends ActionType> {
  /** It is no sign that somebody works on the incident. */
  readonly noSign?: true;
  readonly needs?: (action: ActionOf<T>) => Partial<Needs>;
  readonly handle: (change: Change, action: ActionOf<T>, context: Context) => Result<Reply>;
}

/** A group of rules, one per action type. */
export type Rules<T extends ActionType> = { readonly [K in T]: Rule<K> };
