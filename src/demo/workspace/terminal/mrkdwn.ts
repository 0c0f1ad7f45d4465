import { showDate } from './dates.ts';
import type { Ink } from './pen.ts';
import { atChannel, atGroup, atUser, emoji, type Reader } from './reader.ts';

const MARKUP =
  /```(?<block>[\s\S]+?)```|`(?<code>[^`\n]+)`|<(?<token>[^>\n]+)>|(?<![\w*])\*(?<bold>[^*\n]+)\*(?![\w*])|(?<!\w)_(?<italic>[^_\n]+)_(?!\w)|(?<![\w~])~(?<strike>[^~\n]+)~(?![\w~])|:(?<emoji>[a-z0-9_+-]+):/g;

const decode = (text: string) =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

function special(reader: Reader, token: string, label: string): string {
  const [name = '', first = '', second = ''] = token.split('^');
  if (name === 'date') return showDate(reader, Number(first), second, label);
  if (name === 'subteam') return reader.pen(atGroup(reader, first, label || first), 'yellow');
  return reader.pen(`@${name}`, 'yellow', 'bold');
}

function showToken(reader: Reader, token: string): string {
  const bar = token.indexOf('|');
  const target = bar < 0 ? token : token.slice(0, bar);
  const label = bar < 0 ? '' : decode(token.slice(bar + 1));
  const id = target.slice(1);
  if (target.startsWith('@')) return reader.pen(atUser(reader, id, label || id), 'cyan');
  if (target.startsWith('#')) return reader.pen(atChannel(reader, id, label || id), 'cyan');
  if (target.startsWith('!')) return special(reader, id, label);
  return reader.pen(label || decode(target), 'underline', 'blue');
}

function showMatch(reader: Reader, groups: Record<string, string | undefined>): string {
  const { block, code, token } = groups;
  if (token !== undefined) return showToken(reader, token);
  if (groups.emoji !== undefined) return emoji(groups.emoji);
  const verbatim = block?.replace(/^\n|\n$/g, '') ?? code;
  if (verbatim !== undefined) return reader.pen(decode(verbatim), 'yellow');
  const styled = (['bold', 'italic', 'strike'] satisfies Ink[]).find(
    (ink) => groups[ink] !== undefined,
  );
  return styled ? reader.pen(showMrkdwn(reader, groups[styled] ?? ''), styled) : '';
}

/** Slack's `mrkdwn` as a terminal shows it. */
export function showMrkdwn(reader: Reader, text: string): string {
  const parts: string[] = [];
  let from = 0;
  for (const match of text.matchAll(MARKUP)) {
    parts.push(decode(text.slice(from, match.index)), showMatch(reader, match.groups ?? {}));
    from = match.index + match[0].length;
  }
  return [...parts, decode(text.slice(from))].join('');
}

/** A `plain_text`: nothing but emoji names means anything. */
export function showPlain(text: string): string {
  return text.replace(/:([a-z0-9_+-]+):/g, (_, name: string) => emoji(name));
}

function showMarkdownLine(reader: Reader, line: string): string {
  const heading = /^#{1,6} (.*)$/.exec(line)?.[1];
  if (heading !== undefined) return reader.pen(heading, 'bold');
  return line
    .replace(/^(\s*)[-*] /, '$1• ')
    .replace(/\*\*(.+?)\*\*/g, (_, text: string) => reader.pen(text, 'bold'))
    .replace(/`([^`]+)`/g, (_, text: string) => reader.pen(text, 'yellow'))
    .replace(/\[([^\]]+)\]\((\S+?)\)/g, (_, text: string) => reader.pen(text, 'underline', 'blue'));
}

/** A `markdown` block's text as a terminal shows it. */
export function showMarkdown(reader: Reader, text: string): string {
  return text
    .split('\n')
    .map((line) => showMarkdownLine(reader, line))
    .join('\n');
}
