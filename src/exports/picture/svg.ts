import { escaped } from '../html/text.ts';
import { FAMILY } from './face.ts';
import { DARK, INKS, type Ink, LIGHT } from './palette.ts';
import { figure, type Scene, type Shape, type Words } from './shapes.ts';

/** How colours and letters get into the drawing. */
interface Hand {
  readonly paint: (fill: Ink | null, stroke?: Ink) => string;
  readonly letters: (text: Words) => string;
}

/** For a file of its own: colours as they are. */
const PLAIN: Hand = {
  paint: (fill, stroke) =>
    `fill="${fill === null ? 'none' : LIGHT[fill]}"${stroke === undefined ? '' : ` stroke="${LIGHT[stroke]}"`}`,
  letters: ({ bold }) => (bold ? 'font-weight="bold"' : 'font-weight="normal"'),
};

/**
 * For a page that has a light and a dark side: colours by name. Whatever typeface the reader has, a
 * line takes as much room as was measured, so that no two lie on one another.
 */
const STYLED: Hand = {
  paint: (fill, stroke) =>
    `class="f-${fill ?? 'none'}${stroke === undefined ? '' : ` s-${stroke}`}"`,
  letters: ({ bold, width }) =>
    `textLength="${figure(width)}" lengthAdjust="spacingAndGlyphs"${bold ? ' font-weight="bold"' : ''}`,
};

function shapeSvg(shape: Shape, hand: Hand): string {
  if (shape.type === 'words') {
    const { x, y, size, ink, text } = shape;
    return `<text x="${figure(x)}" y="${figure(y)}" font-size="${size}" ${hand.letters(shape)} ${hand.paint(ink)}>${escaped(text)}</text>`;
  }
  const thick = shape.type === 'path' ? (shape.thick ?? 2) : 2;
  const line = shape.stroke === undefined ? '' : ` stroke-width="${thick}"`;
  const dashes = shape.dashed === true ? ' stroke-dasharray="6 5"' : '';
  const look = `${hand.paint(shape.fill, shape.stroke)}${line}${dashes}`;
  if (shape.type === 'path') return `<path d="${shape.d}" ${look}/>`;
  const { x, y, width, height } = shape;
  return `<rect x="${figure(x)}" y="${figure(y)}" width="${figure(width)}" height="${figure(height)}" ${look}/>`;
}

const drawn = ({ shapes }: Scene, hand: Hand): string =>
  shapes.map((shape) => shapeSvg(shape, hand)).join('\n');

/** The drawing as an SVG file, to be made a PNG of. */
export const sceneSvg = (scene: Scene): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${scene.width}" height="${scene.height}" viewBox="0 0 ${scene.width} ${scene.height}" font-family="${FAMILY}" font-stretch="condensed">
<rect width="100%" height="100%" fill="${LIGHT.page}"/>
${drawn(scene, PLAIN)}
</svg>
`;

/** The drawing as a part of a page that has `PICTURE_STYLE`. `id` is of the page, and only there once. */
export const sceneHtml = (scene: Scene, id: string): string =>
  `<figure class="picture">
<div class="wide" role="group" aria-label="${escaped(scene.title)} (picture)" tabindex="0">
<svg viewBox="0 0 ${scene.width} ${scene.height}" role="img" aria-labelledby="${id}-title ${id}-words">
<title id="${id}-title">${escaped(scene.title)}</title>
<desc id="${id}-words">${escaped(scene.words)}</desc>
${drawn(scene, STYLED)}
</svg>
</div>
</figure>`;

const variables = (palette: Readonly<Record<Ink, string>>): string =>
  INKS.map((ink) => `--p-${ink}: ${palette[ink]};`).join(' ');

/** What pictures in a page look like: light, dark, and on paper as in the light. */
export const PICTURE_STYLE = `
.picture { margin: 1rem 0; ${variables(LIGHT)} }
@media (prefers-color-scheme: dark) { .picture { ${variables(DARK)} } }
@media print { .picture { ${variables(LIGHT)} break-inside: avoid; } .picture svg { min-width: 0; } }
.picture svg { display: block; width: 100%; min-width: 46rem; height: auto; font-family: "DejaVu Sans Condensed", system-ui, sans-serif; }
.f-none { fill: none; }
${INKS.map((ink) => `.f-${ink} { fill: var(--p-${ink}); } .s-${ink} { stroke: var(--p-${ink}); }`).join('\n')}
`;
