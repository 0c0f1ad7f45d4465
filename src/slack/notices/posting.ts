import { setTimeout as pause } from 'node:timers/promises';
import type { Message } from '../../domain/text.ts';
import type { Delivered } from '../../ports.ts';
import type { Posted } from '../calls.ts';
import { slackCode } from '../outcome.ts';
import { type Rendered, renderMessage } from '../render.ts';
import type { Thread } from '../thread.ts';
import { addressOf, type Errand, LeaseLost } from './errand.ts';

/** Clocks differ; what is ours carries our key, so looking back further does no harm. */
export const LOOK_BACK_MS = 60_000;

/** Whoever took the row over may be about to post, having looked a moment too early. */
const TAKEN_OVER_MS = 2000;

const partKey = (key: string, part: number): string => (part === 0 ? key : `${key}#${part + 1}`);

const isPerson = (address: string): boolean => /^[UW]/.test(address);

/** The conversation behind an address: history wants the id of a direct message, not the person's. */
const conversation = ({ calls }: Errand, { channel }: Thread): Promise<string> | string =>
  isPerson(channel) ? calls.openDirect(channel) : channel;

/** Which parts of a doubtful delivery are in Slack already. */
async function alreadyPosted(
  errand: Errand,
  where: Thread,
  keys: readonly string[],
): Promise<Map<string, Posted>> {
  const { calls, delivery } = errand;
  const known = new Map<string, Posted>();
  if (delivery.unsureSince === null) return known;
  const channel = await conversation(errand, where);
  await calls.since({ ...where, channel }, delivery.unsureSince - LOOK_BACK_MS, ({ key, ts }) => {
    if (key !== null && keys.includes(key)) known.set(key, { channel, ts });
    return known.size === keys.length;
  });
  return known;
}

/**
 * Takes back what was posted after the lease had run out, where somebody else has posted the same:
 * a process that stood still between asking for its turn and posting cannot know that it did.
 */
async function onlyOne(
  { calls }: Errand,
  where: Thread,
  mine: Posted,
  key: string,
): Promise<Posted> {
  await pause(TAKEN_OVER_MS);
  const others: string[] = [];
  const about = Number(mine.ts) * 1000;
  await calls.since({ ...where, channel: mine.channel }, about - LOOK_BACK_MS, (one) => {
    if (one.key === key && one.ts !== mine.ts) others.push(one.ts);
    return others.length > 0;
  });
  const [theirs] = others;
  if (theirs === undefined) return mine;
  await calls.withdraw(mine);
  return { ...mine, ts: theirs };
}

/**
 * Posts the parts of a message in order, each once: what an earlier attempt has posted is adopted.
 * Answers where each part is.
 */
export async function postParts(
  errand: Errand,
  where: Thread,
  parts: readonly Rendered[],
): Promise<Posted[]> {
  const { calls, delivery, progress, pauseMs } = errand;
  const keys = parts.map((_, part) => partKey(delivery.key, part));
  const known = await alreadyPosted(errand, where, keys);
  const posted: Posted[] = [];
  for (const [at, part] of parts.entries()) {
    const key = partKey(delivery.key, at);
    const earlier = known.get(key);
    if (earlier) {
      posted.push(earlier);
      continue;
    }
    if (progress.posted) await pause(pauseMs);
    if (delivery.ours?.() === false) throw new LeaseLost('the lease ran out');
    progress.posting = true;
    const mine = await calls.post(where, part, key);
    progress.posting = false;
    progress.posted = true;
    posted.push(delivery.ours?.() === false ? await onlyOne(errand, where, mine, key) : mine);
  }
  return posted;
}

/** Where an earlier attempt has posted it; null where it has not. */
export async function postedBefore(errand: Errand): Promise<Posted | null> {
  const { key } = errand.delivery;
  const known = await alreadyPosted(errand, { channel: await addressOf(errand) }, [key]);
  return known.get(key) ?? null;
}

/** Posts a message to where the delivery is addressed, and answers where its first part is. */
export async function post(errand: Errand, message: Message): Promise<Posted> {
  const channel = await addressOf(errand);
  const [first] = await postParts(errand, { channel }, renderMessage(message));
  return first ?? { channel, ts: '' };
}

/** A message of which there is one, edited in place; posted anew when it, or its channel, was deleted in Slack. */
export async function postOrEdit(
  errand: Errand,
  name: string,
  message: Message,
): Promise<{ readonly post: Posted & { readonly name: string }; readonly isNew: boolean }> {
  const { delivery, store, calls } = errand;
  const [rendered] = renderMessage(message);
  const known = delivery.incident === null ? null : await store.post(delivery.incident, name);
  const channel = await addressOf(errand);
  // The one in a channel that is not the incident's any more cannot be seen from the new one.
  if (known?.channel === channel) {
    try {
      await calls.edit(known, rendered);
      return { post: { name, ...known }, isNew: false };
    } catch (error) {
      if (slackCode(error) !== 'message_not_found') throw error;
    }
  }
  const [posted = { channel, ts: '' }] = await postParts(errand, { channel }, [rendered]);
  return { post: { name, ...posted }, isNew: true };
}

/** The delivery is done, and where its message is. */
export const donePosted = (name: string, { channel, ts }: Posted): Delivered => ({
  type: 'done',
  post: { name, channel, ts },
});
