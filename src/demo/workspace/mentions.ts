import { isJson } from './limits/rules.ts';

const TOKEN = /<!(channel|here|everyone)(?:\|[^>]*)?>|<!subteam\^(S[A-Z0-9]+)(?:\|[^>]*)?>/g;
// Slack parses these in mrkdwn objects unless `verbatim` is true.
const BARE = /(?:^|[^\w<!])@(channel|here|everyone)\b/g;

function matches(text: string, shape: RegExp): string[] {
  return [...text.matchAll(shape)].map((match) => match[1] ?? match[2] ?? '').filter(Boolean);
}

function inBlocks(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(inBlocks);
  if (!isJson(value)) return [];
  const text = String(value.text ?? '');
  if (value.type === 'mrkdwn') {
    return [...matches(text, TOKEN), ...(value.verbatim === true ? [] : matches(text, BARE))];
  }
  if (value.type === 'broadcast') return [String(value.range)];
  if (value.type === 'usergroup') return [String(value.usergroup_id)];
  return Object.values(value).flatMap(inBlocks);
}

/** The mentions that would notify many people: `channel`, `here`, `everyone` and user group ids, each once. */
export function activeBroadcasts(text: string, blocks: unknown, linkNames = false): string[] {
  const named = linkNames ? matches(text, BARE) : [];
  return [...new Set([...matches(text, TOKEN), ...named, ...inBlocks(blocks)])];
}
