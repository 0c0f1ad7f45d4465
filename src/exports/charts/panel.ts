import type { Ink } from '../picture/palette.ts';
import { figure, type Shape, words } from '../picture/shapes.ts';

export const WIDTH = 1200;
export const PAD = 24;
/** How large the title of a panel is. */
export const PANEL_TITLE = 26;

/** A part of the charts: what is drawn, and where it ends. */
export interface Panel {
  readonly shapes: readonly Shape[];
  readonly bottom: number;
}

/** A line across, and under it the panel's title. */
export function titled(title: string, top: number): Panel {
  return {
    shapes: [
      { type: 'path', d: `M${PAD} ${figure(top)}H${WIDTH - PAD}`, fill: null, stroke: 'line' },
      words(title, PAD, top + 36, { bold: true, size: PANEL_TITLE }),
    ],
    bottom: top + 54,
  };
}

/** What severities are drawn with, the most severe first; those beyond share the last. */
export const SERIES: readonly (readonly [fill: Ink, edge: Ink])[] = [
  ['impact', 'impact-edge'],
  ['declared', 'declared-edge'],
  ['acknowledged', 'acknowledged-edge'],
  ['mitigated', 'mitigated-edge'],
  ['severity', 'severity-edge'],
  ['detected', 'detected-edge'],
];

export const seriesOf = (place: number): readonly [fill: Ink, edge: Ink] =>
  SERIES[Math.min(place, SERIES.length - 1)] ?? ['detected', 'detected-edge'];
