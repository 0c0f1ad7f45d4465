import type { Zone } from '../../domain/instant.ts';
import { instantText, isOpenable, personNamed } from '../../domain/markdown.ts';
import type { Line, Span } from '../../domain/text.ts';
import { showable } from '../showable.ts';
import { literal } from './literal.ts';

/** What the words need to become HTML. */
export interface Page {
  readonly zones: readonly Zone[];
  readonly people: Readonly<Record<string, string>>;
  /** Entries that have a row in the timeline: `[#12]` links to it. */
  readonly rows: ReadonlySet<string>;
}

/** Text as text, in an element or in a quoted attribute; what cannot be shown is left out. */
export const escaped = (text: string): string => literal(showable(text));

/** A line whose words stay words. */
export const lineHtml = (line: Line, page: Page): string =>
  line.map((span) => spanHtml(span, page)).join('');

function spanHtml(span: Span, page: Page): string {
  if (typeof span === 'string') return sourced(lines(span), page);
  switch (span.type) {
    case 'bold':
      return `<strong>${lines(span.text)}</strong>`;
    case 'code':
      return `<code>${escaped(span.text)}</code>`;
    case 'link':
      return linkHtml(span.url, span.text);
    case 'user':
    case 'group':
      return `@${escaped(personNamed(span.id, page))}`;
    case 'channel':
      return `#${escaped(span.id)}`;
    case 'broadcast':
      return `@${span.range}`;
    case 'instant':
      return `<time datetime="${new Date(span.at).toISOString()}">${escaped(instantText(span.at, page.zones))}</time>`;
  }
}

const lines = (text: string): string => escaped(text).replaceAll('\n', '<br>');

/** Only addresses that a browser may open become links; others are shown. */
const linkHtml = (url: string, text: string): string =>
  isOpenable(url)
    ? `<a href="${escaped(url)}" rel="noopener noreferrer">${escaped(text)}</a>`
    : `${escaped(text)} (${escaped(url)})`;

/** The id of an entry's row. */
export const rowId = (entry: string): string => `entry-${entry}`;

/** Where a statement comes from, `[#12, #14]`, leads to the timeline. */
const sourced = (html: string, { rows }: Page): string =>
  rows.size === 0
    ? html
    : html.replaceAll(/(?<= |^)\[#\d+(?:, #\d+)*\]/g, (source) =>
        source.replaceAll(/#(\d+)/g, (name, entry: string) =>
          rows.has(entry) ? `<a href="#${rowId(entry)}">${name}</a>` : name,
        ),
      );
