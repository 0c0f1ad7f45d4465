import type { ActionState } from './action-item.ts';
import type { TimerName } from './decision.ts';
import type { ActionItem, Source } from './entry.ts';
import type { Pasted } from './import/index.ts';
import type { Zone } from './instant.ts';
import type { PresetName } from './postmortem/presets.ts';
import type { Target } from './settings.ts';
import type { Audience, CauseRole, ExportFormat, Kind, LessonSort, Status } from './words.ts';

/** Who asked, as far as the rules care. */
export interface Actor {
  readonly id: string;
  /** From the Slack profile; null when the profile has none. */
  readonly zone: Zone | null;
}

/**
 * A time as typed, not yet read: it is read in the transaction, against the database's `now()`.
 * Null means now. `--:--` means that no time is known.
 */
export type TypedWhen = string | null;

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
    }
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
  | { readonly type: 'ack'; readonly when: TypedWhen }
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
      readonly timer: TimerName;
      readonly ms: number;
      readonly reason: string;
    }
  /** The postmortem is out; its reminders stop. */
  | { readonly type: 'publish'; readonly link: string | null }
  | {
      readonly type: 'resolve';
      readonly when: TypedWhen;
      readonly text: string | null;
      readonly confirmed: boolean;
    }
  | { readonly type: 'reopen'; readonly when: TypedWhen; readonly reason: string | null }
  | { readonly type: 'cancel'; readonly reason: string }
  /** Makes what is missing of the incident; an administrator's. */
  | { readonly type: 'repair'; readonly what: 'channel' | 'card' | 'clocks' }
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
}
