import { addressOf, type Incident } from '../../domain/incident.ts';
import { mergedInto } from '../../domain/link.ts';
import type { SlackMessage } from '../../domain/message.ts';
import { type Taking, taken } from '../../handle/taking.ts';
import type { Ports } from '../../ports.ts';
import { asMessage, type Looking, linkTo, messageAt, type Where } from './look.ts';
import { isOwn, type RawMessage, type Self } from './raw.ts';

/** What happened to a message, as far as the timeline cares. */
export interface Happening {
  readonly where: Where;
  readonly what: 'added' | 'removed' | 'edited' | 'deleted' | 'waited';
  /** Slack's id of the event. */
  readonly key: string;
  /** Who did it. */
  readonly actor: string;
  readonly self: Self;
}

/** What settling a happening takes. */
export interface Settling extends Looking {
  readonly ports: Ports;
}

/** How a message is now: whether somebody wants it on the timeline, and what it says. */
interface Seen {
  readonly pinned: boolean;
  readonly message: SlackMessage;
}

type Step = Taking['action'];

/** Slack may have been asked a moment too early: it is looked again, at most so often. */
const ROUNDS = 3;

/** Whether it carries one of these reactions; whose, for an event that nobody has told of. */
export function pinnedBy(
  { reactions = [] }: RawMessage,
  names: readonly string[],
  { botUserId = '' }: Self,
): readonly string[] {
  return reactions
    .filter(({ name = '' }) => names.includes(name.split('::')[0] ?? ''))
    .flatMap(({ users = [] }) => users)
    .filter((user) => user !== botUserId);
}

async function look(settling: Settling, { where, self }: Happening): Promise<Seen | null | 'ours'> {
  const raw = await messageAt(settling, where);
  if (raw === null) return null;
  if (isOwn(raw, self)) return 'ours';
  const { captureReactions } = settling.ports.settings;
  const pinned = pinnedBy(raw, captureReactions, self).length > 0;
  return { pinned, message: await asMessage(settling, where, raw) };
}

/** What an event asks for, held against how the message is now: events come late and in any order. */
function stepsFor({ what, where: { ts } }: Happening, seen: Seen | null): Step[] {
  const follow: Step = { type: 'follow', ts, message: seen?.message ?? null };
  if (seen === null || what === 'edited') return [follow];
  const { message, pinned } = seen;
  const kept: Step = pinned ? { type: 'capture', message } : { type: 'release', ts };
  if (what === 'waited') return [kept, follow];
  // Somebody else's reaction still keeps it.
  return what === 'removed' && pinned ? [] : [kept];
}

/** What has changed while that was being done. */
function stepsSince(ts: string, before: Seen | null, seen: Seen | null): Step[] {
  if (JSON.stringify(before) === JSON.stringify(seen)) return [];
  const follow: Step = { type: 'follow', ts, message: seen?.message ?? null };
  if (seen === null || before === null || before.pinned === seen.pinned) return [follow];
  const { message, pinned } = seen;
  return [pinned ? { type: 'capture', message } : { type: 'release', ts }, follow];
}

async function isAbout(incident: Incident, happening: Happening, { ports }: Settling) {
  const { what, where } = happening;
  if (what !== 'edited' && what !== 'deleted') return true;
  // Most of what people edit is no entry, and need not be asked about any further.
  return (await ports.store.entryOf(incident.id, where.ts)) !== null;
}

/** An incident on whose timeline a message is or may come. */
interface Holder {
  readonly incident: Incident;
  /** Tells what is done there from what is done in the incident whose channel it is. */
  readonly suffix: string;
}

/** So often an incident may have been merged into one that was merged itself. */
const MOST_MERGES = 5;

/** The incident whose channel it is, and those into which a merge brought the entry. */
async function holdersOf(
  incident: Incident,
  { where: { workspace, ts } }: Happening,
  { ports: { store } }: Settling,
): Promise<readonly Holder[]> {
  const holders: Holder[] = [{ incident, suffix: '' }];
  let into = mergedInto(incident);
  for (let merges = 0; into !== null && merges < MOST_MERGES; merges += 1) {
    const next = await store.numbered(workspace, into);
    if (next === null) break;
    if ((await store.entryOf(next.id, ts)) !== null)
      holders.push({ incident: next, suffix: `:${addressOf(next)}` });
    into = mergedInto(next);
  }
  return holders;
}

/** Does the steps in their order; a repeated event finds them done. */
async function take(
  steps: readonly Step[],
  round: number,
  { where, key, actor }: Happening,
  { incident, suffix }: Holder,
  settling: Settling,
): Promise<void> {
  for (const [at, step] of steps.entries()) {
    const action = step.type === 'capture' ? await linked(settling, where, step) : step;
    const name = `${key}:${round}.${at}${suffix}`;
    const taking = { workspace: where.workspace, key: name, actor, action };
    await taken(taking, incident, settling.ports);
  }
}

/**
 * Makes the timeline agree with a message: whoever comes last finds Slack as it is, whatever order
 * events arrive in. Throws as Slack and the database do; then it may be done again.
 */
export async function settle(happening: Happening, settling: Settling): Promise<void> {
  const { where } = happening;
  const incident = await settling.ports.store.inChannel(where.workspace, where.channel);
  if (incident === null) return;
  for (const holder of await holdersOf(incident, happening, settling))
    if (await isAbout(holder.incident, happening, settling))
      await settleIn(holder, happening, settling);
}

async function settleIn(holder: Holder, happening: Happening, settling: Settling): Promise<void> {
  const { where, what } = happening;
  let before: Seen | null = null;
  for (let round = 0; round < ROUNDS; round += 1) {
    const seen = what === 'deleted' ? null : await look(settling, happening);
    if (seen === 'ours') return;
    const steps = round === 0 ? stepsFor(happening, seen) : stepsSince(where.ts, before, seen);
    await take(steps, round, happening, holder, settling);
    if (steps.length === 0 || seen === null) return;
    before = seen;
  }
}

const linked = async (
  settling: Settling,
  where: Where,
  step: Extract<Step, { type: 'capture' }>,
): Promise<Step> => ({
  ...step,
  message: { ...step.message, link: await linkTo(settling, where) },
});
