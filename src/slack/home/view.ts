import type { types } from '@slack/bolt';
import type { Message } from '../../domain/text.ts';
import { renderBlock } from '../blocks/index.ts';
import type { Counter } from '../blocks/piece.ts';

/** Slack takes 100 blocks; one of them says what was left off. */
const MOST_BLOCKS = 99;
/** Slack refuses a view of 250 KB; what is around the blocks needs some of it. */
const MOST_BYTES = 240_000;

const leftOff = (count: number): types.KnownBlock => ({
  type: 'context',
  elements: [
    { type: 'plain_text', text: `and ${count} more parts → /incident list`, emoji: false },
  ],
});

/** Somebody's Home as Slack takes it, however much there is. */
export function homeView({ blocks }: Message): types.HomeView {
  let count = 0;
  const counter: Counter = { next: () => count++ };
  const all = blocks.flatMap((block) => renderBlock(block, counter).map((piece) => piece.block));
  const kept: types.KnownBlock[] = [];
  let bytes = 0;
  for (const block of all) {
    bytes += Buffer.byteLength(JSON.stringify(block));
    if (kept.length === MOST_BLOCKS || bytes > MOST_BYTES) break;
    kept.push(block);
  }
  const left = all.length - kept.length;
  return { type: 'home', blocks: left === 0 ? kept : [...kept, leftOff(left)] };
}
