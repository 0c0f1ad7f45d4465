import type { types } from '@slack/bolt';
import type { Filled, Offers } from '../../commands/command.ts';
import type { Incident } from '../../domain/incident.ts';
import type { Instant, Zone } from '../../domain/instant.ts';
import type { Settings } from '../../domain/settings.ts';
import type { Block } from '../../domain/text.ts';
import type { Group } from '../groups.ts';

/** What a form may show. */
export interface FormContext {
  readonly settings: Settings;
  /** The incident it is about, where there is one. */
  readonly incident: Incident | null;
  readonly groups: readonly Group[];
  /** What fields hold at first, by their names. */
  readonly filled: Readonly<Record<string, string>>;
  /** What its menus offer that only the record knows, as far as that was read in time. */
  readonly offers?: Offers;
  /** What is to be read before the fields. */
  readonly above: readonly Block[];
}

/** What somebody filled in: one text, or what they chose. */
export interface Answers {
  text(field: string): string;
  chosen(field: string): readonly string[];
  /** The names of all fields. */
  readonly fields: readonly string[];
}

/** What is wrong with a field, shown beneath it. */
export interface Complaint {
  readonly field: string;
  readonly reason: string;
}

/** What is known when a form comes back. */
export interface Looked {
  readonly now: Instant;
  /** Of whoever filled it in. */
  readonly zone: Zone | null;
  readonly incident: Incident | null;
  /** What was shown last; null when nothing was. */
  readonly seal: string | null;
}

/** What the answers come to, to be looked at before they are sent. */
export interface Preview {
  readonly submit: string;
  readonly blocks: types.KnownBlock[];
  /** Names what is shown: the same answers read in the same way. */
  readonly seal: string;
}

/** A form: what it asks, and the command that its answers stand for. */
export interface Form {
  /** At most 24 characters. */
  readonly title: string;
  readonly submit: string;
  /** Which of the filled values it must know again when it comes back. */
  readonly keeps?: readonly string[];
  /** What else it must know again, of what it was filled with. */
  remembers?(filled: Filled): Filled;
  /** Why it cannot hold what it is to be filled with, and what to type instead; null when it can. */
  refuses?(filled: Filled): { readonly reason: string; readonly instead: string } | null;
  fields(context: FormContext): types.KnownBlock[];
  /** What Slack cannot check by itself. */
  check(answers: Answers, kept: Filled): Complaint | null;
  /** Null when exactly this was shown before, and nothing is left to ask. */
  preview?(answers: Answers, looked: Looked): Preview | Complaint | null;
  /** What it types, after `/incident` and without the incident's number. */
  text(answers: Answers, kept: Filled): string;
  /** The field beneath which a refusal of that command is shown. */
  blame(answers: Answers): string;
}

/** Checks a form's shape and keeps its literal types. */
export const defineForm = (form: Form): Form => form;
