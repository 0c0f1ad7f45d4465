import { DAY, HOUR, type Instant, inZone, MINUTE, type Zone } from '../../domain/instant.ts';
import type { Piece } from '../../domain/picture/time-line.ts';
import { shortLength } from '../../domain/picture/words.ts';
import { zoneAbbreviation } from '../../domain/time/zone-names.ts';
import { widthOf } from './face.ts';
import { boxOf, figure, type Shape, TEXT, touch, type Words, words } from './shapes.ts';

/** A piece of time with where it lies, in pixels. */
export interface Placed extends Piece {
  readonly left: number;
  readonly right: number;
}

/** Where every moment lies. */
export interface Axis {
  readonly left: number;
  readonly right: number;
  readonly pieces: readonly Placed[];
  /** The place of a moment; one before or after all of them lies on the edge. */
  readonly x: (at: Instant) => number;
}

/** How long a time is that was drawn short. */
const lengthOfBreak = ({ from, to }: Piece): string => shortLength(to - from);

const breakWidth = (piece: Piece): number => widthOf(lengthOfBreak(piece), TEXT) + 28;

/** Lays the pieces side by side: what is to scale shares the room, breaks take what their words need. */
export function axisOf(pieces: readonly Piece[], left: number, right: number): Axis {
  const breaks = pieces.filter(({ short }) => short);
  const room = right - left - breaks.reduce((sum, piece) => sum + breakWidth(piece), 0);
  const scaled = pieces
    .filter(({ short }) => !short)
    .reduce((sum, { from, to }) => sum + (to - from), 0);
  let x = left;
  const placed = pieces.map((piece): Placed => {
    const from = x;
    x += piece.short ? breakWidth(piece) : (room * (piece.to - piece.from)) / (scaled || 1);
    return { ...piece, left: from, right: x };
  });
  return { left, right, pieces: placed, x: (at) => placeOf(placed, at, left, right) };
}

function placeOf(pieces: readonly Placed[], at: Instant, left: number, right: number): number {
  const piece = pieces.find(({ to }) => at <= to);
  if (piece === undefined) return right;
  if (at <= piece.from || piece.to === piece.from) return at < piece.from ? left : piece.left;
  return piece.left + ((at - piece.from) / (piece.to - piece.from)) * (piece.right - piece.left);
}

const STEPS = [
  ...[1, 2, 5, 10, 15, 30].map((n) => n * 1000),
  ...[1, 2, 5, 10, 15, 30].map((n) => n * MINUTE),
  ...[1, 2, 3, 6, 12].map((n) => n * HOUR),
  ...[1, 2, 7, 14, 28, 91, 182, 364, 3640].map((n) => n * DAY),
];
/** Room that a clock with its date needs. */
const APART = 150;

interface Tick {
  readonly at: Instant;
  readonly x: number;
}

/** Even steps of the leading zone's clock, in every piece that is to scale. */
function ticksOf({ pieces }: Axis, zone: Zone): readonly Tick[] {
  const scaled = pieces.filter(({ short, left, right }) => !short && right - left > 1);
  const [widest] = scaled.toSorted((a, b) => b.right - b.left - (a.right - a.left));
  if (widest === undefined) return [];
  const perPixel = (widest.to - widest.from) / (widest.right - widest.left);
  const step = STEPS.find((one) => one / perPixel >= APART) ?? STEPS.at(-1) ?? DAY;
  return scaled.flatMap((piece) => {
    const offset = inZone(piece.from, zone).offset * MINUTE;
    const first = Math.ceil((piece.from + offset) / step) * step - offset;
    const ticks: Tick[] = [];
    for (let at = first; at <= piece.to && ticks.length < 20; at += step) {
      const share = (at - piece.from) / (piece.to - piece.from);
      ticks.push({ at, x: piece.left + share * (piece.right - piece.left) });
    }
    return ticks;
  });
}

const ROW = 32;

/**
 * The clocks of one or two zones below each other, each with its date where a new day begins, and above
 * them how much time the breaks leave out.
 */
export function drawClocks(
  axis: Axis,
  zones: readonly Zone[],
  top: number,
): { readonly shapes: readonly Shape[]; readonly bottom: number } {
  const ticks = ticksOf(axis, zones[0] ?? 'UTC');
  const marks = ticks.map(
    ({ x }): Shape => ({
      type: 'path',
      d: `M${figure(x)} ${figure(top)}v10`,
      fill: null,
      stroke: 'soft',
    }),
  );
  const breaks = axis.pieces
    .filter(({ short }) => short)
    .map((piece) =>
      words(lengthOfBreak(piece), (piece.left + piece.right) / 2, top + ROW, {
        ink: 'soft',
        anchor: 'middle',
      }),
    );
  const rows = zones.flatMap((zone, place) => clockRow(axis, zone, ticks, breaks, place, top));
  const line: Shape = {
    type: 'path',
    d: `M${figure(axis.left)} ${figure(top)}H${figure(axis.right)}`,
    fill: null,
    stroke: 'soft',
  };
  return { shapes: [line, ...marks, ...breaks, ...rows], bottom: top + ROW * zones.length + 14 };
}

function clockRow(
  { left, right }: Axis,
  zone: Zone,
  ticks: readonly Tick[],
  breaks: readonly Words[],
  place: number,
  top: number,
): readonly Words[] {
  const y = top + ROW * (place + 1);
  const name = words(zoneAbbreviation(ticks[0]?.at ?? 0, zone), left - 14, y, {
    anchor: 'end',
    bold: true,
  });
  const taken = place === 0 ? breaks.map(boxOf) : [];
  const shown: Words[] = [];
  let day = '';
  for (const { at, x } of ticks) {
    const there = inZone(at, zone);
    const today = there.toFormat('d LLL');
    const clock = there.toFormat(at % MINUTE === 0 ? 'HH:mm' : 'HH:mm:ss');
    const label = words(today === day ? clock : `${today} ${clock}`, x, y, { anchor: 'middle' });
    const moved = within(label, left, right);
    if ([...taken, ...shown.map(boxOf)].some((other) => touch(boxOf(moved), other, 12))) continue;
    shown.push(moved);
    day = today;
  }
  return [name, ...shown];
}

/** The same line, moved so that none of it is beyond the edges. */
export const within = (line: Words, left: number, right: number): Words => ({
  ...line,
  x: Math.max(left, Math.min(line.x, right - line.width)),
});

/** Two slanted strokes over everything: here time was left out. */
export function drawBreaks({ pieces }: Axis, top: number, bottom: number): readonly Shape[] {
  return pieces
    .filter(({ short }) => short)
    .flatMap(({ left, right }): Shape[] => {
      const middle = (left + right) / 2;
      const [a, b] = [figure(middle - 10), figure(middle + 10)];
      return [
        {
          type: 'path',
          d: `M${a} ${figure(top)}L${b} ${figure((top + bottom) / 2)}L${a} ${figure(bottom)}H${b}L${figure(middle + 30)} ${figure((top + bottom) / 2)}L${b} ${figure(top)}Z`,
          fill: 'page',
          stroke: 'soft',
        },
      ];
    });
}
