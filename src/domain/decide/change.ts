import type { Action } from '../action.ts';
import { isToDo } from '../action-item.ts';
import type { Decision, MilestoneChange, Notice, Redaction, Snapshot, World } from '../decision.ts';
import type { Entry, Pointer, Revision } from '../entry.ts';
import type { Incident } from '../incident.ts';
import type { Instant } from '../instant.ts';
import type { MilestoneName } from '../words.ts';
import type { Work } from '../work.ts';
import { firstGraphemes, storable } from './wording.ts';

/** How much of an action item's text a reminder shows. */
const SHOWN_OF_ACTION = 120;

/**
 * One change in the making. Handlers write into it through the functions below and nothing else;
 * `finish` turns it into a Decision. A change that nobody wrote into is no change: no `seq`.
 */
export interface Change {
  readonly snapshot: Snapshot;
  readonly now: Instant;
  /** When Muster received what is being done; `now`, but for what Slack kept meanwhile. */
  readonly receivedAt: Instant;
  /** The incident as it is so far. */
  incident: Incident;
  readonly entries: Entry[];
  readonly revised: Decision['revised'][number][];
  readonly milestones: MilestoneChange[];
  readonly notices: Notice[];
  readonly work: Work[];
  redaction: Redaction | null;
  /** The second incident's change, where the action is about two. */
  readonly other: Other | null;
}

/** What becomes of a second incident, and how its own audit is to name it. */
export interface Other {
  readonly change: Change;
  action: Action | null;
}

/** Begins a change of what the snapshot shows. */
export const createChange = (
  snapshot: Snapshot,
  world: Pick<World, 'now' | 'receivedAt'>,
): Change => ({
  snapshot,
  now: world.now,
  receivedAt: world.receivedAt ?? world.now,
  incident: snapshot.incident,
  entries: [],
  revised: [],
  milestones: [],
  notices: [],
  work: [],
  redaction: null,
  other: snapshot.other ? { change: createChange(snapshot.other, world), action: null } : null,
});

/** The second incident's change, to be written into; null where there is none. */
export function alsoChange({ other }: Change, action: Action): Change | null {
  if (other !== null) other.action = action;
  return other?.change ?? null;
}

/** The `seq` that this change gets: what makes its notices' keys unique for ever. */
export const seqOf = ({ snapshot }: Change): number => snapshot.incident.seq + 1;

/** Whether anything was written. */
export const isEmpty = (change: Change): boolean =>
  change.incident === change.snapshot.incident &&
  change.notices.length === 0 &&
  change.work.length === 0;

/** Makes something true of the incident itself. */
export function patch(change: Change, part: Partial<Incident>): void {
  change.incident = { ...change.incident, ...part };
}

/** Somebody is there. What was kept in Slack may be older than what is known already. */
export const heard = (change: Change): void =>
  patch(change, { lastSignAt: Math.max(change.incident.lastSignAt ?? 0, change.receivedAt) });

/** What a new entry may leave out. */
export type EntryDraft = Pick<Entry, 'at' | 'text' | 'author' | 'source'> & Partial<Entry>;

/** Writes a line of the record and gives it the next number. */
export function write(change: Change, draft: EntryDraft): Entry {
  const entry: Entry = {
    time: null,
    question: null,
    after: null,
    kinds: [],
    detail: null,
    recordedAt: change.receivedAt,
    struck: null,
    revision: 0,
    ...draft,
    text: storable(draft.text).text,
    no: change.incident.nextEntry,
  };
  change.entries.push(entry);
  patch(change, { nextEntry: entry.no + 1 });
  keepAction(change, entry);
  keepLink(change, entry);
  return entry;
}

/** The next number of a finding within its type: 1 for c1. */
export function nextCount(change: Change, type: string): number {
  const n = (change.incident.counts[type] ?? 0) + 1;
  patch(change, { counts: { ...change.incident.counts, [type]: n } });
  return n;
}

/** The entry as it is now, corrections of this change included. */
export const entryNumbered = ({ snapshot, entries, revised }: Change, no: number) =>
  revised.findLast(({ entry }) => entry.no === no)?.entry ??
  [...entries, ...snapshot.entries].find((entry) => entry.no === no);

/** Corrects an entry; what it was stays as a revision. Milestones follow its instant. */
export function revise(
  change: Change,
  before: Entry,
  part: Partial<Entry>,
  how: Pick<Revision, 'by' | 'change' | 'reason'>,
): Entry {
  const entry = { ...before, ...part, revision: before.revision + 1 };
  const revision = { ...how, entry: entry.no, revision: before.revision, before, at: change.now };
  change.revised.push({ entry, revision });
  const milestones = change.incident.milestones.map((one) =>
    one.entry === entry.no ? { ...one, at: entry.at } : one,
  );
  patch(change, { milestones });
  keepAction(change, entry);
  keepLink(change, entry);
  return entry;
}

/** The incident knows which action items are open, whatever was done to their entries. */
function keepAction(change: Change, { detail, text, struck }: Entry): void {
  if (detail?.type !== 'action') return;
  const { [detail.n]: _, ...others } = change.incident.openActions;
  const { due, owner } = detail.item;
  const short = firstGraphemes(text.replaceAll(/\s+/g, ' ').trim(), SHOWN_OF_ACTION).text;
  const open = { ...others, [detail.n]: { text: short, due, owner } };
  patch(change, { openActions: isToDo(detail.item) && struck === null ? open : others });
}

/** And with which incidents it is linked. */
function keepLink(change: Change, { no, detail, struck }: Entry): void {
  if (detail?.type !== 'link') return;
  const others = change.incident.links.filter(({ entry }) => entry !== no);
  const { sort, to, back, there } = detail;
  const links = struck === null ? [...others, { sort, to, back, there, entry: no }] : others;
  patch(change, { links });
}

/** What a milestone of this round points to now, or null. */
export function pointer(change: Change, name: MilestoneName): Pointer | null {
  const { milestones, round } = change.incident;
  const found = milestones.find((one) => one.name === name && one.round === round);
  return found === undefined ? null : { entry: found.entry, at: found.at };
}

/** Points a milestone of this round, or of the given one, to an entry; null takes it away. */
export function point(
  change: Change,
  name: MilestoneName,
  to: Pointer | null,
  round = change.incident.round,
): void {
  const others = change.incident.milestones.filter(
    (one) => one.name !== name || one.round !== round,
  );
  const milestones = to === null ? others : [...others, { name, round, ...to }];
  patch(change, { milestones });
  change.milestones.push({ name, round, entry: to?.entry ?? null });
}

/** An entry as a milestone points to it. */
export const pointerTo = ({ no, at }: Entry): Pointer => ({ entry: no, at });

/** Says something, once. `name` is unique within the change. */
export function notify(change: Change, name: string, notice: Omit<Notice, 'key'>): void {
  change.notices.push({ ...notice, key: `${name}:${seqOf(change)}` });
}
