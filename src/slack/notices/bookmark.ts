import type { Bookmark } from '../../domain/bookmark.ts';
import type { Notice, NoticeBody } from '../../domain/decision.ts';
import { incidentName } from '../../domain/incident.ts';
import { type Delivered, StoreUnavailable } from '../../ports.ts';
import type { Link } from '../bookmark-calls.ts';
import { classify, slackCode } from '../outcome.ts';
import { channelOf, type Errand, incidentOf } from './errand.ts';
import { donePosted } from './posting.ts';

/** Somebody took it away: it was not wanted. */
const GONE = ['not_found', 'bookmark_not_found'];

/** The name under which it is remembered where a bookmark is. */
const nameOf = (of: Bookmark): string =>
  of.type === 'link' ? `bookmark:link:${of.title}:${of.url}` : `bookmark:${of.type}`;

/** A bookmark that follows from a delivery: what it leads to has just been posted. */
export const bookmarked = ({ delivery }: Errand, of: Bookmark): Notice => ({
  key: `${delivery.key}:bookmark`,
  to: { type: 'chores' },
  what: { type: 'bookmark', of },
});

/** The name under which it is remembered where the newest version of the draft is. */
export const NEWEST_DRAFT = 'newest draft';

/** Where it leads now; null where there is nothing to lead to yet. */
async function linkOf(errand: Errand, of: Bookmark): Promise<Link | null> {
  if (of.type === 'link') return { title: of.title, link: of.url };
  const { calls, store } = errand;
  const incident = await incidentOf(errand);
  const newest = of.type === 'draft' ? await store.post(incident.id, NEWEST_DRAFT) : null;
  const post = newest ?? (await store.post(incident.id, of.type));
  if (post === null || post.channel !== incident.channel.id) return null;
  const link = await calls.permalink(post);
  if (of.type === 'card') return { title: incidentName(incident), link };
  const version = (await store.draft(incident.id))?.version ?? 1;
  return { title: `Draft, version ${version}`, link };
}

async function set(errand: Errand, of: Bookmark): Promise<Delivered> {
  const { calls, delivery, store } = errand;
  const incident = await incidentOf(errand);
  const channel = channelOf(incident);
  const link = await linkOf(errand, of);
  if (link === null) return { type: 'done', unwanted: true };
  const known = await store.post(incident.id, nameOf(of));
  if (known?.channel === channel) {
    await calls.editBookmark(channel, known.ts, link);
    return { type: 'done' };
  }
  // After a lost answer, the one that is there by now is ours.
  const there = delivery.unsureSince === null ? null : await calls.bookmarkTo(channel, link.link);
  const id = there ?? (await calls.addBookmark(channel, link));
  return donePosted(nameOf(of), { channel, ts: id });
}

/**
 * Sets a bookmark, or moves it to where it leads now. One that somebody took away stays away. Where
 * there can be none (scope, plan, too many) nobody is told: the card is pinned all the same.
 */
export async function setBookmark(
  { of }: Extract<NoticeBody, { type: 'bookmark' }>,
  errand: Errand,
): Promise<Delivered> {
  try {
    return await set(errand, of);
  } catch (error) {
    if (error instanceof StoreUnavailable) throw error;
    const code = slackCode(error);
    if (code === undefined || GONE.includes(code)) {
      if (code === undefined) throw error;
      return { type: 'done', unwanted: true };
    }
    // A token that lacks the scope takes everything else: only this waits for nothing.
    if (classify(error).type !== 'failed' && code !== 'missing_scope') throw error;
    errand.log.info('no bookmark', { row: errand.delivery.id, reason: code });
    return { type: 'done', unwanted: true };
  }
}
