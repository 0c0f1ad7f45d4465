import type { WebClient } from '@slack/web-api';
import { promised } from './promised.ts';

/** A link above a channel's messages. */
export interface Link {
  readonly title: string;
  readonly link: string;
}

/** A channel's bookmarks. */
export const bookmarkCalls = (client: WebClient) => ({
  /** Answers the new one's id. */
  async addBookmark(channel: string, { title, link }: Link): Promise<string> {
    const added = await client.bookmarks.add({ channel_id: channel, type: 'link', title, link });
    return promised(added.bookmark?.id, 'bookmark id');
  },
  editBookmark: (channel: string, id: string, { title, link }: Link) =>
    client.bookmarks.edit({ channel_id: channel, bookmark_id: id, title, link }),
  /** The id of the bookmark that leads there; null where there is none. */
  async bookmarkTo(channel: string, link: string): Promise<string | null> {
    const { bookmarks = [] } = await client.bookmarks.list({ channel_id: channel });
    return bookmarks.find((one) => one.link === link)?.id ?? null;
  },
});
