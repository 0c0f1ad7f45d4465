import { type PictureStory, storyOf } from '../../domain/picture/story.ts';
import { piecesOf } from '../../domain/picture/time-line.ts';
import { pictureWords } from '../../domain/picture/words.ts';
import { dated } from '../../domain/postmortem/phrases.ts';
import type { IncidentRecord } from '../../domain/record.ts';
import type { Settings } from '../../domain/settings.ts';
import { type Axis, axisOf, drawBreaks, drawClocks } from './axis.ts';
import { drawBand } from './bands.ts';
import { drawable, fitted, wrapped } from './face.ts';
import { drawEntries, drawMilestones, drawSigns } from './key.ts';
import { drawLanes } from './lanes.ts';
import { figure, type Scene, type Shape, TEXT, words } from './shapes.ts';

const WIDTH = 1200;
const PAD = 24;
/** Where the time begins: before it stand the titles of the rows. */
const LEFT = 158;
const TITLE = 32;

/**
 * The picture of an incident: what there was when, and under it what the numbers stand for.
 *
 * `within`: it stands in a page that has the title, the milestones and the timeline.
 */
export function incidentScene(
  record: IncidentRecord,
  settings: Settings,
  { within = false }: { readonly within?: boolean } = {},
): Scene {
  const story = storyOf(record, settings);
  const axis = axisOf(piecesOf(story.instants, story.core), LEFT, WIDTH - PAD);
  const head = within ? { shapes: [], bottom: PAD } : heading(story);
  const shapes: Shape[] = [...head.shapes];
  const start = head.bottom;
  let y = start;
  const below: Shape[] = [];
  const put = (drawn: { readonly shapes: readonly Shape[]; readonly bottom: number }): void => {
    below.push(...drawn.shapes);
    y = drawn.bottom;
  };
  for (const band of story.bands) put(drawBand(band, axis, y));
  put(drawLanes(story.marks, axis, y + 6));
  const end = y;
  // Words and signs stand before a break, so that it hides none.
  const [ground, front] = [below.filter(isGround), below.filter((shape) => !isGround(shape))];
  shapes.push(...moments(story, axis, start, end), ...ground);
  shapes.push(...drawBreaks(axis, start, end), ...front);
  below.length = 0;
  put(drawClocks(axis, story.zones, y));
  put(drawSigns(story.marks, PAD, WIDTH - PAD, y + 10));
  if (!within) {
    put(ruled(drawMilestones(story, PAD, WIDTH - PAD, y + 24), y + 12));
    put(ruled(drawEntries(story, PAD, WIDTH - PAD, y + 24), y + 12));
  }
  return {
    width: WIDTH,
    height: Math.ceil(y + 16),
    title: `${story.name} as a picture`,
    words: pictureWords(story),
    shapes: [...shapes, ...below],
  };
}

const isGround = (shape: Shape): boolean =>
  shape.type === 'box' || (shape.type === 'path' && shape.stroke === 'line');

/** Which incident it is, and when this was so. */
function heading(story: PictureStory): { readonly shapes: readonly Shape[]; bottom: number } {
  const { name, title, severity, status, asOf, zones } = story;
  const room = WIDTH - 2 * PAD;
  const lines = wrapped(drawable(`${name} · ${title}`), TITLE, room, 2);
  const facts = [
    severity,
    status,
    `as of ${dated(asOf, zones[0] ?? 'UTC')}`,
    ...(story.private ? ['private: for members of its channel only'] : []),
  ];
  const under = 44 + lines.length * 40;
  return {
    shapes: [
      ...lines.map((line, place) => words(line, PAD, 44 + place * 40, { size: TITLE, bold: true })),
      words(fitted(drawable(facts.join(' · ')), TEXT, room), PAD, under - 4, { ink: 'soft' }),
    ],
    bottom: under + 20,
  };
}

/** The milestones go through all rows, so that one sees what was before and after them. */
function moments({ milestones }: PictureStory, axis: Axis, top: number, bottom: number): Shape[] {
  const places = new Set(
    milestones.flatMap(({ at, name }) => (at === null || name === 'closed' ? [] : [axis.x(at)])),
  );
  return [...places].map((x) => ({
    type: 'path',
    d: `M${figure(x)} ${figure(top)}V${figure(bottom)}`,
    fill: null,
    stroke: 'line',
    dashed: true,
  }));
}

/** A part with a line above it. */
const ruled = (
  { shapes, bottom }: { readonly shapes: readonly Shape[]; readonly bottom: number },
  y: number,
): { readonly shapes: readonly Shape[]; readonly bottom: number } => ({
  shapes: [
    { type: 'path', d: `M${PAD} ${figure(y)}H${WIDTH - PAD}`, fill: null, stroke: 'line' },
    ...shapes,
  ],
  bottom,
});
