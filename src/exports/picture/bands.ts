import type { Band, Look, Stretch } from '../../domain/picture/bands.ts';
import { shortLength } from '../../domain/picture/words.ts';
import { type Axis, within } from './axis.ts';
import { fitted, widthOf } from './face.ts';
import type { Ink } from './palette.ts';
import { boxOf, figure, type Shape, TEXT, touch, type Words, words } from './shapes.ts';

const HEIGHT = 44;
const GAP = 12;
/** A row for the names of stretches that are too narrow for them. */
const BELOW = 30;
/** How far a stretch is drawn whose other end nobody knows. */
const STUB = 64;
const PADDING = 10;

const EDGES: Readonly<Record<Look, Ink>> = {
  impact: 'impact-edge',
  detected: 'detected-edge',
  declared: 'declared-edge',
  acknowledged: 'acknowledged-edge',
  mitigated: 'mitigated-edge',
  reopened: 'reopened-edge',
  severity: 'severity-edge',
};

/** A row: its title on the left, its stretches, and below them the names that found no room inside. */
export function drawBand(
  { title, stretches, missing }: Band,
  axis: Axis,
  top: number,
): { readonly shapes: readonly Shape[]; readonly bottom: number } {
  const baseline = top + HEIGHT / 2 + TEXT * 0.35;
  const name = words(title, axis.left - 14, baseline, { anchor: 'end', bold: true });
  if (stretches.length === 0) {
    const none = words(missing, axis.left + PADDING, baseline, { ink: 'soft' });
    return { shapes: [name, none], bottom: top + HEIGHT + GAP };
  }
  const shapes: Shape[] = [name];
  const outside: Words[] = [];
  for (const stretch of stretches) {
    const { left, right } = edgesOf(stretch, axis);
    shapes.push(...barOf(stretch, left, right, top).filter((one) => !isCovered(one, shapes)));
    const inside = labelWithin(stretch, right - left - 2 * PADDING);
    if (inside !== null) shapes.push(words(inside, left + PADDING, baseline));
    else outside.push(...labelBelow(stretch, left, top, axis, outside));
  }
  const bottom = top + HEIGHT + (outside.length > 0 ? BELOW : 0) + GAP;
  return { shapes: [...shapes, ...outside], bottom };
}

/** Two stretches of which little is known lie in one place: one question mark is enough. */
const isCovered = (one: Shape, others: readonly Shape[]): boolean =>
  one.type === 'words' &&
  others.some((other) => other.type === 'words' && touch(boxOf(other), boxOf(one), 0));

/** Where it begins and ends; one end that nobody knows is near the other, and dashed. */
function edgesOf({ from, to }: Stretch, { x, left, right }: Axis): { left: number; right: number } {
  if (from !== null && to !== null) return { left: x(from), right: Math.max(x(to), x(from) + 3) };
  if (from !== null) return { left: x(from), right: Math.min(right, x(from) + STUB) };
  const end = to === null ? right : x(to);
  return { left: Math.max(left, end - STUB), right: end };
}

function barOf(stretch: Stretch, left: number, right: number, top: number): Shape[] {
  const known = stretch.from !== null && stretch.to !== null;
  const edge = EDGES[stretch.look];
  const bar = { type: 'box', x: left, y: top, width: right - left, height: HEIGHT } as const;
  if (!known) {
    const mark = words('?', (left + right) / 2, top + HEIGHT / 2 + TEXT * 0.35, {
      anchor: 'middle',
      bold: true,
    });
    return [{ ...bar, fill: null, stroke: edge, dashed: true }, mark];
  }
  const shapes: Shape[] = [{ ...bar, fill: stretch.look, stroke: edge }];
  if (stretch.open) shapes.push(arrow(right, top, edge));
  return shapes;
}

/** It goes on: the end is where the picture was drawn. */
const arrow = (right: number, top: number, edge: Ink): Shape => ({
  type: 'path',
  d: `M${figure(right)} ${figure(top)}l14 ${HEIGHT / 2}l-14 ${HEIGHT / 2}Z`,
  fill: edge,
});

function saidBelow({ label, from, to, open }: Stretch): string {
  const name = fitted(label, TEXT, 260);
  if (from === null) return `${name}: start not recorded`;
  if (to === null) return `${name}: end not recorded`;
  return `${name} · ${shortLength(to - from)}${open ? ' so far' : ''}`;
}

/** The most that finds room inside: with how long it was, without, or nothing. */
function labelWithin(stretch: Stretch, room: number): string | null {
  const { label, from, to, open } = stretch;
  if (from === null || to === null) return null;
  const length = `${shortLength(to - from)}${open ? ' so far' : ''}`;
  const name = fitted(label, TEXT, 260);
  // How long it hurt is what most people look for: below, where there is no room for it inside.
  const all = stretch.look === 'impact' ? [`${name} · ${length}`] : [`${name} · ${length}`, name];
  return all.find((text) => widthOf(text, TEXT) <= room) ?? null;
}

function labelBelow(
  stretch: Stretch,
  left: number,
  top: number,
  axis: Axis,
  others: readonly Words[],
): Words[] {
  const line = words(saidBelow(stretch), left, top + HEIGHT + TEXT, { ink: 'soft' });
  const moved = within(line, axis.left, axis.right);
  return others.some((other) => touch(boxOf(moved), boxOf(other), 14)) ? [] : [moved];
}
