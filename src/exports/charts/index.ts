import type { Instant, Zone } from '../../domain/instant.ts';
import { dated } from '../../domain/postmortem/phrases.ts';
import type { Stats } from '../../domain/stats/stats.ts';
import {
  countWords,
  lengthWords,
  periodWords,
  rulesThatRan,
  ruleWords,
  severityWords,
} from '../../domain/views/stats.ts';
import { scenePng } from '../picture/png.ts';
import { type Scene, type Shape, words } from '../picture/shapes.ts';
import { drawBegan } from './began.ts';
import { drawKept } from './kept.ts';
import { drawLengths } from './lengths.ts';
import { drawOpenActions } from './open-actions.ts';
import { PAD, type Panel, WIDTH } from './panel.ts';

/** The figures of a period, drawn. Days are those of the zone. */
export function statsScene(stats: Stats, zone: Zone, asOf: Instant): Scene {
  const title = `${countWords(stats.count)}, ${periodWords(stats.period, zone)}`;
  const shapes: Shape[] = [
    words(title, PAD, 46, { size: 32, bold: true }),
    words(`As of ${dated(asOf, zone)}`, PAD, 84, { ink: 'soft' }),
  ];
  let y = 104;
  const put = ({ shapes: more, bottom }: Panel): void => {
    shapes.push(...more);
    y = bottom;
  };
  put(drawBegan(stats, zone, y));
  put(drawLengths(stats, y));
  put(drawKept(stats, y));
  put(drawOpenActions(stats, zone, y));
  return {
    width: WIDTH,
    height: Math.ceil(y + 12),
    title,
    words: statsWords(stats, title),
    shapes,
  };
}

/** What the charts show, in words. */
function statsWords(stats: Stats, title: string): string {
  const metrics = stats.metrics.map(({ metric, all }) =>
    all.n === 0
      ? `${metric.name} not known of any`
      : `${metric.name} median ${lengthWords(all.median)}, p90 ${lengthWords(all.p90)} of ${all.n}`,
  );
  const rules = rulesThatRan(stats).map((rule) => `${rule.rule} ${ruleWords(rule)}`);
  const last = stats.actions.at(-1)?.open ?? 0;
  const sla = rules.length === 0 ? '' : ` SLA: ${rules.join('; ')}.`;
  return `${title}: ${severityWords(stats)}. ${metrics.join('; ')}.${sla} Open action items: ${last}.`;
}

/** The charts as a PNG, with what they show in words. Throws where they cannot be drawn. */
export async function charts(
  stats: Stats,
  zone: Zone,
  asOf: Instant,
): Promise<{ readonly content: Uint8Array; readonly words: string }> {
  const scene = statsScene(stats, zone, asOf);
  return { content: await scenePng(scene), words: scene.words };
}
