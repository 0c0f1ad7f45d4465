import type { Instant } from '../../domain/instant.ts';
import type { AttachedFile } from '../../domain/message.ts';
import { type Called, plainWords } from './plain-words.ts';

/** A message as Slack gives it in events, shortcuts and answers, as far as it is read here. */
export interface RawMessage {
  readonly ts?: string;
  readonly subtype?: string;
  readonly text?: string;
  readonly user?: string;
  readonly bot_id?: string;
  readonly username?: string;
  readonly bot_profile?: { readonly name?: string };
  readonly thread_ts?: string;
  readonly edited?: { readonly ts?: string; readonly user?: string };
  readonly files?: readonly RawFile[];
  readonly attachments?: readonly RawAttachment[];
  readonly blocks?: readonly unknown[];
  readonly reactions?: readonly {
    readonly name?: string;
    readonly users?: readonly string[];
    readonly count?: number;
  }[];
}

interface RawFile {
  readonly name?: string | null;
  readonly title?: string | null;
  readonly permalink?: string;
  readonly mode?: string;
}

interface RawAttachment {
  readonly pretext?: string;
  readonly title?: string;
  readonly text?: string;
  readonly fallback?: string;
}

/** Who we are: what Muster says itself is no news. */
export interface Self {
  readonly botUserId?: string | undefined;
  readonly botId?: string | undefined;
}

/** Whether Muster wrote it. */
export const isOwn = ({ user, bot_id: bot }: RawMessage, self: Self): boolean =>
  (user !== undefined && user === self.botUserId) || (bot !== undefined && bot === self.botId);

/** A message with replies leaves this behind when it is deleted. */
export const isTombstone = ({ subtype }: RawMessage): boolean => subtype === 'tombstone';

/** Slack's time of a message as an instant: exact, where a product of fractions would not be. */
export function instantOf(ts: string): Instant {
  const [seconds = '0', fraction = ''] = ts.split('.');
  return Number(seconds) * 1000 + Number(fraction.padEnd(3, '0').slice(0, 3));
}

/** What is attached to it; a file that was deleted leaves no name. */
export const filesOf = ({ files = [] }: RawMessage): AttachedFile[] =>
  files.flatMap(({ name, title, permalink, mode }) => {
    const called = name || title;
    return called && mode !== 'tombstone' ? [{ name: called, link: permalink ?? null }] : [];
  });

const isFromSystem = ({ bot_id: bot, subtype }: RawMessage): boolean =>
  bot !== undefined || subtype === 'bot_message';

const attached = ({ pretext, title, text, fallback }: RawAttachment): string => {
  const parts = [pretext, title, text].filter(Boolean);
  return parts.length > 0 ? parts.join('\n') : (fallback ?? '');
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

/** The words in blocks, for a message that has no others. */
function wordsIn(block: unknown): string[] {
  if (Array.isArray(block)) return block.flatMap(wordsIn);
  if (!isObject(block)) return [];
  if (typeof block.text === 'string') return [block.text];
  return [block.text, block.fields, block.elements].flatMap(wordsIn);
}

/** The text in Slack's own marks. What people write is all there is; systems attach what they say. */
export function textOf(message: RawMessage): string {
  const { text = '', attachments = [], blocks = [] } = message;
  const more = isFromSystem(message) || text === '' ? attachments.map(attached) : [];
  const all = [text, ...more].map((part) => part.trim()).filter(Boolean);
  return all.length > 0 ? [...new Set(all)].join('\n') : wordsIn(blocks).join('\n').trim();
}

/** What a reader sees of it; the names of its files where it has no words. */
export function readableText(message: RawMessage, called: Called): string {
  const words = plainWords(textOf(message), called);
  const name =
    message.user === undefined ? (message.username ?? message.bot_profile?.name) : undefined;
  const files = filesOf(message).map((file) => file.name);
  const said = words || files.join(', ') || 'A message without words';
  return name ? `${name}: ${said}` : said;
}
