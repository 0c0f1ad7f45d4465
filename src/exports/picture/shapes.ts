import { widthOf } from './face.ts';
import type { Ink } from './palette.ts';

/** Something that is drawn. Lengths are pixels of the finished picture, `y` grows downwards. */
export type Shape = Box | Path | Words;

export interface Box {
  readonly type: 'box';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly fill: Ink | null;
  readonly stroke?: Ink;
  readonly dashed?: boolean;
}

export interface Path {
  readonly type: 'path';
  /** As SVG writes it; made of our own figures only. */
  readonly d: string;
  readonly fill: Ink | null;
  readonly stroke?: Ink;
  readonly thick?: number;
  readonly dashed?: boolean;
}

/** A line of text; `x` is where it begins, `y` its baseline. */
export interface Words {
  readonly type: 'words';
  readonly x: number;
  readonly y: number;
  readonly text: string;
  readonly size: number;
  readonly bold: boolean;
  readonly ink: Ink;
  /** As measured: nothing else may stand there. */
  readonly width: number;
}

/** A finished drawing. */
export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  /** What it shows, in words. */
  readonly words: string;
  readonly shapes: readonly Shape[];
}

/** Smaller text cannot be read on a phone. */
export const TEXT = 23;

/** A line of text by its beginning, its middle or its end. */
export function words(
  text: string,
  x: number,
  y: number,
  options: {
    readonly size?: number;
    readonly bold?: boolean;
    readonly ink?: Ink;
    readonly anchor?: 'start' | 'middle' | 'end';
  } = {},
): Words {
  const { size = TEXT, bold = false, ink = 'text', anchor = 'start' } = options;
  const width = widthOf(text, size, bold);
  const share = { start: 0, middle: 0.5, end: 1 }[anchor];
  return { type: 'words', x: x - width * share, y, text, size, bold, ink, width };
}

/** Where a line of text is, with what hangs below its baseline. */
export const boxOf = ({ x, y, width, size }: Words) => ({
  left: x,
  right: x + width,
  top: y - size * 0.8,
  bottom: y + size * 0.22,
});

/** Whether two stretches of a row touch, with some room between them. */
export const touch = (
  one: { readonly left: number; readonly right: number },
  other: { readonly left: number; readonly right: number },
  room = 8,
): boolean => one.left < other.right + room && other.left < one.right + room;

/** A figure as it is written into a drawing: a hundredth of a pixel is enough. */
export const figure = (value: number): string => String(Math.round(value * 100) / 100);
