/** The words of the product that the record stores. Their spelling here is what people see. */

export const STATUSES = [
  'investigating',
  'identified',
  'monitoring',
  'resolved',
  'cancelled',
] as const;
export type Status = (typeof STATUSES)[number];

export const KINDS = [
  'change',
  'impact',
  'report',
  'alert',
  'detected',
  'acknowledged',
  'escalation',
  'hypothesis',
  'dead-end',
  'action',
  'failed',
  'mitigation',
  'cause',
  'recovered',
  'monitoring',
  'comms',
  'decision',
  'note',
] as const;
/** What an entry is about. A set: a wrong guess that was tried is `hypothesis` and `failed`. */
export type Kind = (typeof KINDS)[number];

export const MILESTONES = [
  'declared',
  'impact started',
  'impact ended',
  'detected',
  'acknowledged',
  'cause found',
  'mitigated',
  'resolved',
  'reopened',
  'closed',
] as const;
/** A moment the metrics are computed from. It points to an entry, whose instant is its instant. */
export type MilestoneName = (typeof MILESTONES)[number];

/** What every incident has or should have by its end, as they usually come one after another. */
export const EXPECTED_MILESTONES: readonly MilestoneName[] = [
  'impact started',
  'detected',
  'declared',
  'acknowledged',
  'cause found',
  'mitigated',
  'impact ended',
  'resolved',
];

/** `message`: by a reaction to a message, or by what became of that message in Slack. */
export type Source = 'command' | 'form' | 'button' | 'import' | 'message' | 'system';

export const CAUSE_ROLES = ['trigger', 'root', 'contributing', 'worsened', 'limited'] as const;
export type CauseRole = (typeof CAUSE_ROLES)[number];

export const LESSONS = ['well', 'badly', 'luck'] as const;
export type LessonSort = (typeof LESSONS)[number];

export const LINKS = ['recurrence', 'duplicate', 'related'] as const;
/** What an incident is of another one. */
export type LinkSort = (typeof LINKS)[number];

export const AUDIENCES = ['external', 'internal'] as const;
export type Audience = (typeof AUDIENCES)[number];

export const EXPORT_FORMATS = ['md', 'html', 'png', 'json', 'csv', 'ics'] as const;
/** What the draft and its record can be exported as; also how the file's name ends. */
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export const PRESET_NAMES = ['standard', 'classic', 'register', 'statuspage', 'public'] as const;
/** The forms of the draft, as commands and the configuration name them. */
export type PresetName = (typeof PRESET_NAMES)[number];

export const SECTION_PLACES = ['instead', 'beside'] as const;
/** Where a person's text stands: in place of what is generated for a section, or before it. */
export type SectionPlace = (typeof SECTION_PLACES)[number];

export const LADDER = ['acknowledge', 'commander', 'update', 'mitigate', 'resolve'] as const;
/** The timers of the SLA ladder while an incident runs. */
export type LadderName = (typeof LADDER)[number];

export const isKind = (word: string): word is Kind => KINDS.some((kind) => kind === word);
