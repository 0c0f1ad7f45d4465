import type { Destination, Notice, NoticeBody } from '../decision.ts';
import type { Incident } from '../incident.ts';
import type { Ping } from '../ping.ts';
import type { Target } from '../settings.ts';
import { note } from '../text.ts';
import { type Change, notify } from './change.ts';

const HERE: Destination = { type: 'incident' };

/** Says once, in the drill's channel, whom this would have pinged. */
export function pingInDrill(change: Change, key: string, ping: Ping): void {
  change.notices.push({ key: `ping:${key}:incident`, to: HERE, what: { type: 'ping', ping } });
}

type Told = Omit<Notice, 'key'>;
type Inside = {
  readonly [T in NoticeBody['type']]: (
    what: Extract<NoticeBody, { type: T }>,
    notice: Notice,
    participants: readonly string[],
  ) => Told | null;
};

const asItIs = (_: NoticeBody, notice: Notice): Told => notice;
/** Whatever it was addressed to, it is said in the drill's channel. */
const here = (_: NoticeBody, notice: Notice): Told => ({ ...notice, to: HERE });
const never = (): null => null;
/** A ping that would have gone elsewhere says so here. */
const pinged = ({ ping }: { readonly ping: Ping | null }): Told | null =>
  ping === null ? null : { to: HERE, what: { type: 'ping', ping } };

/** What becomes of each kind of notice in a drill. A new kind does not compile without its row. */
const INSIDE: Inside = {
  'create channel': asItIs,
  topic: asItIs,
  bookmark: asItIs,
  welcome: asItIs,
  reach: asItIs,
  archive: asItIs,
  card: here,
  draft: here,
  canvas: asItIs,
  picture: here,
  briefing: here,
  ping: here,
  'settle pings': asItIs,
  redact: asItIs,
  mark: asItIs,
  'how it went': here,
  // An answer to whoever asked for it, and to nobody else.
  file: asItIs,
  charts: asItIs,
  announcement: never,
  'ping group': pinged,
  'ping schedule': pinged,
  'call webhook': pinged,
  invite: ({ targets }, notice, participants) => {
    const joining = targets.filter((target) => isOne(target, participants));
    if (joining.length === 0) return null;
    return { ...notice, what: { type: 'invite', targets: joining } };
  },
  message: ({ message }, notice) => {
    // Reminds one person, in the channel where they typed, of what they were asked.
    if (notice.to.type === 'ephemeral') return notice;
    const outside = note('A drill: in an incident this would have gone elsewhere.');
    const blocks = notice.to.type === 'incident' ? message.blocks : [...message.blocks, outside];
    const what = { type: 'message', message: { ...message, blocks }, quiet: true } as const;
    return { ...notice, to: HERE, what };
  },
};

const isOne = (target: Target, participants: readonly string[]): boolean =>
  target.type === 'declarer' || (target.type === 'user' && participants.includes(target.id));

/** Of a drill nothing leaves its channel, whoever decided to say it; whoever acts in it may join. */
export function inside({ entries, notices, incident }: Change): readonly Notice[] {
  const authors = entries.flatMap(({ author }) => (author === null ? [] : [author]));
  return kept(notices, [incident.declaredBy, ...authors]);
}

/**
 * The same for what follows a delivery: a drill calls nobody, whatever a delivery found out.
 *
 * Whoever declared it may be told privately, because its channel may be what is missing. What would
 * have gone to several is said in the channel once.
 */
export function followingInside(incident: Incident, next: readonly Notice[]): readonly Notice[] {
  if (!incident.drill) return next;
  const isPrivate = ({ to, what }: Notice): boolean =>
    what.type === 'message' && to.type === 'user' && to.id === incident.declaredBy;
  const others = once(next.filter((notice) => !isPrivate(notice)));
  return [
    ...next.filter(isPrivate),
    ...kept(others, [incident.declaredBy]).filter(({ to }) => isHere(to)),
  ];
}

const isHere = ({ type }: Destination): boolean => type === 'incident' || type === 'chores';

/** What is said in the channel anyway need not be said there for those outside of it. */
function once(notices: readonly Notice[]): readonly Notice[] {
  const said = new Map<string, Notice>();
  for (const notice of notices) {
    const words = JSON.stringify(notice.what);
    if (!said.has(words) || isHere(notice.to)) said.set(words, notice);
  }
  return [...said.values()];
}

const kept = (notices: readonly Notice[], participants: readonly string[]): readonly Notice[] =>
  notices.flatMap((notice) => {
    // The row belongs to the notice's own type; the compiler cannot follow that.
    const row = INSIDE[notice.what.type] as Inside[NoticeBody['type']];
    const told = row(notice.what as never, notice, participants);
    return told === null ? [] : [{ ...told, key: notice.key }];
  });

/** When a drill ends, its channel reads how it went: it was for that. */
export function tellHowItWent(change: Change): void {
  const over = (one: Incident): boolean => one.status === 'resolved';
  if (!change.incident.drill || over(change.snapshot.incident) || !over(change.incident)) return;
  notify(change, 'how it went', { to: HERE, what: { type: 'how it went' } });
}
