import type { Sign } from '../../domain/picture/lanes.ts';
import type { Ink } from './palette.ts';
import { figure, type Path } from './shapes.ts';

/** Half of how wide and high a sign is. */
export const HALF = 10;

interface Glyph {
  readonly d: string;
  readonly ink: Ink;
  readonly hollow?: true;
}

const DIAMOND = 'm0 -10l10 10l-10 10l-10 -10Z';
const SQUARE = 'm-8 -8h16v16h-16Z';
const CIRCLE = 'm-9 0a9 9 0 1 0 18 0a9 9 0 1 0 -18 0Z';

/** Every sign has a shape of its own, so that nobody needs to see its colour. */
const GLYPHS: Readonly<Record<Sign, Glyph>> = {
  sign: { d: 'm0 -10l10 18h-20Z', ink: 'impact-edge' },
  change: { d: DIAMOND, ink: 'severity-edge' },
  hypothesis: { d: DIAMOND, ink: 'severity-edge', hollow: true },
  cause: { d: 'm0 -10l3 7l7 0l-5 5l2 8l-7 -4l-7 4l2 -8l-5 -5l7 0Z', ink: 'severity-edge' },
  action: { d: CIRCLE, ink: 'acknowledged-edge' },
  failed: { d: 'm-8 -8l16 16m0 -16l-16 16', ink: 'impact-edge', hollow: true },
  comms: { d: SQUARE, ink: 'mitigated-edge' },
  note: { d: SQUARE, ink: 'soft', hollow: true },
  ping: { d: 'm0 10l10 -18h-20Z', ink: 'reopened-edge' },
  timer: { d: `${CIRCLE}m9 -5v5h5`, ink: 'reopened-edge', hollow: true },
  acknowledged: { d: 'm-9 0l6 8l12 -15', ink: 'mitigated-edge', hollow: true },
};

/** A sign around a point. */
export function glyph(sign: Sign, x: number, y: number): Path {
  const { d, ink, hollow } = GLYPHS[sign];
  const path = { type: 'path', d: `M${figure(x)} ${figure(y)}${d}` } as const;
  return hollow === true ? { ...path, fill: null, stroke: ink, thick: 3 } : { ...path, fill: ink };
}
