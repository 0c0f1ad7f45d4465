import { inZone, type Zone } from '../../domain/instant.ts';
import type { Stats } from '../../domain/stats/stats.ts';
import { figure, TEXT, words } from '../picture/shapes.ts';
import { PAD, type Panel, titled, WIDTH } from './panel.ts';

const HEIGHT = 150;
const LEFT = 70;
const RIGHT = WIDTH - PAD - 60;

/** How many action items were open, as a line of steps. */
export function drawOpenActions({ actions }: Stats, zone: Zone, top: number): Panel {
  const [first] = actions;
  const last = actions.at(-1);
  if (first === undefined || last === undefined || actions.every(({ open }) => open === 0)) {
    return { shapes: [], bottom: top };
  }
  const head = titled('Open action items', top);
  const ground = head.bottom + 12 + HEIGHT;
  const most = Math.max(...actions.map(({ open }) => open));
  const wide = (RIGHT - LEFT) / (actions.length - 1);
  const y = (open: number): number => ground - (open / most) * HEIGHT;
  const steps = actions
    .slice(1)
    .map(({ open }, place) => `H${figure(LEFT + (place + 1) * wide)}V${figure(y(open))}`)
    .join('');
  const line = `M${LEFT} ${figure(y(first.open))}${steps}`;
  const day = (at: number): string => inZone(at, zone).toFormat('d LLL yyyy');
  const under = ground + TEXT + 8;
  return {
    shapes: [
      ...head.shapes,
      { type: 'path', d: `${line}V${ground}H${LEFT}Z`, fill: 'acknowledged' },
      { type: 'path', d: line, fill: null, stroke: 'acknowledged-edge', thick: 3 },
      { type: 'path', d: `M${LEFT} ${ground}H${RIGHT}`, fill: null, stroke: 'soft' },
      words(`${most}`, LEFT - 10, ground - HEIGHT + TEXT * 0.7, { anchor: 'end' }),
      words('0', LEFT - 10, ground, { anchor: 'end' }),
      words(`${last.open}`, RIGHT + 10, y(last.open) + TEXT * 0.35, { bold: true }),
      words(day(first.at), LEFT, under),
      words(day(last.at), RIGHT, under, { anchor: 'end' }),
    ],
    bottom: under + 16,
  };
}
