import { Resvg } from '@resvg/resvg-js';
import { parseFragment } from 'parse5';
import { describe, expect, test } from 'vitest';
import { KINDS } from '../../../src/domain/words.ts';
import { FAMILY, FONT_FILES, widthOf } from '../../../src/exports/picture/face.ts';
import { incidentScene, sceneHtml, scenePng } from '../../../src/exports/picture/index.ts';
import { DARK, type Ink, LIGHT } from '../../../src/exports/picture/palette.ts';
import { words } from '../../../src/exports/picture/shapes.ts';
import { sceneSvg } from '../../../src/exports/picture/svg.ts';
import { caseReport } from '../../support/case-record.ts';
import { createScribe, settings } from '../../support/scribe.ts';

const START = Date.parse('2026-03-10T12:00:00Z');
const HOSTILE =
  '</text></svg><script>alert(1)</script> "&\' <!-- ]]> &lt; \u0007 \uD83D \uFFFE <!channel>';

const [record] = caseReport('seed-2').records;
if (record === undefined) throw new Error('no record');

/** Width and height as the file's own header says them. */
function sizeOf(png: Uint8Array): readonly [number, number] {
  const bytes = Buffer.from(png);
  expect(bytes.subarray(0, 8)).toEqual(Buffer.from('89504e470d0a1a0a', 'hex'));
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}

const font = {
  fontFiles: Object.values(FONT_FILES),
  loadSystemFonts: false,
  defaultFontFamily: FAMILY,
};

test('the file is a PNG of the size of the scene, with something in it', async () => {
  const scene = incidentScene(record, settings);
  const png = await scenePng(scene);
  expect(sizeOf(png)).toEqual([scene.width, scene.height]);
  const href = `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
  const shown = `<svg xmlns="http://www.w3.org/2000/svg" width="${scene.width}" height="${scene.height}"><image href="${href}" width="${scene.width}" height="${scene.height}"/></svg>`;
  const { pixels } = new Resvg(shown, { font }).render();
  const dark = pixels.filter((value, place) => place % 4 === 0 && value < 80).length;
  expect(dark).toBeGreaterThan(5000);
});

test('10,000 entries are less than 1 MB', async () => {
  const scribe = createScribe(42, START, 'A long one', 'Europe/Amsterdam');
  for (let no = 1; no <= 10_000; no += 1) {
    const kinds = [KINDS[no % KINDS.length] ?? ('note' as const)];
    scribe.write({ text: `Step ${no}`, at: START + no * 20_000, kinds });
  }
  const png = await scenePng(incidentScene(scribe.record(), settings));
  expect(png.length).toBeLessThan(1_000_000);
});

test.each([
  ['Rolled back to the previous version, AVAWAY fi ffl', 23, false],
  ['INC-42 · Checkout is down: ~1,234 requests/s', 32, true],
  ['Störung der Anmeldung, вход не работает, η σύνδεση', 23, false],
])('“%s” takes no more room than was measured', (text, size, bold) => {
  const line = words(text, 10, 60, { size, bold });
  const scene = { width: 1200, height: 100, title: '', words: '', shapes: [line] };
  const svg = sceneSvg(scene).replace(/<rect[^>]*\/>/, '');
  const box = new Resvg(svg, { font }).innerBBox();
  expect(box?.width).toBeGreaterThan(0.9 * widthOf(text, size, bold));
  expect(box?.width).toBeLessThan(widthOf(text, size, bold) + 2);
});

describe('whatever people typed stays text', () => {
  const scribe = createScribe(42, START, HOSTILE, 'Europe/Amsterdam');
  scribe.write({ text: HOSTILE, at: START, kinds: ['note'] });
  const hostile = scribe.record({ severity: HOSTILE, status: 'resolved' });
  const scene = incidentScene(hostile, settings);

  test('in the file', async () => {
    const svg = sceneSvg(scene);
    expect(svg).not.toMatch(/<script|<!--|<!\[CDATA/);
    expect(svg.match(/<[a-z]+/g)?.every((tag) => /^<(?:svg|rect|path|text)$/.test(tag))).toBe(true);
    expect(sizeOf(await scenePng(scene))).toEqual([scene.width, scene.height]);
  });

  test('in the page', () => {
    const html = sceneHtml(scene, 'picture-1');
    const errors: string[] = [];
    parseFragment(html, { onParseError: ({ code }) => errors.push(code) });
    expect(errors).toEqual([]);
    const tags = new Set(html.match(/<\/?[a-z]+/g)?.map((tag) => tag.replace(/<\/?/, '')));
    const ours = ['figure', 'div', 'svg', 'title', 'desc', 'path', 'rect', 'text'];
    expect([...tags].filter((tag) => !ours.includes(tag))).toEqual([]);
    expect(html).not.toMatch(/ (?:style|on\w+|href|src)=/);
  });
});

/** How much brighter one colour is than the other, as WCAG reckons it. */
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [one, other]
    .map((colour) => {
      const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((place) => {
        const part = Number.parseInt(colour.slice(place, place + 2), 16) / 255;
        return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    })
    .toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

test.each([
  ['light', LIGHT],
  ['dark', DARK],
])('text stands out at 7 to 1, and edges and signs at 3 to 1, where it is %s', (_, palette) => {
  const grounds: Ink[] = [
    'page',
    'impact',
    'detected',
    'declared',
    'acknowledged',
    'mitigated',
    'reopened',
    'severity',
  ];
  for (const ground of grounds) {
    expect(contrast(palette.text, palette[ground]), `text on ${ground}`).toBeGreaterThan(7);
  }
  expect(contrast(palette.soft, palette.page)).toBeGreaterThan(7);
  for (const ink of Object.keys(palette).filter((name) => name.endsWith('-edge')) as Ink[]) {
    expect(contrast(palette[ink], palette.page), ink).toBeGreaterThan(3);
  }
});
