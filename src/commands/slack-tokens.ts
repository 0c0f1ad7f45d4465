/** What Slack makes of a mention when a slash command escapes its text, and how people read it. */

const USER = /^<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>/;
const USER_AT_END = /<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>$/;
const GROUP = /^<!subteam\^(S[A-Z0-9]+)(?:\|[^<>]*)?>/;
const CHANNEL = /^<#([CG][A-Z0-9]+)(?:\|[^<>]*)?>/;
const CHANNEL_AT_END = /<#[CG][A-Z0-9]+\|([^<>]*)>$/;
const EVERYBODY = /^<!(?:channel|here|everyone)(?:\|[^<>]*)?>/;

/** Somebody or something mentioned at the beginning of a text. */
export type Mention =
  | { readonly type: 'user'; readonly id: string }
  | { readonly type: 'group'; readonly id: string }
  | { readonly type: 'channel'; readonly id: string | null };

const separated = (text: string): string => text.replace(/^[\s,;:]+/, '');

/** The mention that a text begins with, and the rest; null when it begins with none. */
export function leadingMention(text: string): { mention: Mention; rest: string } | null {
  const trimmed = text.trim();
  const after = (matched: string): string => separated(trimmed.slice(matched.length));
  const user = USER.exec(trimmed);
  if (user?.[1] !== undefined)
    return { mention: { type: 'user', id: user[1] }, rest: after(user[0]) };
  const group = GROUP.exec(trimmed);
  if (group?.[1] !== undefined)
    return { mention: { type: 'group', id: group[1] }, rest: after(group[0]) };
  const channel = CHANNEL.exec(trimmed);
  if (channel?.[1] !== undefined)
    return { mention: { type: 'channel', id: channel[1] }, rest: after(channel[0]) };
  const everybody = EVERYBODY.exec(trimmed);
  if (everybody === null) return null;
  return { mention: { type: 'channel', id: null }, rest: after(everybody[0]) };
}

/** The person that a text ends with, and what stands before. */
export function trailingUser(text: string): { id: string; before: string } | null {
  const trimmed = text.trimEnd();
  const found = USER_AT_END.exec(trimmed);
  if (found?.[1] === undefined) return null;
  return { id: found[1], before: trimmed.slice(0, found.index).trimEnd() };
}

/** The name of the channel that a text ends with (a tag that Slack took for a channel). */
export function trailingChannel(text: string): { name: string; before: string } | null {
  const trimmed = text.trimEnd();
  const found = CHANNEL_AT_END.exec(trimmed);
  if (found?.[1] === undefined) return null;
  return { name: found[1], before: trimmed.slice(0, found.index) };
}

/** The first person mentioned anywhere, and the text on both sides. */
export function anyUser(text: string): { id: string; before: string; rest: string } | null {
  const found = /<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>/.exec(text);
  if (found?.[1] === undefined) return null;
  const end = found.index + found[0].length;
  return {
    id: found[1],
    before: text.slice(0, found.index).trim(),
    rest: separated(text.slice(end)).trim(),
  };
}

/** Mentions as people read them: `<@U012|ana>` is `@ana`. Without a label the token stays. */
export const readable = (text: string): string =>
  text
    .replace(/<@[UW][A-Z0-9]+\|([^<>]+)>/g, '@$1')
    .replace(/<!subteam\^S[A-Z0-9]+\|@?([^<>]+)>/g, '@$1')
    .replace(/<#[CG][A-Z0-9]+\|([^<>]+)>/g, '#$1')
    .replace(/<!(channel|here|everyone)(?:\|[^<>]*)?>/g, '@$1');

/** What `typedText` reads back as this very text. */
export const escapedText = (typed: string): string =>
  typed.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

/**
 * The text of a slash command as it was typed: links as their address, entities decoded once.
 * Mentions stay tokens, because commands need the ids in them.
 */
export const typedText = (escaped: string): string =>
  escaped
    .replace(/<((?:https?|mailto|tel|ftp):[^<>|]*)(?:\|[^<>]*)?>/g, (_, url: string) =>
      url.replace(/^(?:mailto|tel):/, ''),
    )
    .replace(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity] ?? entity);
