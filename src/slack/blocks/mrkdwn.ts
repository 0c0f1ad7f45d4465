import type { Line, Span } from '../../domain/text.ts';
import { inUtc, slackDate } from './instants.ts';
import { cut, escapeMrkdwn, isolate, tidy } from './literal.ts';
import { WEB_ADDRESS } from './rich.ts';

const MENTIONED = /^[A-Z0-9]+$/;

function date(span: Extract<Span, { type: 'instant' }>): string {
  const shown = slackDate(span.at, span.style);
  if (!shown) return inUtc(span.at, span.style);
  const token = `<!date^${shown.timestamp}^${shown.format}|${shown.fallback}>`;
  // How long ago is the same in every zone.
  return span.style === 'ago' ? token : `${token} (${shown.fallback})`;
}

function link(url: string, label: string): string {
  if (!WEB_ADDRESS.test(url)) return escapeMrkdwn(label === '' ? url : `${label} (${url})`);
  const shown = escapeMrkdwn(tidy(label)).replaceAll('|', '¦');
  return shown === '' ? `<${url}>` : `<${url}|${shown}>`;
}

const mention = (sign: string, prefix: string, id: string): string =>
  MENTIONED.test(id) ? `<${prefix}${id}>` : escapeMrkdwn(`${sign}${id}`);

/** One span as mrkdwn, without emphasis: a `*` in the text would break it. */
export function mrkdwnSpan(span: Span): string {
  if (typeof span === 'string') return escapeMrkdwn(isolate(tidy(span)));
  switch (span.type) {
    case 'bold':
    case 'code':
      return escapeMrkdwn(isolate(tidy(span.text)));
    case 'link':
      return link(span.url, span.text);
    case 'user':
      return mention('@', '@', span.id);
    case 'group':
      return mention('@', '!subteam^', span.id);
    case 'channel':
      return mention('#', '#', span.id);
    case 'broadcast':
      return `<!${span.range}>`;
    case 'instant':
      return date(span);
  }
}

/** A line as mrkdwn of any length. */
export const mrkdwnLine = (line: Line): string => line.map(mrkdwnSpan).join('');

/** A line as mrkdwn of at most `max` units; what is cut ends in an ellipsis, never inside a token. */
export function mrkdwnWithin(line: Line, max: number): string {
  let written = '';
  for (const span of line) {
    const next = mrkdwnSpan(span);
    if (written.length + next.length <= max) {
      written += next;
      continue;
    }
    const literal = typeof span === 'string' ? span : '';
    return `${written}${shortened(literal, max - written.length)}`;
  }
  return written;
}

/** The beginning of a literal that still fits when it is escaped. */
function shortened(literal: string, room: number): string {
  if (room < 1) return '';
  let length = Math.min(literal.length, room);
  for (;;) {
    const shown = escapeMrkdwn(isolate(length === 0 ? '…' : cut(tidy(literal), length)));
    if (shown.length <= room || length === 0) return shown.length <= room ? shown : '';
    length = Math.floor(length * 0.8);
  }
}

/** One span as plain words. */
function plainSpan(span: Span): string {
  if (typeof span === 'string') return isolate(tidy(span));
  switch (span.type) {
    case 'bold':
    case 'code':
      return isolate(tidy(span.text));
    case 'link':
      return span.text === '' ? span.url : isolate(tidy(span.text));
    case 'user':
    case 'group':
      return `@${span.id}`;
    case 'channel':
      return `#${span.id}`;
    case 'broadcast':
      return `@${span.range}`;
    case 'instant':
      return inUtc(span.at, span.style);
  }
}

/** A line as plain words, for places that know no markup: topics, errors at a field. */
export const plainLine = (line: Line): string => line.map(plainSpan).join('');
