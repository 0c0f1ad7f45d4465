import { type Instant, MINUTE } from '../instant.ts';

/** A part of the time that is shown: to scale, or a time without entries that is drawn short. */
export interface Piece {
  readonly from: Instant;
  readonly to: Instant;
  readonly short: boolean;
}

/** A picture with more breaks than this would tell nothing of how long things took. */
const MOST_BREAKS = 6;
/** A gap is drawn short when it is this many times as long as all that is left to scale. */
const OUT_OF_SCALE = 2;
/** For each break so many gaps stay to scale: else nothing would be left to compare. */
const LEFT_PER_BREAK = 2;
/** Room before the first and after the last moment, as a share of what is to scale. */
const MARGIN = 0.03;

/**
 * The time from the first to the last instant in pieces, one after the other without a hole. Long gaps
 * in which nothing was recorded are drawn short, and say so; between entries nothing is left out.
 */
export function piecesOf(
  instants: readonly Instant[],
  core: Core = { from: null, to: null },
): readonly Piece[] {
  const times = [...new Set(instants)].sort((a, b) => a - b);
  const [first = 0] = times;
  const last = times.at(-1) ?? first;
  const gaps = times.slice(1).map((to, place) => ({ from: times[place] ?? to, to }));
  const short = gapsToShorten(gaps, core);
  const pieces: Piece[] = [];
  let from = first;
  for (const gap of short) {
    if (gap.from > from) pieces.push({ from, to: gap.from, short: false });
    pieces.push({ ...gap, short: true });
    from = gap.to;
  }
  if (last > from || pieces.length === 0) pieces.push({ from, to: last, short: false });
  return withMargins(pieces);
}

interface Gap {
  readonly from: Instant;
  readonly to: Instant;
}

/** The incident proper; null for an end that nobody knows. */
interface Core {
  readonly from: Instant | null;
  readonly to: Instant | null;
}

/** Gaps before and after the incident proper that are longer than itself. */
function asides(gaps: readonly Gap[], { from, to }: Core): readonly Gap[] {
  if (from === null || to === null || to <= from) return [];
  return gaps.filter((gap) => (gap.to <= from || gap.from >= to) && length(gap) > to - from);
}

const length = ({ from, to }: Gap): number => to - from;

/** Gaps aside, and the longest of the others: as many as are out of all proportion to the rest. */
function gapsToShorten(gaps: readonly Gap[], core: Core): readonly Gap[] {
  const aside = asides(gaps, core);
  const others = outOfScale(gaps.filter((gap) => !aside.includes(gap)));
  return [...aside, ...others]
    .sort((a, b) => length(b) - length(a))
    .slice(0, MOST_BREAKS)
    .sort((a, b) => a.from - b.from);
}

function outOfScale(gaps: readonly Gap[]): readonly Gap[] {
  const longest = gaps.toSorted((a, b) => length(b) - length(a));
  let left = gaps.reduce((sum, gap) => sum + length(gap), 0);
  let count = 0;
  for (const [place, gap] of longest.slice(0, MOST_BREAKS).entries()) {
    left -= length(gap);
    const enough = gaps.length - place - 1 >= LEFT_PER_BREAK * (place + 1);
    if (enough && left > 0 && length(gap) >= OUT_OF_SCALE * left) count = place + 1;
  }
  return longest.slice(0, count);
}

/** Nothing stands on the very edge, and one single moment has some time around it. */
function withMargins(pieces: readonly Piece[]): readonly Piece[] {
  const scaled = pieces
    .filter(({ short }) => !short)
    .reduce((sum, piece) => sum + length(piece), 0);
  const margin = Math.max(scaled * MARGIN, scaled === 0 ? 5 * MINUTE : 1000);
  const first = pieces[0];
  const last = pieces.at(-1);
  if (first === undefined || last === undefined) return pieces;
  const before = first.short ? [{ from: first.from - margin, to: first.from, short: false }] : [];
  const after = last.short ? [{ from: last.to, to: last.to + margin, short: false }] : [];
  const inside = pieces.map((piece, place) => ({
    from: place === 0 && !piece.short ? piece.from - margin : piece.from,
    to: place === pieces.length - 1 && !piece.short ? piece.to + margin : piece.to,
    short: piece.short,
  }));
  return [...before, ...inside, ...after];
}
