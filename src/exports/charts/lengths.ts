import type { Distribution } from '../../domain/stats/figures.ts';
import type { MetricStats, Stats } from '../../domain/stats/stats.ts';
import { lengthWords } from '../../domain/views/stats.ts';
import { fitted, widthOf } from '../picture/face.ts';
import { figure, type Shape, TEXT, words } from '../picture/shapes.ts';
import { PAD, PANEL_TITLE, type Panel, seriesOf, titled, WIDTH } from './panel.ts';

const ROW = 44;
const LEFT = 150;
const BARS = 340;

/** Each length of time by severity: a bar to the median, a line to the p90, and both in figures. */
export function drawLengths(stats: Stats, top: number): Panel {
  const shapes: Shape[] = [];
  let bottom = top;
  for (const metric of stats.metrics) {
    const panel = drawMetric(metric, stats, bottom);
    shapes.push(...panel.shapes);
    bottom = panel.bottom;
  }
  return { shapes, bottom };
}

function drawMetric({ metric, bySeverity }: MetricStats, stats: Stats, top: number): Panel {
  const title = `${metric.name.charAt(0).toUpperCase()}${metric.name.slice(1)}`;
  const head = titled(title, top);
  const beside = PAD + widthOf(title, PANEL_TITLE, true) + 24;
  const definition = words(
    fitted(metric.definition, TEXT, WIDTH - PAD - beside),
    beside,
    top + 36,
    { ink: 'soft' },
  );
  const most = Math.max(1, ...bySeverity.map(({ lengths }) => lengths.p90 ?? 0));
  const names = stats.severities.filter(({ count }) => count > 0).map(({ name }) => name);
  const rows = bySeverity.flatMap(({ severity, lengths }, place) =>
    rowOf(severity, lengths, BARS / most, names.indexOf(severity), head.bottom + place * ROW),
  );
  return {
    shapes: [...head.shapes, definition, ...rows],
    bottom: head.bottom + bySeverity.length * ROW + 12,
  };
}

function rowOf(
  severity: string,
  lengths: Distribution,
  unit: number,
  place: number,
  top: number,
): Shape[] {
  const y = top + ROW / 2;
  const name = words(fitted(severity, TEXT, LEFT - PAD - 14), LEFT - 14, y + TEXT * 0.35, {
    anchor: 'end',
  });
  const beside = LEFT + BARS + 30;
  const said = words(fitted(saidOf(lengths), TEXT, WIDTH - PAD - beside), beside, y + TEXT * 0.35);
  const { median, p90 } = lengths;
  if (median === null || p90 === null) return [name, said];
  const [fill, stroke] = seriesOf(place);
  const end = LEFT + p90 * unit;
  return [
    name,
    {
      type: 'box',
      x: LEFT,
      y: top + 8,
      width: Math.max(2, median * unit),
      height: 28,
      fill,
      stroke,
    },
    {
      type: 'path',
      d: `M${figure(LEFT + median * unit)} ${figure(y)}H${figure(end)}m0 -10v20`,
      fill: null,
      stroke,
      thick: 3,
    },
    said,
  ];
}

function saidOf({ median, p90, n, unknown }: Distribution): string {
  const without = unknown === 0 ? '' : `, ${unknown} not known`;
  if (n === 0) return `not known of any (${unknown})`;
  return `median ${lengthWords(median)}, p90 ${lengthWords(p90)}; of ${n}${without}`;
}
