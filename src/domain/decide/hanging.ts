import type { Entry } from '../entry.ts';
import { type Incident, isOver, milestone } from '../incident.ts';
import type { Line } from '../text.ts';
import type { MilestoneName } from '../words.ts';
import { type Change, entryNumbered, patch, point, pointerTo } from './change.ts';
import { moveSnooze } from './snoozing.ts';

/** Takes away what hangs on an entry that is struck. */
export function release(change: Change, entry: Entry): Line[] {
  const before = change.incident;
  const lines = releaseMilestones(change, entry);
  releaseField(change, entry);
  const snooze = moveSnooze(change, entry.detail, -1);
  return [...lines, ...snooze, ...releaseAcknowledgement(change, before, entry)];
}

/** A milestone that pointed to a struck entry goes back to what it was before, or is taken away. */
function releaseMilestones(change: Change, entry: Entry): Line[] {
  const carried = change.incident.milestones.filter((one) => one.entry === entry.no);
  return carried.map(({ name, round }) => {
    const was = entry.detail?.was ?? null;
    const earlier = was === null ? undefined : entryNumbered(change, was.entry);
    const back = was === null || earlier?.struck ? null : was;
    point(change, name, back && { ...back, at: earlier?.at ?? back.at }, round);
    return [
      back === null ? `“${name}” is not set any more.` : `“${name}” is #${back.entry} again.`,
    ];
  });
}

/** Striking an acknowledgement takes it back, if it is the one that counts now. */
function releaseAcknowledgement(change: Change, before: Incident, entry: Entry): Line[] {
  const { incident } = change;
  if (incident.acknowledgedBy === null || isOver(incident)) return [];
  const own = entry.detail?.type === 'acknowledged' && entry.recordedAt >= incident.armedAt;
  const carried = milestone(before, 'acknowledged', incident.round)?.entry === entry.no;
  const left = milestone(incident, 'acknowledged', incident.round) !== undefined;
  if (!own && (!carried || left || entry.detail?.type === 'acknowledged')) return [];
  patch(change, { acknowledgedBy: null });
  return [['Nobody has acknowledged now: the escalation goes on.']];
}

/** A header field goes with the entry that set it, unless another one has set it since. */
function releaseField(change: Change, { detail }: Entry): void {
  if (detail?.type !== 'field' || change.incident.header[detail.field] !== detail.value) return;
  const { [detail.field]: _gone, ...header } = change.incident.header;
  patch(change, { header });
}

/** Bringing back or striking again moves what hangs on the entry with it. */
export function reclaim(change: Change, before: Entry, after: Entry): Line[] {
  if (after.struck !== null) return before.struck === null ? release(change, before) : [];
  const { detail, author } = after;
  if (detail?.type === 'field') {
    patch(change, { header: { ...change.incident.header, [detail.field]: detail.value } });
  }
  const name = before.struck === null ? undefined : carriedBy(after);
  if (name === undefined) return before.struck === null ? [] : moveSnooze(change, detail, 1);
  const round = roundOf(change.incident, after);
  const now = change.incident.milestones.find((one) => one.name === name && one.round === round);
  // Somebody has set it to another entry since: theirs stands.
  if (now !== undefined && now.entry !== detail?.was?.entry) return [];
  point(change, name, pointerTo(after), round);
  const acknowledges = name === 'acknowledged' && round === change.incident.round;
  if (acknowledges && change.incident.acknowledgedBy === null) {
    patch(change, { acknowledgedBy: author });
  }
  return [[`“${name}” is #${after.no} again.`]];
}

function carriedBy({ detail }: Entry): MilestoneName | undefined {
  if (detail?.type === 'milestone') return detail.milestone;
  return detail?.type === 'detected' || detail?.type === 'acknowledged' ? detail.type : undefined;
}

/** Entries are numbered in the order of writing: its round is how many reopenings came before it. */
const roundOf = ({ milestones }: Incident, { no }: Entry): number =>
  milestones.filter(({ name, entry }) => name === 'reopened' && entry < no).length;
