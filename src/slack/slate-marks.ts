import type { types } from '@slack/bolt';
import type { Source } from '../domain/words.ts';
import type { Found, Kept } from '../slate.ts';

/** Marks what was kept here while the database was away. */
export const METADATA = 'muster_journal';
/** The block that says what became of it. */
export const SMALL_PRINT = 'kept';
/** What stands before a line in its quote, so that it can be copied. */
const COMMAND = '/incident ';

/** A message of Slack's, as far as it is read here. */
export interface RawMessage {
  readonly ts?: string;
  readonly text?: string;
  readonly bot_id?: string;
  readonly blocks?: types.KnownBlock[];
  readonly metadata?: { readonly event_type?: string; readonly event_payload?: object };
}

/** One message of something kept: all of it, or a part of a very long line. */
export interface Piece {
  readonly kept: Kept;
  readonly ts: string;
  readonly part: number;
  readonly parts: number;
  readonly done: boolean;
  /** What stands in its quotes. */
  readonly quoted: string;
}

const SOURCES: readonly Source[] = ['command', 'form', 'button'];

/** The metadata of one message. Opaque but for who and when: the words stand in the message alone. */
export function markOf(kept: Kept, part: number, parts: number, done = false) {
  const { type, key, at } = kept;
  const k = part === 0 ? key : `${key}#${part + 1}`;
  const about =
    kept.type === 'line'
      ? { actor: kept.actor, source: kept.source, place: kept.place, opens: kept.opens }
      : { incident: kept.incident, by: kept.by };
  return { event_type: METADATA, event_payload: { k, type, at, ...about, part, parts, done } };
}

const textOf = (payload: Record<string, unknown>, name: string): string | null =>
  typeof payload[name] === 'string' ? payload[name] : null;

const countOf = (payload: Record<string, unknown>, name: string): number | null =>
  typeof payload[name] === 'number' && Number.isFinite(payload[name]) ? payload[name] : null;

/** What a message keeps, or null: it is none of these, or its metadata makes no sense. */
export function readMark(message: RawMessage): Piece | null {
  const { metadata, ts } = message;
  if (metadata?.event_type !== METADATA || ts === undefined) return null;
  const payload = { ...metadata.event_payload } as Record<string, unknown>;
  const part = countOf(payload, 'part');
  const parts = countOf(payload, 'parts');
  if (part === null || parts === null) return null;
  const kept = readKept(payload, part);
  if (kept === null) return null;
  return { kept, ts, part, parts, done: payload.done === true, quoted: quotedIn(message) };
}

function readKept(payload: Record<string, unknown>, part: number): Kept | null {
  const [k, at] = [textOf(payload, 'k'), countOf(payload, 'at')];
  if (k === null || at === null) return null;
  const key = part === 0 ? k : k.replace(/#\d+$/, '');
  if (payload.type === 'escalation') {
    const [incident, by] = [textOf(payload, 'incident'), textOf(payload, 'by')];
    if (incident === null || by === null) return null;
    return { type: 'escalation', key, at, incident, by };
  }
  const source = SOURCES.find((known) => known === payload.source);
  const [actor, place] = [textOf(payload, 'actor'), textOf(payload, 'place')];
  if (payload.type !== 'line' || source === undefined || actor === null || place === null)
    return null;
  return { type: 'line', key, at, actor, source, place, text: '', opens: payload.opens === true };
}

type Element = Readonly<Record<string, unknown>>;

const elementsOf = (value: unknown): readonly Element[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'object' && one !== null) : [];

const character = (code: string): string => String.fromCodePoint(Number.parseInt(code, 16));

/** Slack gives back what it was given, but for what it takes for emoji and addresses on its own. */
function plain({ type, text, url, unicode, name }: Element): string {
  if (type === 'emoji')
    return typeof unicode === 'string' ? unicode.split('-').map(character).join('') : `:${name}:`;
  if (type === 'link') return String(text ?? url ?? '');
  return typeof text === 'string' ? text : '';
}

const quotedIn = ({ blocks }: RawMessage): string =>
  elementsOf(blocks)
    .flatMap((block) => elementsOf(block.elements))
    .filter(({ type }) => type === 'rich_text_preformatted')
    .flatMap((quote) => elementsOf(quote.elements))
    .map(plain)
    .join('');

const byKey = (pieces: readonly Piece[]): Piece[][] => {
  const groups = new Map<string, Piece[]>();
  for (const piece of pieces) {
    const { key } = piece.kept;
    groups.set(key, [...(groups.get(key) ?? []), piece]);
  }
  return [...groups.values()];
};

/** What was kept, each once and whole. Of a line that is not whole nothing can be done. */
export function joined(channel: string, pieces: readonly Piece[]): Found[] {
  return byKey(pieces).flatMap((group): Found[] => {
    const [first] = group;
    if (first === undefined) return [];
    // Written twice where an answer was lost: any whole set of its parts will do.
    const whole = Array.from({ length: first.parts }, (_, n) =>
      group.find(({ part }) => part === n),
    ).filter((piece) => piece !== undefined);
    if (whole.length < first.parts) return [];
    const text = whole.map(({ quoted }) => quoted).join('');
    const kept: Kept =
      first.kept.type === 'line'
        ? { ...first.kept, text: text.startsWith(COMMAND) ? text.slice(COMMAND.length) : text }
        : first.kept;
    const posts = whole.map(({ ts }) => ts);
    return [{ kept, channel, posts, done: group.some(({ done }) => done) }];
  });
}
