import { words } from './workspace/controls.ts';
import type { Message, Reply } from './workspace/index.ts';

/** Something that can change in a message: a fact with its name, or a line of its text. */
export interface Piece {
  /** Null for a line of text. */
  readonly name: string | null;
  readonly value: string;
}

type Block = Message['blocks'][number];

/** How one part of a message looks, in lines that are not broken. */
export type Draw = (part: Message | Reply) => readonly string[];

/** The time that is left changes by itself, and is no news. */
const TIME_LEFT = /[(,]? ?\bin \d[^;.,)]*\)?|\b\d+ (?:s|min|h) ago/g;

const sameAs = ({ name, value }: Piece): string => `${name ?? ''}: ${value.replace(TIME_LEFT, '')}`;

/** Its facts and its lines; what can be pressed is neither. */
export function piecesOf(message: Message | Reply, draw: Draw): readonly Piece[] {
  const drawn = (blocks: Message['blocks']): string[] =>
    draw({ ...message, blocks, text: blocks.length === 0 ? message.text : '' }).map((line) =>
      line.trim(),
    );
  if (message.blocks.length === 0) return drawn([]).map((value) => ({ name: null, value }));
  return message.blocks.flatMap((block): Piece[] => {
    if (block.type === 'actions') return [];
    const { accessory: _, fields, ...rest } = block;
    const facts = listOf(fields).map((text) => {
      const [name = '', ...value] = drawn([{ type: 'section', text } as unknown as Block]);
      return { name, value: value.join(' ') };
    });
    const hasText = block.type !== 'section' || words(block.text) !== '';
    const lines = hasText ? drawn([rest as Block]) : [];
    return [...lines.map((value) => ({ name: null, value })), ...facts];
  });
}

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** What stands there now and did not before, a line each. */
export function newsOf(before: readonly Piece[], now: readonly Piece[]): readonly string[] {
  const known = new Set(before.map(sameAs));
  return now
    .filter((piece) => piece.value !== '' && !known.has(sameAs(piece)))
    .map(({ name, value }) => (name === null ? value : `${name}: ${value}`));
}
