import { type Instant, inZone, type Zone } from './instant.ts';
import type { Block, Line, Message, Span } from './text.ts';
import { zoneAbbreviation } from './time/zone-names.ts';

/** What the renderer needs to know besides the words. */
export interface MarkdownOptions {
  /** Instants are shown in all of these; UTC when there are none. */
  readonly zones?: readonly Zone[];
  /** Names for Slack ids, where they are known. */
  readonly people?: Readonly<Record<string, string>>;
  /** How deep the headings of blocks are; 2 for `##`. */
  readonly level?: number;
}

/** Renders a message as a Markdown document. Whatever people typed stays text. */
export function messageMarkdown({ blocks }: Message, options: MarkdownOptions = {}): string {
  return `${blocksMarkdown(blocks, options)}\n`;
}

/** Renders blocks as Markdown, with an empty line between them. */
export function blocksMarkdown(blocks: readonly Block[], options: MarkdownOptions = {}): string {
  return blocks
    .map((block) => blockMarkdown(block, options))
    .filter((text) => text !== '')
    .join('\n\n');
}

/** A heading whose words stay words. */
export const headingMarkdown = (text: string, level: number): string =>
  `${'#'.repeat(level)} ${inline(text)}`;

function blockMarkdown(block: Block, options: MarkdownOptions): string {
  switch (block.type) {
    case 'heading':
      return headingMarkdown(block.text, options.level ?? 2);
    case 'paragraph':
    case 'note':
      return lineMarkdown(block.line, options);
    case 'facts':
      return block.rows
        .map(({ label, value }) => `- **${inline(label)}:** ${lineMarkdown(value, options, true)}`)
        .join('\n');
    case 'list':
      return block.items
        .map((item, place) => {
          const mark = block.ordered === true ? `${place + 1}.` : '-';
          return `${mark} ${lineMarkdown(item, options)}`;
        })
        .join('\n');
    case 'table':
      return tableMarkdown(block.head, block.rows, options);
    case 'quote':
      return block.text
        .split(LINE_BREAK)
        .map((line) => `> ${atLineStart(inline(line))}`)
        .join('\n');
    case 'buttons':
      return block.buttons
        .map(
          ({ label, command }) =>
            `- ${inline(label)}: ${codeMarkdown(`/incident ${command}`, false)}`,
        )
        .join('\n');
    case 'divider':
      return '---';
  }
}

function tableMarkdown(
  head: readonly string[],
  rows: readonly (readonly Line[])[],
  options: MarkdownOptions,
): string {
  const columns = Math.max(head.length, ...rows.slice(0, 1000).map((row) => row.length));
  const places = Array.from({ length: columns }, (_, place) => place);
  const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const lines = rows.map((cells) =>
    row(places.map((place) => spansMarkdown(cells[place] ?? [], options, true))),
  );
  return [
    row(places.map((place) => inline(head[place] ?? ''))),
    row(places.map(() => '---')),
    ...lines,
  ].join('\n');
}

/** One line as Markdown; `inside` when something stands before it already. */
export function lineMarkdown(line: Line, options: MarkdownOptions = {}, inside = false): string {
  const text = spansMarkdown(line, options, false);
  return inside ? text : atLineStart(text.trimStart());
}

const spansMarkdown = (line: Line, options: MarkdownOptions, inTable: boolean): string =>
  line.map((span) => spanMarkdown(span, options, inTable)).join('');

function spanMarkdown(span: Span, options: MarkdownOptions, inTable: boolean): string {
  if (typeof span === 'string') return inline(span);
  switch (span.type) {
    case 'bold':
      return span.text.trim() === '' ? inline(span.text) : `**${inline(span.text.trim())}**`;
    case 'code':
      return codeMarkdown(span.text, inTable);
    case 'link':
      return linkMarkdown(span.url, span.text);
    case 'user':
      return `@${inline(personNamed(span.id, options))}`;
    case 'group':
      return `@${inline(span.id)}`;
    case 'channel':
      return `\\#${inline(span.id)}`;
    case 'broadcast':
      return `@${span.range}`;
    case 'instant':
      return inline(instantText(span.at, options.zones ?? []));
  }
}

/** What somebody is called, or their id. */
export function personNamed(id: string, { people = {} }: MarkdownOptions): string {
  return (Object.hasOwn(people, id) ? people[id] : undefined) ?? id;
}

/** Whether a browser may open the address. */
export const isOpenable = (url: string): boolean => /^(?:https?:\/\/|mailto:)\S+$/i.test(url);

/** Only addresses that a browser may open become links; others are shown. */
function linkMarkdown(url: string, text: string): string {
  if (!isOpenable(url)) return `${inline(text)} (${inline(url)})`;
  const address = url.replaceAll(/[<>|\\`"']/g, (sign) => encodeURIComponent(sign));
  return `[${inline(text).replaceAll(/[[\]]/g, '\\$&')}](<${address}>)`;
}

/** Code in a fence longer than any run of backticks inside it. */
function codeMarkdown(text: string, inTable: boolean): string {
  const plain = text.replaceAll(/\s+/g, ' ').trim();
  if (plain === '') return '';
  // No code in a table can end in a backslash before a pipe: readers disagree where the cell ends.
  if (inTable && plain.includes('\\|')) return inline(plain);
  const longest = Math.max(0, ...[...plain.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const padded = longest > 0 ? ` ${plain} ` : plain;
  const code = `${fence}${padded}${fence}`;
  // Inside a table a pipe ends the cell even within code, and a backslash shields it there only.
  return inTable ? code.replaceAll('|', '\\|') : code;
}

/** An instant in all zones: `7 May 2026 14:49 UTC (20:19 IST)`, with the date where it differs. */
export function instantText(at: Instant, zones: readonly Zone[]): string {
  const [leading = 'UTC', ...others] = zones.length === 0 ? ['UTC'] : zones;
  const day = inZone(at, leading).toISODate();
  const beside = others.map((zone) => {
    const there = inZone(at, zone);
    const date = there.toISODate() === day ? '' : there.toFormat('d LLL ');
    return `${date}${there.toFormat('HH:mm')} ${zoneAbbreviation(at, zone)}`;
  });
  const first = `${inZone(at, leading).toFormat('d LLL yyyy HH:mm')} ${zoneAbbreviation(at, leading)}`;
  return beside.length === 0 ? first : `${first} (${beside.join(', ')})`;
}

const LINE_BREAK = /\r\n|[\r\n\u0085\u2028\u2029\v\f]/;
const LINE_BREAKS = new RegExp(LINE_BREAK.source, 'g');

/**
 * Text as text: nothing in it formats, links, embeds, breaks a table or notifies anybody.
 *
 * Escapes only where Markdown would read something, so that the source stays readable.
 */
export function inline(text: string): string {
  return (
    text
      .replaceAll('\0', '\uFFFD')
      .replaceAll(/[\\`*|]/g, '\\$&')
      .replaceAll(/&(?=#?[\p{L}\p{N}]{1,40};)/gu, '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      // An underscore before a letter can open emphasis, but without one that closes it opens nothing.
      .replaceAll(/_(?![\p{L}\p{N}])/gu, '\\_')
      // A tilde before a figure marks a time; one that could close a strikethrough is shielded.
      .replaceAll(/~(?!\d)|(?<=[^\s])~/g, '\\~')
      // A bracket closes a link, a definition or a footnote only before these.
      .replaceAll(/\](?=[([:])/g, '\\]')
      .replaceAll(/!(?=\[)/g, '\\!')
      .replaceAll(LINE_BREAKS, '<br>')
  );
}

/** What would begin a heading, a list, a rule, code or a task is shielded at the start of a line. */
function atLineStart(text: string): string {
  return text
    .replace(/^(?:\s+)/, '')
    .replace(/^(#{1,6}(?=\s|$)|[+=-])/, '\\$1')
    .replace(/^(\d{1,9})([.)])/, '$1\\$2')
    .replace(/^\[(?=[ xX!^])/, '\\[');
}
