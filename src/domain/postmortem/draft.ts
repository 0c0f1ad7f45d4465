import type { Instant, Zone } from '../instant.ts';
import type { TaskState } from '../task.ts';
import type { Block, Line } from '../text.ts';

/** Where a statement comes from: an entry of one incident. */
export interface Source {
  /** `INC-42`. */
  readonly incident: string;
  readonly entry: number;
}

/** The postmortem generated from a report. */
export interface Draft {
  readonly title: string;
  /** The form that it has, by its name. */
  readonly preset: string;
  /** Whether it is for readers outside: nothing internal is in its sections. */
  readonly outward: boolean;
  readonly version: number;
  /** How the postmortem stands: of the first incident. */
  readonly state: TaskState;
  /** The version that was published last, where the record moved on since or the incident was reopened. */
  readonly outdated: { readonly version: number | null } | null;
  readonly generatedAt: Instant;
  /** How a command names the incident it was asked for: `42`. */
  readonly incident: string;
  readonly sections: readonly DraftSection[];
  /** What the message in the channel shows besides figures and questions, whatever form the draft has. */
  readonly digest: { readonly summary: readonly Block[]; readonly timeline: readonly Block[] };
  readonly metrics: readonly Metric[];
  readonly questions: readonly Question[];
  /** What a renderer needs besides the words. */
  readonly zones: readonly Zone[];
  readonly people: Readonly<Record<string, string>>;
}

/** One part of the draft under its own heading. */
export interface DraftSection {
  readonly id: string;
  readonly heading: string;
  readonly blocks: readonly Block[];
}

/** One figure of one incident: computed from two instants, or unknown with the reason. */
export interface Metric {
  readonly id: string;
  readonly name: string;
  readonly incident: string;
  readonly definition: string;
  readonly figure: Figure;
}

/** A length of time with what it was computed from; or why there is none. */
export type Figure =
  | {
      readonly known: true;
      readonly ms: number;
      readonly spans: readonly Span[];
      /** One of its instants was typed as approximate. */
      readonly approximate: boolean;
    }
  | {
      readonly known: false;
      readonly reason: string;
      /** There is nothing to be measured, as somebody recorded: that is known, and no length. */
      readonly none?: true;
    };

/** From one entry's instant to another's. */
export interface Span {
  readonly from: Moment;
  readonly to: Moment;
}

/** An instant with the entry that it was read from. */
export interface Moment {
  readonly at: Instant;
  readonly entry: number;
  readonly approximate: boolean;
}

/** Something unknown, uncertain or contradictory, with what to type to settle it. */
export interface Question {
  readonly check: string;
  /** Whether a fact, a time or a figure depends on the answer, and not only wording or what follows. */
  readonly grave: boolean;
  readonly incident: string;
  readonly text: Line;
  readonly sources: readonly Source[];
  /** Ready to type, without the leading `/incident`. */
  readonly command: string;
  /** What to type instead where the record is what is wrong; likewise. */
  readonly otherwise?: string;
}
