import type { Entry } from './entry.ts';
import type { Line, Span } from './text.ts';

/** What an entry says: its words, and links to the files of the message that it was taken from. */
export function wordsAndFiles(
  { detail, text }: Pick<Entry, 'detail' | 'text'>,
  words = text,
): Line {
  const files = detail?.message?.files ?? [];
  if (files.length === 0) return [words];
  const links = files.flatMap(({ name, link }, at): Span[] => [
    ...(at === 0 ? [] : [', ']),
    link === null ? name : { type: 'link', url: link, text: name },
  ]);
  // A message without words is called by its files' names already.
  const isNames = text === files.map(({ name }) => name).join(', ');
  return isNames ? links : [words, ' (', ...links, ')'];
}

/** Where the message that an entry was taken from can be read; nothing for any other entry. */
export function inSlack({ detail }: Pick<Entry, 'detail'>): Line {
  const link = detail?.message?.link ?? null;
  return link === null ? [] : [' ', { type: 'link', url: link, text: 'in Slack' }];
}
