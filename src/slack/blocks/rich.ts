import type { types } from '@slack/bolt';
import type { Line, Span } from '../../domain/text.ts';
import { inUtc, slackDate } from './instants.ts';
import { isolate, pieces, tidy } from './literal.ts';

/** One element of rich text, with the characters that a reader sees. */
export interface Seen {
  readonly element: types.RichTextElement;
  readonly size: number;
}

/** The longest text that one element may carry. */
const ELEMENT_CHARACTERS = 2900;
/** The longest block of text that we send: half of it still fits a phone's screen or two. */
export const BLOCK_CHARACTERS = 2900;

const USER = /^[UW][A-Z0-9]+$/;
const GROUP = /^S[A-Z0-9]+$/;
const CHANNEL = /^[CGD][A-Z0-9]+$/;
export const WEB_ADDRESS = /^(?:https?:\/\/|mailto:)[^\s<>|]+$/i;

type TextStyle = NonNullable<types.RichTextText['style']>;

const text = (literal: string, style?: TextStyle): Seen[] =>
  pieces(tidy(literal), ELEMENT_CHARACTERS).map((piece) => ({
    element: { type: 'text', text: piece, ...(style ? { style } : {}) },
    size: piece.length,
  }));

const mention = (element: types.RichTextElement): Seen[] => [{ element, size: 12 }];

function date(span: Extract<Span, { type: 'instant' }>): Seen[] {
  const shown = slackDate(span.at, span.style);
  if (!shown) return text(inUtc(span.at, span.style));
  const element = { type: 'date', ...shown } satisfies types.RichTextElement;
  const seen = { element, size: shown.fallback.length };
  // How long ago is the same in every zone.
  return span.style === 'ago' ? [seen] : [seen, ...text(` (${shown.fallback})`)];
}

function link({ url, text: label }: Extract<Span, { type: 'link' }>): Seen[] {
  if (!WEB_ADDRESS.test(url) || url.length > ELEMENT_CHARACTERS || label.length > 1000) {
    return text(label === '' ? url : `${label} (${url})`);
  }
  const shown = isolate(tidy(label));
  const element: types.RichTextLink = { type: 'link', url, ...(shown ? { text: shown } : {}) };
  return [{ element, size: shown.length || url.length }];
}

type Renderers = {
  readonly [T in Exclude<Span, string>['type']]: (
    span: Extract<Exclude<Span, string>, { type: T }>,
  ) => Seen[];
};

const RENDERERS: Renderers = {
  bold: (span) => text(isolate(tidy(span.text)), { bold: true }),
  code: (span) => text(isolate(tidy(span.text)), { code: true }),
  link,
  user: ({ id }) => (USER.test(id) ? mention({ type: 'user', user_id: id }) : text(`@${id}`)),
  group: ({ id }) =>
    GROUP.test(id) ? mention({ type: 'usergroup', usergroup_id: id }) : text(`@${id}`),
  channel: ({ id }) =>
    CHANNEL.test(id) ? mention({ type: 'channel', channel_id: id }) : text(`#${id}`),
  broadcast: ({ range }) => mention({ type: 'broadcast', range }),
  instant: date,
};

/** Picks a renderer by the span's own type; the table's type guarantees that the two agree. */
function renderSpan<T extends Exclude<Span, string>>(span: T): Seen[] {
  const render = RENDERERS[span.type] as (span: T) => Seen[];
  return render(span);
}

/** A line as rich text, in which everything typed stays literal. Empty when nothing is to be seen. */
export const richLine = (line: Line): Seen[] =>
  line.flatMap((span) => (typeof span === 'string' ? text(isolate(tidy(span))) : renderSpan(span)));

/** A line as several lines of at most `max` visible characters each, with nothing lost. */
export function richSections(line: Line, max: number): Seen[][] {
  const sections: Seen[][] = [];
  let section: Seen[] = [];
  let room = max;
  const queue = richLine(line).flatMap((seen) => narrow(seen, max));
  for (const seen of queue) {
    if (seen.size > room && section.length > 0) {
      sections.push(section);
      section = [];
      room = max;
    }
    section.push(seen);
    room -= seen.size;
  }
  if (section.length > 0) sections.push(section);
  return sections;
}

function narrow(seen: Seen, max: number): Seen[] {
  const { element } = seen;
  if (element.type !== 'text' || seen.size <= max) return [seen];
  return pieces(element.text, max).map((piece) => ({
    element: { ...element, text: piece },
    size: piece.length,
  }));
}

/** How much of a line a reader sees. */
export const sizeOf = (line: readonly Seen[]): number =>
  line.reduce((sum, { size }) => sum + size, 0);

/** The elements themselves, as Slack takes them. */
export const elementsOf = (line: readonly Seen[]): types.RichTextElement[] =>
  line.map(({ element }) => element);
