import type { Args } from './args.ts';
import { blockProblems } from './assert-limits.ts';
import { isJson, type Json, jsonList } from './limits/rules.ts';
import { activeBroadcasts } from './mentions.ts';
import { breach } from './slack-error.ts';
import { nextId, recordViolation, type State } from './state.ts';
import type { Channel, Message } from './types.ts';

const TEXT = 4000;
const MARKDOWN = 12_000;
const METADATA_BYTES = 16_000;

/** What a message says, once it has passed every check. */
export interface Content {
  readonly text: string;
  readonly blocks: Json[];
  readonly metadata: Json | undefined;
}

function readMarkdown(args: Args): string {
  const markdown = args.text('markdown_text');
  if (!markdown) return '';
  if (args.text('text') || args.raw.blocks !== undefined) {
    throw breach('markdown_text_conflict', 'markdown_text goes with neither text nor blocks');
  }
  if (markdown.length > MARKDOWN) throw breach('msg_too_long', 'markdown_text is over 12,000');
  return markdown;
}

/** Checks a payload's blocks and gives them the ids that Slack makes up where there are none. */
export function readBlocks(state: State, value: unknown): Json[] {
  if (value === undefined || value === null || value === '') return [];
  if (!Array.isArray(value)) throw breach('invalid_blocks_format', 'blocks must be a list');
  const problems = blockProblems(value);
  if (problems.length > 0) {
    const messages = problems.map((problem) => `[ERROR] ${problem}`);
    throw breach('invalid_blocks', problems.join('; '), { response_metadata: { messages } });
  }
  return withIds(state, jsonList(value));
}

/** The same blocks with a `block_id` on each and an `action_id` on everything that can be pressed. */
export function withIds(state: State, blocks: readonly Json[]): Json[] {
  const named = (element: unknown): unknown => {
    if (!isJson(element) || element.action_id) return element;
    const passive = ['image', 'mrkdwn', 'plain_text'].includes(String(element.type));
    return passive ? element : { ...element, action_id: nextId(state, 'act') };
  };
  return blocks.map((block) => ({
    ...block,
    block_id: block.block_id ?? nextId(state, 'blk'),
    ...(block.type === 'actions' ? { elements: jsonList(block.elements).map(named) } : {}),
    ...(block.accessory ? { accessory: named(block.accessory) } : {}),
    ...(block.element ? { element: named(block.element) } : {}),
  }));
}

function readMetadata(args: Args): Json | undefined {
  if (args.raw.metadata === undefined) return undefined;
  const metadata = args.object('metadata');
  if (!metadata) throw breach('invalid_metadata_format', 'metadata must be an object');
  if (Object.keys(metadata).length === 0) return metadata;
  if (typeof metadata.event_type !== 'string' || !isJson(metadata.event_payload)) {
    throw breach('invalid_metadata_schema', 'metadata needs event_type and event_payload');
  }
  if (Buffer.byteLength(JSON.stringify(metadata)) > METADATA_BYTES) {
    throw breach('metadata_too_large', 'metadata is over 16 KB');
  }
  return metadata;
}

function checkParsing(state: State, method: string, args: Args): void {
  if (args.flag('link_names')) {
    recordViolation(state, method, 'link_names', 'typed names would become mentions');
  }
  const parse = args.text('parse');
  if (method === 'chat.update' ? parse !== 'none' : parse !== '' && parse !== 'none') {
    recordViolation(
      state,
      method,
      'parse',
      `parse must be none, is ${parse || 'client by default'}`,
    );
  }
}

/** Reads and checks what a call wants to say. */
export function readContent(state: State, method: string, args: Args): Content {
  const markdown = readMarkdown(args);
  const text = args.text('text') || markdown;
  const blocks = readBlocks(state, args.raw.blocks);
  const attachments = jsonList(args.raw.attachments);
  if (attachments.length > 100) throw breach('too_many_attachments', 'more than 100 attachments');
  if (!text && blocks.length === 0 && attachments.length === 0) {
    throw breach('no_text', 'neither text nor blocks');
  }
  if (!markdown && text.length > TEXT) {
    throw breach('msg_too_long', `text has ${text.length} characters, keep it within ${TEXT}`);
  }
  if (!/[\p{L}\p{N}\p{Extended_Pictographic}]/u.test(text)) {
    recordViolation(state, method, 'accessibility', 'text is missing: screen readers get nothing');
  }
  if (attachments.length > 0) {
    recordViolation(
      state,
      method,
      'attachments',
      'legacy attachments are not simulated: use blocks',
    );
  }
  checkParsing(state, method, args);
  return { text, blocks, metadata: readMetadata(args) };
}

/** Writes down every mention in a message that notifies many people. */
export function noteBroadcasts(
  state: State,
  method: string,
  at: { channel: string; ts: string },
  content: { text: string; blocks: readonly Json[] },
): void {
  for (const range of activeBroadcasts(content.text, content.blocks)) {
    state.broadcasts.push({ at: Date.now(), method, ...at, range });
  }
}

/** Puts a message into a channel. */
export function addMessage(
  channel: Channel,
  message: Pick<Message, 'ts' | 'user' | 'text'> & Partial<Message>,
): Message {
  const stored: Message = {
    botId: undefined,
    blocks: [],
    metadata: undefined,
    threadTs: undefined,
    edited: undefined,
    files: [],
    reactions: [],
    tombstone: false,
    username: undefined,
    broadcast: false,
    ...message,
    channel: channel.id,
  };
  channel.messages.push(stored);
  return stored;
}
