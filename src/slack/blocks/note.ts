import type { types } from '@slack/bolt';
import type { Block, Line, Span } from '../../domain/text.ts';
import { isolate, isPlain, tidy } from './literal.ts';
import { mrkdwnSpan } from './mrkdwn.ts';
import { type Piece, section } from './piece.ts';
import { BLOCK_CHARACTERS, richSections } from './rich.ts';

const ELEMENTS = 10;
const CHARACTERS = 2900;

const literal = (span: Span): string | null =>
  typeof span === 'string' ? span : 'text' in span && span.type !== 'link' ? span.text : null;

/** Small print knows no rich text: what mrkdwn would alter goes into an element of plain text. */
function contextElements(line: Line): (types.MrkdwnElement | types.PlainTextElement)[] {
  const whole = line.map(literal);
  // Elements stand apart on the screen, so a sentence of mere words is one of them.
  if (whole.every((text) => text !== null) && !whole.every(isPlain)) {
    return [{ type: 'plain_text', text: isolate(tidy(whole.join(''))), emoji: false }];
  }
  const result: (types.MrkdwnElement | types.PlainTextElement)[] = [];
  for (const span of line) {
    const text = literal(span);
    const plain = text !== null && !isPlain(text);
    const last = result.at(-1);
    if (!plain && last?.type === 'mrkdwn') last.text += mrkdwnSpan(span);
    else if (plain) result.push({ type: 'plain_text', text: isolate(tidy(text)), emoji: false });
    else result.push({ type: 'mrkdwn', text: mrkdwnSpan(span), verbatim: true });
  }
  return result.filter(({ text }) => text.trim() !== '');
}

/** Small print; as ordinary text where it is too long or too mixed for that. */
export function note({ line }: Extract<Block, { type: 'note' }>): Piece[] {
  const elements = contextElements(line);
  const size = elements.reduce((sum, { text }) => sum + text.length, 0);
  if (elements.length === 0) return [];
  if (elements.length <= ELEMENTS && size <= CHARACTERS) {
    return [{ block: { type: 'context', elements }, size }];
  }
  return richSections(line, BLOCK_CHARACTERS).map(section);
}
