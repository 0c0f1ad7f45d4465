import { type Instant, inZone, type Zone } from '../../domain/instant.ts';
import { type Mark, SIGNS, type Sign } from '../../domain/picture/lanes.ts';
import type { PictureStory, ShownMilestone } from '../../domain/picture/story.ts';
import { zoneAbbreviation } from '../../domain/time/zone-names.ts';
import { drawable, fitted, widthOf } from './face.ts';
import { glyph, HALF } from './glyphs.ts';
import { type Shape, TEXT, words } from './shapes.ts';

const ROW = 36;
/** Entries told by their words; for all of them there is the timeline. */
export const MOST_TOLD = 16;

type Drawn = { readonly shapes: readonly Shape[]; readonly bottom: number };

/** What the signs mean, those that occur: in rows as long as there is room. */
export function drawSigns(marks: readonly Mark[], left: number, right: number, top: number): Drawn {
  const used = new Set(marks.map(({ sign }) => sign));
  const shapes: Shape[] = [];
  let x = left;
  let y = top + ROW / 2;
  for (const [sign, meaning] of Object.entries(SIGNS) as [Sign, string][]) {
    if (!used.has(sign)) continue;
    const wide = 2 * HALF + 8 + widthOf(meaning, TEXT) + 26;
    if (x + wide > right && x > left) {
      x = left;
      y += ROW;
    }
    const label = words(meaning, x + 2 * HALF + 8, y + TEXT * 0.35, { ink: 'soft' });
    shapes.push(glyph(sign, x + HALF, y), label);
    x += wide;
  }
  return { shapes, bottom: y + ROW / 2 };
}

/** Every milestone with its clock in all shown zones and its entry, in two columns; the unknown too. */
export function drawMilestones(
  { milestones, zones }: PictureStory,
  left: number,
  right: number,
  top: number,
): Drawn {
  const clock = clockWithDay(
    milestones.flatMap(({ at }) => at ?? []),
    zones,
  );
  const column = (right - left) / 2;
  const rows = Math.ceil(milestones.length / 2);
  const shapes = milestones.flatMap((one, place): Shape[] => {
    const x = left + Math.floor(place / rows) * column;
    const y = top + (place % rows) * ROW + ROW / 2 + TEXT * 0.35;
    const name = words(nameOf(one), x, y, { bold: true });
    const room = column - name.width - 30;
    const said = timesSaid(one, clock).find((text) => widthOf(text, TEXT) <= room) ?? '';
    return [name, words(said, x + name.width + 12, y, { ink: one.at === null ? 'soft' : 'text' })];
  });
  return { shapes, bottom: top + rows * ROW };
}

const nameOf = ({ name, round }: ShownMilestone): string =>
  round === 0 ? name : `${name} (${round + 1})`;

/** Its entry and its clocks: of all zones, else of the leading one. */
function timesSaid(one: ShownMilestone, clock: (at: Instant) => readonly string[]): string[] {
  const { at, entry, approximate } = one;
  if (entry === null) return ['not recorded'];
  if (at === null) return [`#${entry}, time not recorded`];
  const clocks = clock(at);
  const mark = approximate ? '~' : '';
  return [`#${entry}  ${mark}${clocks.join(' · ')}`, `#${entry}  ${mark}${clocks[0]}`];
}

/** Clocks of all zones; the day where not everything is of one, or where it is another day there. */
function clockWithDay(
  times: readonly Instant[],
  zones: readonly Zone[],
): (at: Instant) => readonly string[] {
  const [zone = 'UTC', ...others] = zones;
  const days = new Set(times.map((at) => inZone(at, zone).toISODate()));
  const format = days.size > 1 ? 'd LLL HH:mm' : 'HH:mm';
  return (at) => {
    const day = inZone(at, zone).toISODate();
    const first = `${inZone(at, zone).toFormat(format)} ${zoneAbbreviation(at, zone)}`;
    const beside = others.map((other) => {
      const there = inZone(at, other);
      const shown = there.toFormat(there.toISODate() === day ? 'HH:mm' : 'd LLL HH:mm');
      return `${shown} ${zoneAbbreviation(at, other)}`;
    });
    return [first, ...beside];
  };
}

/** What matters most when not everything can be told. */
const WEIGHTS: Readonly<Record<Sign, number>> = {
  cause: 5,
  failed: 4,
  action: 3,
  change: 3,
  sign: 2,
  hypothesis: 2,
  acknowledged: 1,
  comms: 1,
  note: 0,
  ping: 0,
  timer: 0,
};

/** Entries by number, clock and words: all, or those that matter most, and how many are left out. */
export function drawEntries(story: PictureStory, left: number, right: number, top: number): Drawn {
  const { marks, zones, untimed } = story;
  const told = chosen(marks);
  const [zone = 'UTC'] = zones;
  const days = new Set(told.map(({ at }) => inZone(at, zone).toISODate()));
  const format = days.size > 1 ? 'd LLL HH:mm' : 'HH:mm';
  const rows = told.map((mark) => ({
    mark,
    number: `#${mark.entry}`,
    clock: `${mark.approximate ? '~' : ''}${inZone(mark.at, zone).toFormat(format)}`,
  }));
  const numbers = Math.max(0, ...rows.map(({ number }) => widthOf(number, TEXT, true)));
  const clocks = Math.max(0, ...rows.map(({ clock }) => widthOf(clock, TEXT)));
  const shapes = rows.flatMap(({ mark, number, clock }, place): Shape[] => {
    const middle = top + place * ROW + ROW / 2;
    const y = middle + TEXT * 0.35;
    const start = left + 2 * HALF + 12;
    const text = left + 2 * HALF + 12 + numbers + 14 + clocks + 16;
    return [
      glyph(mark.sign, left + HALF, middle),
      words(number, start, y, { bold: true }),
      words(clock, start + numbers + 14, y, { ink: 'soft' }),
      words(fitted(drawable(mark.text), TEXT, right - text), text, y),
    ];
  });
  const bottom = top + rows.length * ROW;
  const left_out = leftOut(marks.length - told.length, untimed);
  if (left_out === '') return { shapes, bottom };
  const line = words(fitted(left_out, TEXT, right - left), left, bottom + ROW / 2 + TEXT * 0.35, {
    ink: 'soft',
  });
  return { shapes: [...shapes, line], bottom: bottom + ROW };
}

/** All of them, or the weightiest, told in order of time. */
function chosen(marks: readonly Mark[]): readonly Mark[] {
  if (marks.length <= MOST_TOLD) return marks;
  const weight = ({ sign, milestones }: Mark): number => WEIGHTS[sign] + 10 * milestones.length;
  const heavy = marks.toSorted((a, b) => weight(b) - weight(a) || a.at - b.at);
  return heavy.slice(0, MOST_TOLD).sort((a, b) => a.at - b.at || a.entry - b.entry);
}

function leftOut(count: number, untimed: readonly number[]): string {
  const more = count === 0 ? [] : [`${count} more in the timeline`];
  const listed = untimed.slice(0, 8).map((no) => `#${no}`);
  const rest = untimed.length > listed.length ? ' …' : '';
  const without = untimed.length === 0 ? [] : [`without a time: ${listed.join(', ')}${rest}`];
  const [first = '', ...others] = [...more, ...without];
  return first === ''
    ? ''
    : `${[first.charAt(0).toUpperCase() + first.slice(1), ...others].join('; ')}.`;
}
