import type { State } from './state.ts';

const escapeText = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const URL_SHAPE = /\bhttps?:\/\/[^\s<>]+/g;
const MENTION = /(^|[\s("'[,;:])([@#])([\p{L}\p{N}._-]+)/gu;
const BROADCASTS = new Set(['channel', 'here', 'everyone']);

function userToken(state: State, name: string): string | undefined {
  if (BROADCASTS.has(name)) return `<!${name}>`;
  const user = [...state.users.values()].find((candidate) => candidate.name === name);
  if (user) return `<@${user.id}>`;
  const group = [...state.userGroups.values()].find((candidate) => candidate.handle === name);
  return group && `<!subteam^${group.id}|@${group.handle}>`;
}

function channelToken(state: State, typist: string, name: string): string | undefined {
  const channel = [...state.channels.values()].find((candidate) => candidate.name === name);
  if (!channel) return undefined;
  if (channel.kind === 'public') return `<#${channel.id}|${channel.name}>`;
  return channel.members.includes(typist) ? `<#${channel.id}|>` : undefined;
}

/** The longest beginning of what was typed that names somebody: `@ana.` is Ana and a full stop. */
function resolve(name: string, find: (name: string) => string | undefined): string | undefined {
  for (let end = name.length; end > 0; end -= 1) {
    const token = find(name.slice(0, end));
    if (token) return `${token}${name.slice(end)}`;
    if (!/[._-]$/.test(name.slice(0, end))) return undefined;
  }
  return undefined;
}

function linked(url: string): string {
  const tail = /[.,;:!?)\]'"]+$/.exec(url)?.[0] ?? '';
  return `<${url.slice(0, url.length - tail.length)}>${tail}`;
}

function withMentions(state: State, typist: string, text: string): string {
  return text.replace(MENTION, (typed, before: string, sign: string, name: string) => {
    const find = (candidate: string) =>
      sign === '@' ? userToken(state, candidate) : channelToken(state, typist, candidate);
    const token = resolve(name, find);
    return token ? `${before}${token}` : typed;
  });
}

/** What Slack makes of typed text when the manifest says `should_escape`. */
export function escapeTyped(state: State, typist: string, text: string): string {
  const escaped = escapeText(text);
  const parts: string[] = [];
  let from = 0;
  for (const match of escaped.matchAll(URL_SHAPE)) {
    parts.push(withMentions(state, typist, escaped.slice(from, match.index)), linked(match[0]));
    from = match.index + match[0].length;
  }
  return [...parts, withMentions(state, typist, escaped.slice(from))].join('');
}
