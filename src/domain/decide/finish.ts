import type { Decision, Reply, World } from '../decision.ts';
import { COMMANDER, type Incident } from '../incident.ts';
import { planTimers, withChanges } from '../timers/index.ts';
import type { Timer } from '../timers/timer.ts';
import { sinceOf } from '../views/phrases.ts';
import { announce } from './announcing.ts';
import { bookmarkLinks } from './bookmarking.ts';
import { tellCalled } from './calling.ts';
import { type Change, isEmpty, notify, seqOf } from './change.ts';
import { inside, tellHowItWent } from './drilling.ts';
import { markMessages } from './marking.ts';
import { answered } from './presence.ts';

/** Corrections of a resolved incident gather this long before the draft is written again. */
const DEBOUNCE_MS = 10_000;

/** What the card shows of an incident besides its clocks. */
const onCard = (incident: Incident): string =>
  JSON.stringify([
    incident.title,
    incident.private,
    incident.severity,
    incident.status,
    incident.roles,
    incident.header,
    incident.milestones,
    incident.acknowledgedBy,
    incident.lastUpdateAt,
    incident.links,
  ]);

const onAnnouncement = (incident: Incident): string => {
  const { title, lastUpdateAt, channel } = incident;
  return JSON.stringify([title, inTopic(incident), lastUpdateAt, channel]);
};

const inTopic = (incident: Incident): string => {
  const { severity, status, roles } = incident;
  return JSON.stringify([severity, status, roles[COMMANDER], sinceOf(incident)]);
};

/** An update that is corrected or struck is corrected where everybody reads it. */
const isReworded = ({ revised }: Change): boolean =>
  revised.some(({ entry }) => entry.detail?.type === 'update');

/**
 * The one place where a change becomes a Decision: plans the timers, edits what Slack shows where
 * it changed, asks for a new draft, and counts `seq`. A change that says nothing changes nothing.
 */
export function finish(change: Change, world: World, reply: Reply): Decision {
  const { snapshot } = change;
  const planned = planTimers(change.incident, snapshot.timers, world);
  if (isEmpty(change) && planned.length === 0)
    return decision(change, [], reply, snapshot.incident);
  refreshDraft(change, world);
  tellHowItWent(change);
  tellCalled(change);
  answered(change, planned);
  markMessages(change);
  const fresh = snapshot.incident.seq === 0;
  showChanges(change, world, fresh, planned.some(isShown));
  const own = decision(change, planned, reply, { ...change.incident, seq: seqOf(change) });
  const { other } = change;
  if (other === null || other.action === null || isEmpty(other.change)) return own;
  return {
    ...own,
    also: { decision: finish(other.change, world, reply), action: other.action },
  };
}

/** The Decision of a firing, whose timers are planned already. */
export function finishFiring(
  change: Change,
  world: World,
  timers: Decision['timers'],
  reply: Reply,
): Decision {
  // What fired may have changed what is planned: an acknowledgement that is void starts everything anew.
  const rows = withChanges(change.snapshot.timers, timers);
  const planned = planTimers(change.incident, rows, world);
  const all = withChanges(timers, planned);
  tellCalled(change);
  showChanges(change, world, false, true);
  return decision(change, all, reply, { ...change.incident, seq: seqOf(change) });
}

/** The Decision of what is only written down: no clock, no role and nothing that Slack shows depends on it. */
export function finishRecording(change: Change, world: Pick<World, 'now'>, reply: Reply): Decision {
  refreshDraft(change, world);
  return decision(change, [], reply, { ...change.incident, seq: seqOf(change) });
}

/** The clock that waits for signs of life is nobody's deadline. */
const isShown = ({ name }: Timer): boolean => name !== 'presence';

function decision(
  change: Change,
  timers: Decision['timers'],
  reply: Reply,
  incident: Incident,
): Decision {
  const { entries, revised, milestones, work, redaction } = change;
  const notices = incident.drill ? inside(change) : change.notices;
  const made = { incident, entries, revised, milestones, timers, notices, work, reply };
  return redaction === null ? made : { ...made, redaction };
}

/** Card, topic and announcement: edited in place, the newest wins. */
function showChanges(change: Change, { settings }: World, fresh: boolean, clocks: boolean): void {
  const { incident: before } = change.snapshot;
  const { incident } = change;
  if (fresh || clocks || onCard(before) !== onCard(incident)) {
    notify(change, 'card', { to: { type: 'incident' }, collapse: 'card', what: { type: 'card' } });
  }
  if (fresh || inTopic(before) !== inTopic(incident)) {
    notify(change, 'topic', { to: { type: 'chores' }, collapse: 'topic', what: { type: 'topic' } });
  }
  bookmarkLinks(change, settings, fresh);
  // One that was private until now has no announcement yet.
  const isNew = fresh || before.private !== incident.private;
  if (isNew || isReworded(change) || onAnnouncement(before) !== onAnnouncement(incident))
    announce(change, settings);
}

/** Whether nothing but who is in its channel has changed: the draft says nothing of that. */
const isSameRecord = (
  { departed: _, ...before }: Incident,
  { departed: __, ...after }: Incident,
): boolean =>
  Object.entries(after).every(([key, value]) => before[key as keyof typeof before] === value);

/** A correction after the resolution makes a new version of what was generated, quietly. */
function refreshDraft(change: Change, { now }: Pick<World, 'now'>): void {
  const { incident, work, entries, revised, milestones, snapshot } = change;
  if (incident.status !== 'resolved' || work.length > 0) return;
  const corrected = entries.length + revised.length + milestones.length > 0;
  if (!corrected && isSameRecord(snapshot.incident, incident)) return;
  work.push({ kind: 'draft', notBefore: now + DEBOUNCE_MS, reason: 'corrected' });
}
