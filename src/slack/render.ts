import type { types } from '@slack/bolt';
import type { Reply } from '../domain/decision.ts';
import type { Line, Message } from '../domain/text.ts';
import { renderBlock } from './blocks/index.ts';
import { mrkdwnWithin } from './blocks/mrkdwn.ts';
import type { Counter, Piece } from './blocks/piece.ts';
import { section } from './blocks/piece.ts';
import { BLOCK_CHARACTERS, richLine, richSections } from './blocks/rich.ts';

/** One message as Slack takes it. `text` stands alone: notifications and screen readers use it. */
export interface Rendered {
  readonly text: string;
  readonly blocks: types.KnownBlock[];
}

/** An answer to one person: what goes into the acknowledgement, and what follows it. */
export interface RenderedReply extends Rendered {
  readonly response_type: 'ephemeral' | 'in_channel';
  /** Further messages, for the response_url. */
  readonly more: readonly Rendered[];
}

const BLOCKS = 50;
/** Slack refuses messages that are too heavy as a whole without saying where that begins. */
const MESSAGE_CHARACTERS = 10_000;
/** `chat.update` refuses 4,000, and longer posts are broken up. */
const TEXT_CHARACTERS = 3_900;
/** A response_url takes five; one stays free for what goes wrong. */
const FOLLOWING = 3;

function counter(): Counter {
  let count = 0;
  return {
    next: () => {
      count += 1;
      return count - 1;
    },
  };
}

const isTable = ({ block }: Piece): boolean => block.type === 'table';

/** A heading without what it heads would be left at the foot of a message. */
function keepWithNext(chunk: Piece[]): Piece[] {
  const last = chunk.at(-1);
  return chunk.length > 1 && last?.block.type === 'header' ? chunk.splice(-1) : [];
}

/** Shares pieces out over messages: 50 blocks, one table and a bearable weight in each. */
function chunks(pieces: readonly Piece[]): Piece[][] {
  const result: Piece[][] = [];
  let chunk: Piece[] = [];
  let size = 0;
  for (const piece of pieces) {
    const full =
      chunk.length === BLOCKS ||
      size + piece.size > MESSAGE_CHARACTERS ||
      (isTable(piece) && chunk.some(isTable));
    if (full && chunk.length > 0) {
      const moved = keepWithNext(chunk);
      result.push(chunk);
      chunk = moved;
      size = moved.reduce((sum, one) => sum + one.size, 0);
    }
    chunk.push(piece);
    size += piece.size;
  }
  if (chunk.length > 0) result.push(chunk);
  return result;
}

/** A summary that must stand for the whole message: Slack takes no block that shows nothing. */
function summaryAlone(summary: Line): Piece[] {
  const sections = richSections(summary, BLOCK_CHARACTERS);
  return (sections.length > 0 ? sections : [richLine(['…'])]).map(section);
}

/** A message as one or more messages of Slack's, within every limit and with nothing lost. */
export function renderMessage({ summary, blocks }: Message): [Rendered, ...Rendered[]] {
  const ids = counter();
  const pieces = blocks.flatMap((block) => renderBlock(block, ids));
  const parts = chunks(pieces.length > 0 ? pieces : summaryAlone(summary));
  const rendered = parts.map((part, at): Rendered => {
    const continued = at === 0 ? [] : [`(${at + 1} of ${parts.length}) `];
    const text = mrkdwnWithin([...continued, ...summary], TEXT_CHARACTERS);
    return { text: text.trim() === '' ? '…' : text, blocks: part.map(({ block }) => block) };
  });
  const [first = { text: '…', blocks: [] }, ...rest] = rendered;
  return [first, ...rest];
}

const leftOut = (count: number): types.KnownBlock => ({
  type: 'context',
  elements: [
    {
      type: 'plain_text',
      text: `${count} more ${count === 1 ? 'part' : 'parts'} did not fit here. In the incident's channel, /incident timeline shows it page by page.`,
    },
  ],
});

/** An answer as an acknowledgement may carry it, and what is to follow through the response_url. */
export function renderReply({ message, to }: Reply): RenderedReply {
  const [first, ...rest] = renderMessage(message);
  const more = rest.slice(0, FOLLOWING);
  const left = rest.length - more.length;
  const last = more.at(-1);
  if (left > 0 && last) {
    more[more.length - 1] = {
      ...last,
      blocks: [...last.blocks.slice(0, BLOCKS - 1), leftOut(left)],
    };
  }
  return { ...first, response_type: to === 'channel' ? 'in_channel' : 'ephemeral', more };
}
