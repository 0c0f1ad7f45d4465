import { FAMILY, FONT_FILES, isCovered } from './face.ts';
import type { Scene } from './shapes.ts';
import { sceneSvg } from './svg.ts';

/**
 * The drawing as a PNG. It is drawn off the main thread, so that others are not kept waiting.
 *
 * Letters that the typeface of Muster has not are looked for in the fonts of the machine, which takes
 * longer; what is in none of them is drawn as an empty box.
 */
export async function scenePng(scene: Scene): Promise<Uint8Array> {
  // Loaded when it is first needed: where there is no build of it, Muster runs without pictures.
  const { renderAsync } = await import('@resvg/resvg-js');
  const foreign = scene.shapes.some((shape) => shape.type === 'words' && !isCovered(shape.text));
  const image = await renderAsync(sceneSvg(scene), {
    font: {
      fontFiles: Object.values(FONT_FILES),
      loadSystemFonts: foreign,
      defaultFontFamily: FAMILY,
    },
  });
  return image.asPng();
}
