import type { Action } from '../domain/action.ts';
import type { OnCallAction } from '../domain/decide/on-call.ts';
import type { RepairName } from '../domain/doctor/index.ts';
import type { Result } from '../domain/result.ts';
import type { Search } from '../domain/search.ts';
import type { Settings } from '../domain/settings.ts';
import type { ActionFilter } from '../domain/views/action-list.ts';
import type { Listed } from '../domain/views/list.ts';
import type { PresetName } from '../domain/words.ts';

/** What a typed line asks for, before anything is looked up. */
export type Intent =
  | { readonly type: 'change'; readonly action: Action }
  | { readonly type: 'read'; readonly read: Read }
  | { readonly type: 'form'; readonly form: FormName; readonly filled?: Filled }
  /** Does what was asked about before, as it was typed then. `key` names the stored question. */
  | { readonly type: 'confirm'; readonly key: string }
  /** Lets somebody stand in on call, or ends that. */
  | { readonly type: 'on call'; readonly action: OnCallAction }
  /** Looks at Muster itself, or repairs something of it. */
  | { readonly type: 'doctor'; readonly repair: Repair | null };

/** A repair as it is asked for. */
export interface Repair {
  readonly check: string;
  readonly how: RepairName;
  /** Null: the incident that is meant, else everything; `others` is what belongs to no incident. */
  readonly whose: 'others' | 'all' | null;
}

/** What can be looked at without changing anything. */
export type Read =
  | { readonly type: 'card' }
  | { readonly type: 'timeline'; readonly all: boolean; readonly page: number }
  | { readonly type: 'brief' }
  /** What waits for whoever asks, and what is theirs. */
  | { readonly type: 'home' }
  | { readonly type: 'list'; readonly what: Listed }
  /** Of the incident that is meant; where none is, of all. */
  | { readonly type: 'actions'; readonly filter: ActionFilter }
  /** `typed` is what stood after the verb, for the buttons that turn the page. */
  | {
      readonly type: 'find';
      readonly search: Search;
      readonly typed: string;
      readonly page: number;
    }
  /** Figures of a period; `charts` sends them as a picture, too. */
  | { readonly type: 'stats'; readonly period: string; readonly charts: boolean }
  /** Who is pinged next, and when. */
  | { readonly type: 'next' }
  /** The newest draft; with a preset, the record in that form. */
  | { readonly type: 'draft'; readonly preset?: PresetName }
  /** The sections of the draft, each to be edited. */
  | { readonly type: 'sections' }
  /** Who would be pinged when; without a severity, which ones there are. */
  | { readonly type: 'preview'; readonly severity: string | null }
  /** Who is on call now and next; in every schedule, or in one. */
  | { readonly type: 'oncall'; readonly schedule: string | null }
  /** Who was refused what. */
  | { readonly type: 'denied' }
  | { readonly type: 'last' }
  | { readonly type: 'help'; readonly verb: string | null };

/** Forms that a command opens when it has nothing to go on, and that the card's buttons open. */
export type FormName =
  | 'declare'
  | 'update'
  | 'severity'
  | 'escalate'
  | 'entry'
  | 'edit'
  | 'snooze'
  | 'import'
  | 'section'
  | 'role'
  | 'action'
  | 'status'
  | 'resolve';

/** What somebody typed already, by the fields of the form that asks for the rest. */
export type Filled = Readonly<Record<string, string>>;

/** Something that a menu of a form offers. */
export interface Offer {
  readonly value: string;
  readonly label: string;
}

/** What menus of a form offer that only the record knows, by the names of their fields. */
export type Offers = Readonly<Record<string, readonly Offer[]>>;

/** What parsing may look at: names, never the clock or the record. */
export interface ParseContext {
  readonly settings: Settings;
  /** Who typed it: for `lead me`. */
  readonly actor: string;
}

/** One verb of `/incident`. Help, documentation and the table tests follow from it. */
export interface Command {
  readonly name: string;
  readonly aliases: readonly string[];
  /** The forms it takes, without `/incident`. */
  readonly usage: readonly string[];
  /** What the forms do, one for each, where they are too many for the summary to tell. */
  readonly does?: readonly string[];
  /** A line that works as it stands. */
  readonly example: string;
  /** One sentence: what it does for the person who types it. */
  readonly summary: string;
  /** Whether it is about one incident, and so needs a channel or a number; `maybe`: it can do without. */
  readonly about: 'incident' | 'workspace' | 'maybe';
  /** Not in the overview: what only buttons type. */
  readonly hidden?: true;
  /** Reads what stands after the verb. Pure: the same text always means the same. */
  parse(rest: string, context: ParseContext): Result<Intent>;
}

/** Checks a command's shape; its `parse` may name the command's example and be passed around alone. */
export const defineCommand = (command: Command): Command => ({
  ...command,
  parse: command.parse.bind(command),
});

export const change = (action: Action): Intent => ({ type: 'change', action });
export const read = (what: Read): Intent => ({ type: 'read', read: what });
export const form = (name: FormName, filled?: Filled): Intent =>
  filled === undefined ? { type: 'form', form: name } : { type: 'form', form: name, filled };
