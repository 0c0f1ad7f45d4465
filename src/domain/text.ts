import { type Instant, isAnotherDay } from './instant.ts';

/**
 * Structured text: what Muster says, before anybody decides how it looks.
 *
 * Strings are always literal. Escaping, mentions and dates happen once, in a renderer
 * (Slack blocks, Markdown, terminal), so no string here may carry markup.
 */
export type Span =
  | string
  | { readonly type: 'bold'; readonly text: string }
  | { readonly type: 'code'; readonly text: string }
  | { readonly type: 'link'; readonly url: string; readonly text: string }
  | { readonly type: 'user'; readonly id: string }
  | { readonly type: 'group'; readonly id: string }
  | { readonly type: 'channel'; readonly id: string }
  /** Notifies everybody in the channel. Only the paging path may produce it. */
  | { readonly type: 'broadcast'; readonly range: 'channel' | 'here' }
  /** Rendered in the reader's own zone where the medium can, and in UTC. */
  | { readonly type: 'instant'; readonly at: Instant; readonly style: 'clock' | 'full' | 'ago' };

export type Line = readonly Span[];

export type Block =
  | { readonly type: 'heading'; readonly text: string }
  | { readonly type: 'paragraph'; readonly line: Line }
  /** Label and value pairs, two columns where there is room. */
  | { readonly type: 'facts'; readonly rows: readonly { label: string; value: Line }[] }
  | { readonly type: 'list'; readonly items: readonly Line[]; readonly ordered?: boolean }
  | {
      readonly type: 'table';
      readonly head: readonly string[];
      readonly rows: readonly (readonly Line[])[];
    }
  /** Somebody's words, kept exactly: typed text ready to resend, a quoted note. */
  | { readonly type: 'quote'; readonly text: string }
  /** Small print: who, when, how to change it. */
  | { readonly type: 'note'; readonly line: Line }
  /** With `menu` as its name they are one menu, of which choosing an item presses its button. */
  | {
      readonly type: 'buttons';
      readonly buttons: readonly Button[];
      readonly menu?: string;
      /** What is pressed less often, behind three dots at the end: at most five. */
      readonly more?: readonly Button[];
    }
  | { readonly type: 'divider' };

/** A button is a command that somebody need not type. */
export interface Button {
  readonly label: string;
  /** What pressing it types, after `/incident `, with its incident named: `42 ack`. */
  readonly command: string;
  readonly style?: 'primary' | 'danger';
  /** Asks before it acts. */
  readonly confirm?: { readonly title: string; readonly text: string; readonly yes: string };
}

/** Something said. `summary` stands alone: it is the notification and what a screen reader reads. */
export interface Message {
  readonly summary: Line;
  readonly blocks: readonly Block[];
}

export const bold = (text: string): Span => ({ type: 'bold', text });
export const code = (text: string): Span => ({ type: 'code', text });
export const user = (id: string): Span => ({ type: 'user', id });
export const instant = (at: Instant, style: 'clock' | 'full' | 'ago' = 'clock'): Span => ({
  type: 'instant',
  at,
  style,
});
/** A clock time, with its date where it is another day than now. */
export const dated = (at: Instant, now: Instant): Span =>
  instant(at, isAnotherDay(at, now) ? 'full' : 'clock');
export const paragraph = (...line: Line): Block => ({ type: 'paragraph', line });
export const note = (...line: Line): Block => ({ type: 'note', line });
export const heading = (text: string): Block => ({ type: 'heading', text });
export const buttons = (...items: readonly Button[]): Block => ({
  type: 'buttons',
  buttons: items,
});

/** Buttons that are too many to stand side by side. */
export const menu = (name: string, ...items: readonly Button[]): Block => ({
  type: 'buttons',
  buttons: items,
  menu: name,
});

/** A message of one paragraph, which is also its summary. */
export const say = (...line: Line): Message => ({ summary: line, blocks: [paragraph(...line)] });

const plainSpan = (span: Span): string => {
  if (typeof span === 'string') return span;
  switch (span.type) {
    case 'bold':
    case 'code':
    case 'link':
      return span.text;
    case 'user':
    case 'group':
    case 'channel':
      return `@${span.id}`;
    case 'broadcast':
      return `@${span.range}`;
    case 'instant':
      return new Intl.DateTimeFormat('en-GB', {
        dateStyle: 'short',
        timeStyle: 'short',
        timeZone: 'UTC',
      }).format(span.at);
  }
};

/** The line as bare words, for places that can show nothing else: logs of refusals, file names. */
export const plainText = (line: Line): string => line.map(plainSpan).join('');
