import { LANES, type Mark } from '../../domain/picture/lanes.ts';
import { shortLength } from '../../domain/picture/words.ts';
import type { Axis } from './axis.ts';
import { glyph, HALF } from './glyphs.ts';
import { figure, type Shape, TEXT, touch, type Words, words } from './shapes.ts';

const ROW = 34;
const GAP = 12;
/** More rows than these for one lane, and the others are pushed off the screen of a phone. */
const MOST_ROWS = 6;
/** Marks that lie nearer to one another than this cannot be told apart. */
const BIN = 16;
const BARS = 52;

type Drawn = { readonly shapes: readonly Shape[]; readonly bottom: number };

/** A row for each sort of entries that there are: each entry by its sign and its number. */
export function drawLanes(marks: readonly Mark[], axis: Axis, top: number): Drawn {
  const shapes: Shape[] = [];
  let bottom = top;
  for (const { id, title } of LANES) {
    const own = marks.filter(({ lane }) => lane === id);
    if (own.length === 0) continue;
    const placed = rowsOf(own, axis);
    const lane = placed === null ? density(own, axis, bottom) : single(placed, bottom);
    const name = words(title, axis.left - 14, bottom + ROW / 2 + TEXT * 0.35, {
      anchor: 'end',
      bold: true,
    });
    const ground: Shape = {
      type: 'path',
      d: `M${figure(axis.left)} ${figure(bottom - GAP / 2)}H${figure(axis.right)}`,
      fill: null,
      stroke: 'line',
    };
    shapes.push(ground, name, ...lane.shapes);
    bottom = lane.bottom + GAP;
  }
  return { shapes, bottom };
}

interface PlacedMark {
  readonly mark: Mark;
  readonly x: number;
  readonly label: Words;
  readonly row: number;
  readonly left: number;
  readonly right: number;
}

/** Every mark in the first row where it touches no other; null when there are too many for that. */
function rowsOf(marks: readonly Mark[], axis: Axis): readonly PlacedMark[] | null {
  // What cannot find room need not be tried: a mark with its number is never narrower than this.
  if (marks.length > ((axis.right - axis.left) / (2 * HALF)) * MOST_ROWS) return null;
  const placed: PlacedMark[] = [];
  for (const mark of marks) {
    const x = Math.max(axis.left + HALF, Math.min(axis.x(mark.at), axis.right - HALF));
    const number = `${mark.approximate ? '~' : ''}${mark.entry}`;
    const label = words(number, x + HALF + 4, 0);
    // At the right edge the number stands before the sign.
    const before = label.x + label.width > axis.right;
    const moved = before ? { ...label, x: x - HALF - 4 - label.width } : label;
    const left = Math.min(x - HALF, moved.x);
    const right = Math.max(x + HALF, moved.x + moved.width);
    const row = firstFree(placed, left, right);
    if (row === null) return null;
    placed.push({ mark, x, label: moved, row, left, right });
  }
  return placed;
}

function firstFree(placed: readonly PlacedMark[], left: number, right: number): number | null {
  for (let row = 0; row < MOST_ROWS; row += 1) {
    const free = !placed.some((one) => one.row === row && touch(one, { left, right }, 6));
    if (free) return row;
  }
  return null;
}

function single(placed: readonly PlacedMark[], top: number): Drawn {
  const shapes = placed.flatMap(({ mark, x, label, row }): Shape[] => {
    const middle = top + row * ROW + ROW / 2;
    return [glyph(mark.sign, x, middle), { ...label, y: middle + TEXT * 0.35 }];
  });
  const rows = Math.max(...placed.map(({ row }) => row)) + 1;
  return { shapes, bottom: top + rows * ROW };
}

/** Too many to be told apart: how many there were, as bars, with the most said in figures. */
function density(marks: readonly Mark[], axis: Axis, top: number): Drawn {
  const counts = new Map<number, number>();
  for (const { at } of marks) {
    const bin = Math.min(Math.floor((axis.x(at) - axis.left) / BIN), binsOf(axis) - 1);
    counts.set(bin, (counts.get(bin) ?? 0) + 1);
  }
  const [fullest = 0, most = 1] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [];
  const ground = top + TEXT + 12 + BARS;
  const bars = [...counts].map(([bin, count]): Shape => {
    const height = Math.max(3, (count / most) * BARS);
    return {
      type: 'box',
      x: axis.left + bin * BIN + 1,
      y: ground - height,
      width: BIN - 2,
      height,
      fill: 'soft',
    };
  });
  const middle = axis.left + (fullest + 0.5) * BIN;
  const said = `${marks.length} entries; each bar is ${wideOf(axis, middle)}, the highest is ${most}`;
  const label = words(said, axis.left + 6, top + TEXT, { ink: 'soft' });
  return { shapes: [label, ...bars], bottom: ground + 4 };
}

const binsOf = ({ left, right }: Axis): number => Math.max(1, Math.floor((right - left) / BIN));

/** How much time one bar stands for, where time is to scale. */
function wideOf({ pieces }: Axis, x: number): string {
  const scaled = pieces.filter(({ short }) => !short);
  const piece = scaled.find(({ left, right }) => x >= left && x <= right) ?? scaled[0];
  if (piece === undefined || piece.right === piece.left) return 'a moment';
  return shortLength(((piece.to - piece.from) / (piece.right - piece.left)) * BIN);
}
