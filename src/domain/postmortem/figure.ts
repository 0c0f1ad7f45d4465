import type { MilestoneName } from '../words.ts';
import type { Figure, Moment, Span } from './draft.ts';
import { lengthOf } from './phrases.ts';
import { mark, markEntry, type Telling } from './telling.ts';

/** A figure from its spans. A span that runs backwards is no length of time. */
export function figureOf(spans: readonly Span[], names: string): Figure {
  const backwards = spans.find(({ from, to }) => to.at < from.at);
  if (backwards !== undefined) {
    return unknown(`${names}: #${backwards.to.entry} is earlier than #${backwards.from.entry}`);
  }
  return {
    known: true,
    ms: spans.reduce((sum, { from, to }) => sum + (to.at - from.at), 0),
    spans,
    approximate: spans.some(({ from, to }) => from.approximate || to.approximate),
  };
}

/** A figure that cannot be computed, and why. */
export const unknown = (reason: string): Figure => ({ known: false, reason });

/** How a figure is printed wherever it stands: `~31 min`, `unknown: …`, `N/A: …`. */
export function figureText(figure: Figure): string {
  if (!figure.known) return `${figure.none === true ? 'N/A' : 'unknown'}: ${figure.reason}`;
  return `${figure.approximate ? '~' : ''}${lengthOf(figure.ms)}`;
}

/** From one moment to another, or which of the two is missing. */
export function between(
  from: Moment | null,
  to: Moment | null,
  names: readonly [string, string],
): Figure {
  if (from === null) return unknown(`${names[0]} is not recorded`);
  if (to === null) return unknown(`${names[1]} is not recorded`);
  return figureOf([{ from, to }], `${names[0]} → ${names[1]}`);
}

/** Why a milestone cannot be computed with. */
export function missing(telling: Telling, name: MilestoneName, round = 0): string {
  const again = round === 0 ? '' : ` after reopening ${round}`;
  const entry = markEntry(telling, name, round);
  return entry === null
    ? `“${name}” is not recorded${again}`
    : `“${name}” is #${entry.no}, whose time is not recorded`;
}

/** From one milestone of the first round to another. */
export function betweenMarks(telling: Telling, from: MilestoneName, to: MilestoneName): Figure {
  const [first, last] = [mark(telling, from), mark(telling, to)];
  if (first === null) return unknown(missing(telling, from));
  if (last === null) return unknown(missing(telling, to));
  return figureOf([{ from: first, to: last }], `${from} → ${to}`);
}
