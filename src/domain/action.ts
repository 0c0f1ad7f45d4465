import type { ActionState } from './action-item.ts';
import type { Actor } from './actor.ts';
import type { Address } from './addressed.ts';
import type { ChannelEvent, MemberEvent } from './channel-event.ts';
import type { ActionItem, Basis } from './entry.ts';
import type { Pasted } from './import/pasted.ts';
import type { MessageInForm, SlackMessage } from './message.ts';
import type { PingingName } from './ping.ts';
import type { Target } from './settings.ts';
import type {
  Audience,
  CauseRole,
  ExportFormat,
  Kind,
  LessonSort,
  LinkSort,
  PresetName,
  SectionPlace,
  Source,
  Status,
} from './words.ts';

export type { Actor } from './actor.ts';

/**
 * A time as typed, not yet read: it is read in the transaction, against the database's `now()`.
 * Null means now. `--:--` means that no time is known.
 */
export type TypedWhen = string | null;

/** A section as somebody looked at it before writing: the record, and the text that stood there. */
export interface SeenSection extends Basis {
  /** Null where nobody had written anything. */
  readonly written: { readonly entry: number; readonly revision: number } | null;
}

/** What somebody asks to become true. Buttons, forms and timers make the same ones as commands. */
export type Action =
  | {
      readonly type: 'open';
      readonly title: string;
      readonly severity: string | null;
      readonly private: boolean;
      readonly since: TypedWhen;
      /** An exercise: it pages nobody, and an hour of it passes in a minute. */
      readonly drill?: true;
      /** The message that it was declared from, for a form that was filled with one. */
      readonly message?: MessageInForm;
    }
  | { readonly type: 'record'; readonly title: string; readonly from: string; readonly to: string }
  | {
      readonly type: 'log';
      readonly when: TypedWhen;
      readonly text: string;
      readonly kinds: readonly Kind[];
      /** For an entry without a time: the entry it follows. */
      readonly after: number | null;
      /** The other way the line could have been read, offered as a button. */
      readonly otherReading: { readonly when: TypedWhen; readonly text: string } | null;
      /** The message that it was taken from, for a form that was filled with one. */
      readonly message?: SlackMessage;
    }
  /** A message of the incident's channel goes on the timeline, or comes back to it. */
  | { readonly type: 'capture'; readonly message: SlackMessage }
  /** The last reaction that kept it there was taken back. */
  | { readonly type: 'release'; readonly ts: string }
  /** What became of a message in Slack; null when it was deleted. */
  | { readonly type: 'follow'; readonly ts: string; readonly message: SlackMessage | null }
  /** Pasted lines: all of them become entries, or none. */
  | (Pasted & {
      readonly type: 'import';
      /** Exactly what was pasted. */
      readonly pasted: string;
    })
  | {
      readonly type: 'edit';
      readonly entry: number;
      readonly when: TypedWhen;
      readonly text: string | null;
      readonly kinds: readonly Kind[];
    }
  | { readonly type: 'strike'; readonly entry: number; readonly reason: string | null }
  /** Brings back what a strike or the last edit took away. */
  | { readonly type: 'restore'; readonly entry: number }
  | { readonly type: 'undo' }
  | {
      readonly type: 'milestone';
      readonly milestone:
        | 'impact started'
        | 'impact ended'
        | 'detected'
        | 'acknowledged'
        | 'cause found'
        | 'mitigated';
      readonly when: TypedWhen;
      readonly by: string | null;
      readonly text: string | null;
      /** Points to an entry that is there already, as `detected #7` does; `when` and `text` are null. */
      readonly entry?: number;
    }
  | { readonly type: 'effect'; readonly when: TypedWhen; readonly text: string }
  | { readonly type: 'restored'; readonly percent: number; readonly when: TypedWhen }
  | {
      readonly type: 'cause';
      readonly role: CauseRole;
      readonly when: TypedWhen;
      readonly text: string;
    }
  | {
      readonly type: 'fix';
      readonly permanence: 'temporary' | 'permanent' | null;
      readonly when: TypedWhen;
      readonly text: string;
    }
  | { readonly type: 'workaround'; readonly when: TypedWhen; readonly text: string | null }
  | { readonly type: 'lesson'; readonly sort: LessonSort | null; readonly text: string }
  | {
      readonly type: 'comms';
      readonly audience: Audience;
      readonly when: TypedWhen;
      readonly text: string;
    }
  /** `value` is a duration, `from–to`, or null for `N/A`; read in the transaction. */
  | { readonly type: 'stated'; readonly metric: string; readonly value: string | null }
  | { readonly type: 'set'; readonly field: string; readonly value: string }
  | { readonly type: 'severity'; readonly to: string; readonly reason: string | null }
  | {
      readonly type: 'status';
      readonly to: Status;
      readonly when: TypedWhen;
      readonly text: string | null;
    }
  | { readonly type: 'update'; readonly text: string }
  /** `too`: whoever was called says that they help, where another has acknowledged it. */
  | { readonly type: 'ack'; readonly when: TypedWhen; readonly too?: true }
  | {
      readonly type: 'role';
      readonly role: string;
      readonly user: string;
      readonly note: string | null;
    }
  | {
      readonly type: 'page';
      readonly targets: readonly Target[];
      readonly reason: string | null;
      /** Asked and answered: a whole channel, or many people. */
      readonly confirmed: boolean;
    }
  /** Pings the policy's next level now. */
  | { readonly type: 'escalate' }
  | {
      readonly type: 'action item';
      readonly text: string;
      readonly item: Omit<ActionItem, 'due'>;
      readonly due: string | null;
    }
  | { readonly type: 'action done'; readonly item: number }
  /** One thing about an action item: its state (a reason where it is dropped), or what else is given. */
  | {
      readonly type: 'action change';
      readonly item: number;
      readonly state?: ActionState;
      readonly reason?: string;
      readonly due?: string;
      readonly owner?: string;
      /** Added to those that it has. */
      readonly refs?: readonly string[];
      readonly addresses?: string;
    }
  /** Puts off all remaining steps of one clock, in milliseconds. */
  | {
      readonly type: 'snooze';
      readonly timer: PingingName;
      readonly ms: number;
      readonly reason: string;
    }
  /** What a person writes for a section of the draft. */
  | {
      readonly type: 'section text';
      readonly section: string;
      /** Null for where it stands already, else beside. */
      readonly place: SectionPlace | null;
      readonly text: string;
      /** What its author had looked at; null for the record as it is. */
      readonly seen: SeenSection | null;
    }
  /** Which other incidents the report is about, by their numbers. */
  | { readonly type: 'postmortem with'; readonly numbers: readonly number[] }
  /** When the postmortem is due, as typed; instead of what the ladder says. */
  | { readonly type: 'postmortem due'; readonly due: string }
  /** Asks somebody, or whoever reads it, to review the postmortem. */
  | { readonly type: 'postmortem review'; readonly user: string | null }
  | { readonly type: 'postmortem reviewed' }
  /** The postmortem is out; its reminders stop. `version` is that of the newest draft. */
  | { readonly type: 'publish'; readonly link: string | null; readonly version?: number }
  | {
      readonly type: 'resolve';
      readonly when: TypedWhen;
      readonly text: string | null;
      readonly confirmed: boolean;
    }
  | { readonly type: 'reopen'; readonly when: TypedWhen; readonly reason: string | null }
  | { readonly type: 'cancel'; readonly reason: string }
  /** Brings another incident over into this one, which was the same. */
  | { readonly type: 'merge'; readonly other: Address; readonly confirmed: boolean }
  /** Takes out what an entry says, for good. */
  | {
      readonly type: 'redact';
      readonly entry: number;
      readonly reason: string;
      readonly confirmed: boolean;
    }
  /** Opens a private incident to everybody; the other way is always refused, with the reason. */
  | {
      readonly type: 'visibility';
      readonly private: boolean;
      readonly reason: string | null;
      readonly confirmed: boolean;
    }
  /** Says what this incident is of another one. `back`: as the other one's record says it. */
  | {
      readonly type: 'link';
      readonly other: Address;
      readonly as: LinkSort;
      readonly back?: true;
    }
  /** Makes what is missing of the incident; an administrator's, or of whoever leads it. */
  | {
      readonly type: 'repair';
      readonly what: 'channel' | 'card' | 'clocks' | 'announcement' | 'reach';
    }
  /** Somebody did something to the incident's channel in Slack, or left it. */
  | { readonly type: 'channel'; readonly event: ChannelEvent | MemberEvent }
  /** Composes the draft again from the record as it is now. */
  | { readonly type: 'refresh draft' }
  | {
      readonly type: 'export';
      readonly format: ExportFormat;
      /** The form of the draft by its name; without one, as it is configured. */
      readonly preset?: PresetName;
    };

/** An action with who asked for it, how, and what they typed. */
export interface Request {
  readonly action: Action;
  readonly actor: Actor;
  readonly source: Source;
  /** Everything after `/incident`, to be repeated in a refusal and kept for `last`. */
  readonly typed: string;
  /** It follows from a change that was allowed: nobody is asked again who may. */
  readonly follows?: true;
}
