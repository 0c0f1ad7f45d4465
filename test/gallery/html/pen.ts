import type { Ink, Pen } from '../../../src/demo/workspace/terminal/pen.ts';
import { literal } from '../../../src/exports/html/literal.ts';

/** Characters that nobody types, so that what was said can be escaped after it was styled. */
const OPEN = '\uE000';
const INK = '\uE001';
const CLOSE = '\uE002';

/** Styles for a page: marks that `asHtml` turns into elements. */
export const pen: Pen = (text, ...inks) =>
  inks.reduceRight((inner, ink) => `${OPEN}${ink}${INK}${inner}${CLOSE}`, text);

/** What the pen wrote, as elements. */
export const asHtml = (written: string): string =>
  literal(written)
    .replace(new RegExp(`${OPEN}(\\w+)${INK}`, 'g'), (_, ink: Ink) => `<span class="${ink}">`)
    .replaceAll(CLOSE, '</span>')
    .replaceAll('\n', '<br>');
