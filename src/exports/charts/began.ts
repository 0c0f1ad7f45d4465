import { inZone, type Zone } from '../../domain/instant.ts';
import type { Bucket, Stats } from '../../domain/stats/stats.ts';
import { fitted } from '../picture/face.ts';
import { boxOf, type Shape, TEXT, touch, type Words, words } from '../picture/shapes.ts';
import { PAD, type Panel, seriesOf, titled, WIDTH } from './panel.ts';

const HEIGHT = 230;
const LEFT = 70;

/** How many incidents began when, by severity: bars on one another, with their figures in them. */
export function drawBegan(stats: Stats, zone: Zone, top: number): Panel {
  const { buckets } = stats;
  const head = titled('Incidents that began', top);
  const severities = stats.severities.filter(({ count }) => count > 0).map(({ name }) => name);
  const legend = drawLegend(severities, head.bottom);
  const ground = legend.bottom + TEXT + 10 + HEIGHT;
  const most = Math.max(1, ...buckets.map(totalOf));
  const wide = (WIDTH - PAD - LEFT) / Math.max(1, buckets.length);
  const bars = buckets.flatMap((bucket, place) =>
    barOf(bucket, severities, {
      left: LEFT + place * wide,
      wide,
      ground,
      unit: HEIGHT / most,
    }),
  );
  const labels = labelsOf(buckets, wide, ground, zone);
  const base: Shape = {
    type: 'path',
    d: `M${LEFT} ${ground}H${WIDTH - PAD}`,
    fill: null,
    stroke: 'soft',
  };
  return {
    shapes: [...head.shapes, ...legend.shapes, ...bars, base, ...labels],
    bottom: ground + TEXT + 24,
  };
}

const totalOf = ({ counts }: Bucket): number =>
  Object.values(counts).reduce((sum, count) => sum + count, 0);

interface Place {
  readonly left: number;
  readonly wide: number;
  readonly ground: number;
  /** How high one incident is. */
  readonly unit: number;
}

function barOf(bucket: Bucket, severities: readonly string[], at: Place): Shape[] {
  const { left, wide, ground, unit } = at;
  const gap = Math.min(8, wide * 0.15);
  const middle = left + wide / 2;
  const shapes: Shape[] = [];
  let y = ground;
  for (const [place, name] of severities.entries()) {
    const count = bucket.counts[name] ?? 0;
    if (count === 0) continue;
    const height = count * unit;
    y -= height;
    const [fill, stroke] = seriesOf(place);
    shapes.push({ type: 'box', x: left + gap / 2, y, width: wide - gap, height, fill, stroke });
    const said = words(`${count}`, middle, y + height / 2 + TEXT * 0.35, { anchor: 'middle' });
    if (height >= TEXT + 6 && said.width <= wide - gap - 4) shapes.push(said);
  }
  const total = totalOf(bucket);
  const sum = words(`${total}`, middle, y - 8, { anchor: 'middle', bold: true });
  if (total > 0 && sum.width <= wide - 2) shapes.push(sum);
  return shapes;
}

/** From when each bar is; where there is no room, every second or third. */
function labelsOf(buckets: readonly Bucket[], wide: number, ground: number, zone: Zone): Words[] {
  const shown: Words[] = [];
  for (const [place, { from, to }] of buckets.entries()) {
    const there = inZone(from, zone);
    const days = (to - from) / 86_400_000;
    const text = there.toFormat(days > 300 ? 'yyyy' : days > 26 ? 'LLL yy' : 'd LLL');
    const label = words(text, LEFT + (place + 0.5) * wide, ground + TEXT + 8, { anchor: 'middle' });
    const fits = label.x + label.width <= WIDTH - 4;
    if (fits && !shown.some((other) => touch(boxOf(other), boxOf(label), 14))) shown.push(label);
  }
  return shown;
}

function drawLegend(severities: readonly string[], top: number): Panel {
  const shapes: Shape[] = [];
  let x = PAD;
  for (const [place, name] of severities.entries()) {
    const label = words(fitted(name, TEXT, 200), x + 30, top + 18);
    if (label.x + label.width > WIDTH - PAD) break;
    const [fill, stroke] = seriesOf(place);
    shapes.push({ type: 'box', x, y: top, width: 20, height: 20, fill, stroke }, label);
    x = label.x + label.width + 30;
  }
  return { shapes, bottom: top + 30 };
}
