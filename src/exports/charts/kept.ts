import type { Stats } from '../../domain/stats/stats.ts';
import { rulesThatRan, ruleWords } from '../../domain/views/stats.ts';
import { type Shape, TEXT, words } from '../picture/shapes.ts';
import { type Panel, titled } from './panel.ts';

const ROW = 44;
const LEFT = 190;
const BAR = 400;

/** Of each rule of the ladder how often it was kept: filled what was, empty and crossed what was not. */
export function drawKept(stats: Stats, top: number): Panel {
  const ran = rulesThatRan(stats);
  if (ran.length === 0) return { shapes: [], bottom: top };
  const head = titled('SLA', top);
  const rows = ran.flatMap((rule, place): Shape[] => {
    const y = head.bottom + place * ROW;
    const ended = rule.kept + rule.breached;
    const kept = ended === 0 ? 0 : (rule.kept / ended) * BAR;
    const baseline = y + ROW / 2 + TEXT * 0.35;
    const bar = { type: 'box', y: y + 8, height: 28 } as const;
    return [
      words(rule.rule, LEFT - 14, baseline, { anchor: 'end' }),
      ...(rule.breached > 0
        ? [
            {
              ...bar,
              x: LEFT,
              width: BAR,
              fill: null,
              stroke: 'impact-edge',
              dashed: true,
            } as const,
          ]
        : []),
      ...(kept > 0
        ? [{ ...bar, x: LEFT, width: kept, fill: 'mitigated', stroke: 'mitigated-edge' } as const]
        : []),
      words(ruleWords(rule), LEFT + BAR + 30, baseline),
    ];
  });
  return { shapes: [...head.shapes, ...rows], bottom: head.bottom + ran.length * ROW + 12 };
}
