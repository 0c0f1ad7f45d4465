/**
 * Groups of people, each part of the one before it: guests of the workspace and people of other
 * organisations, too; every full member; whoever takes part in the incident; its commander, and
 * while it has none whoever takes part; administrators.
 */
export const LEVELS = ['guest', 'anyone', 'responder', 'commander', 'administrator'] as const;
export type Level = (typeof LEVELS)[number];

/** What Slack says of a person; `unknown` where it did not say in time. */
export type Standing = 'guest' | 'member' | 'administrator' | 'unknown';

/** One line of the table of who may do what. */
export interface PermissionRow {
  /** Who may, unless the configuration says otherwise. */
  readonly level: Level;
  /** Completes “Only the commander may …”. */
  readonly does: string;
  /** Of one incident, in which somebody can take part, or of the workspace. */
  readonly about: 'incident' | 'workspace';
  /** Not to be configured: it follows Slack, or concerns nobody else. */
  readonly fixed?: true;
}

type Rest = { readonly fixed?: true };

const row =
  (about: PermissionRow['about']) =>
  (level: Level, does: string, rest: Rest = {}): PermissionRow => ({ level, does, about, ...rest });
const incident = row('incident');
const workspace = row('workspace');

/**
 * Who may do what. What has no row does not compile, so nothing is allowed by having been forgotten.
 *
 * Nobody must be held up at night: whatever is recorded or can be taken back is everybody's. What
 * cannot be taken back is the commander's, and Muster itself is the administrators'.
 */
export const PERMISSIONS = {
  open: workspace('anyone', 'declare an incident'),
  record: workspace('anyone', 'enter an incident that is over'),

  ack: incident('guest', 'acknowledge'),
  role: incident('anyone', 'give roles'),
  page: incident('anyone', 'page people'),
  escalate: incident('anyone', 'ping the next level'),
  snooze: incident('anyone', 'put off a timer'),
  severity: incident('anyone', 'change the severity'),
  status: incident('anyone', 'change the status'),
  update: incident('anyone', 'post a status update'),

  log: incident('guest', 'write on the timeline'),
  capture: incident('guest', 'put messages on the timeline'),
  release: incident('guest', 'take messages off the timeline', { fixed: true }),
  follow: incident('guest', 'have an entry follow its message', { fixed: true }),
  channel: incident('guest', 'do something to its channel by hand', { fixed: true }),
  undo: incident('guest', 'strike their own last entry'),
  import: incident('anyone', 'import a timeline'),
  edit: incident('anyone', 'correct what others wrote'),
  strike: incident('anyone', 'strike what others wrote'),
  restore: incident('anyone', 'bring back what others wrote'),
  redact: incident('commander', 'redact what others wrote'),

  milestone: incident('anyone', 'set milestones'),
  effect: incident('anyone', 'record effects'),
  restored: incident('anyone', 'record a recovery'),
  cause: incident('anyone', 'record causes'),
  fix: incident('anyone', 'record fixes'),
  workaround: incident('anyone', 'record workarounds'),
  lesson: incident('anyone', 'record lessons'),
  comms: incident('anyone', 'record what was told to whom'),
  stated: incident('anyone', 'record published figures'),
  set: incident('anyone', 'fill in the header'),
  'action item': incident('anyone', 'record action items'),
  'action done': incident('anyone', 'tick off action items'),
  'action change': incident('anyone', 'change action items'),

  resolve: incident('anyone', 'resolve it'),
  reopen: incident('anyone', 'reopen it'),
  cancel: incident('anyone', 'cancel it'),
  link: incident('anyone', 'link incidents'),
  merge: incident('commander', 'merge another incident into it'),
  repair: incident('commander', 'repair what is missing of it'),
  visibility: incident('commander', 'open a private incident to everybody'),
  'section text': incident('anyone', 'write for the draft'),
  'refresh draft': incident('anyone', 'have the draft composed'),
  'postmortem with': incident('anyone', 'put incidents into one report'),
  'postmortem due': incident('anyone', 'say when the postmortem is due'),
  'postmortem review': incident('anyone', 'ask for a review'),
  'postmortem reviewed': incident('anyone', 'review the postmortem'),
  publish: incident('anyone', 'publish the postmortem'),
  export: incident('anyone', 'export the record'),

  card: incident('guest', 'see its card'),
  timeline: incident('guest', 'see its timeline'),
  brief: incident('guest', 'see the brief'),
  next: incident('guest', 'see who is pinged next'),
  draft: incident('guest', 'see the draft'),
  sections: incident('guest', 'see the sections of the draft'),
  list: workspace('anyone', 'list incidents'),
  find: workspace('anyone', 'search incidents'),
  // In an incident's channel they are that incident's.
  actions: workspace('anyone', 'list action items'),
  stats: workspace('anyone', 'see figures of all incidents'),
  preview: workspace('anyone', 'see whom an incident would ping'),
  oncall: workspace('anyone', 'see who is on call'),
  override: workspace('anyone', 'change who is on call'),
  last: workspace('guest', 'see what they typed last', { fixed: true }),
  home: workspace('guest', 'see their Home', { fixed: true }),
  help: workspace('guest', 'read the help', { fixed: true }),

  doctor: workspace('anyone', 'ask the doctor'),
  mend: workspace('administrator', 'repair'),
  denied: workspace('administrator', 'see who was refused what'),
} satisfies Readonly<Record<string, PermissionRow>>;

/** Everything that may be allowed or not: every action, every look. */
export type Permission = keyof typeof PERMISSIONS;

/** The names that the configuration may give a level, as it writes them: `action_item`. */
export const CONFIGURABLE: ReadonlyMap<string, Permission> = new Map(
  (Object.keys(PERMISSIONS) as Permission[])
    .filter((name) => PERMISSIONS[name].fixed !== true)
    .map((name) => [name.replaceAll(' ', '_'), name]),
);
