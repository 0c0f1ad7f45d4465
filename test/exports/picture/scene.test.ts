import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { IncidentRecord } from '../../../src/domain/record.ts';
import { KINDS } from '../../../src/domain/words.ts';
import { incidentScene } from '../../../src/exports/picture/index.ts';
import { boxOf, type Scene, TEXT, type Words } from '../../../src/exports/picture/shapes.ts';
import { anyRecord } from '../../domain/postmortem/any-record.ts';
import { CASES, caseReport } from '../../support/case-record.ts';
import { createScribe, settings } from '../../support/scribe.ts';

const START = Date.parse('2026-03-10T12:00:00Z');

const wordsOf = ({ shapes }: Scene): readonly Words[] =>
  shapes.filter((shape) => shape.type === 'words');

/** Pairs of lines of text that lie on one another, as they were measured. */
function overlaps(scene: Scene): readonly string[] {
  const boxes = wordsOf(scene).map((one) => ({ text: one.text, ...boxOf(one) }));
  return boxes.flatMap((one, place) =>
    boxes
      .slice(place + 1)
      .filter(
        (other) =>
          one.left < other.right &&
          other.left < one.right &&
          one.top < other.bottom &&
          other.top < one.bottom,
      )
      .map((other) => `${one.text} / ${other.text}`),
  );
}

const outside = (scene: Scene): readonly string[] =>
  wordsOf(scene)
    .filter((one) => {
      const { left, right, top, bottom } = boxOf(one);
      return left < 0 || right > scene.width || top < 0 || bottom > scene.height;
    })
    .map(({ text }) => text);

/** Nothing that is drawn says `NaN`, is beyond the edges, too small, or on top of something else. */
function expectLegible(scene: Scene): void {
  expect(overlaps(scene)).toEqual([]);
  expect(outside(scene)).toEqual([]);
  expect(wordsOf(scene).filter(({ size }) => size < 22)).toEqual([]);
  expect(JSON.stringify(scene)).not.toMatch(/NaN|Infinity|"(?:x|y|width|height)":null/);
  for (const shape of scene.shapes) {
    if (shape.type !== 'box') continue;
    expect(shape.width).toBeGreaterThan(0);
    expect(shape.x + shape.width).toBeLessThanOrEqual(scene.width);
  }
}

function long(count: number): IncidentRecord {
  const scribe = createScribe(42, START, 'A long one', 'Europe/Amsterdam');
  for (let no = 1; no <= count; no += 1) {
    const kinds = [KINDS[no % KINDS.length] ?? ('note' as const)];
    scribe.write({ text: `Step ${no}`, at: START + no * 20_000, kinds });
  }
  scribe.point('impact started', 2);
  scribe.point('acknowledged', Math.ceil(count / 50));
  scribe.point('mitigated', Math.ceil(count / 2));
  scribe.point('resolved', count - 5);
  return scribe.record();
}

const records = CASES.flatMap((name) =>
  caseReport(name).records.map((record) => [record.incident.title, record] as const),
);

test.each(records)('the picture of “%s” is legible', (_, record) => {
  const scene = incidentScene(record, settings);
  expectLegible(scene);
  expect(scene.width).toBe(1200);
  expect(scene.height).toBeLessThan(2000);
});

test('any record is drawn, and legible', () => {
  fc.assert(
    fc.property(anyRecord, fc.boolean(), (record, within) => {
      expectLegible(incidentScene(record, settings, { within }));
    }),
    { numRuns: 60 },
  );
});

test('in a page it repeats neither the title nor the timeline', () => {
  const said = wordsOf(incidentScene(long(20), settings, { within: true })).map(({ text }) => text);
  expect(said.join(' ')).not.toMatch(/A long one|Step 3|mitigated #/);
  expect(said).toContain('3');
});

test('an incident of which nothing is known is drawn', () => {
  const record = createScribe(1, START, '', 'UTC').record({ status: 'investigating' });
  expectLegible(incidentScene(record, settings));
});

describe('entries', () => {
  test('are drawn by their numbers while there is room', () => {
    const said = wordsOf(incidentScene(long(40), settings)).map(({ text }) => text);
    for (let no = 1; no <= 40; no += 1) expect(said).toContain(`${no}`);
  });

  test('are counted when there is none, however many there are', () => {
    const began = performance.now();
    const scene = incidentScene(long(10_000), settings);
    expect(performance.now() - began).toBeLessThan(3000);
    expectLegible(scene);
    expect(scene.height).toBeLessThan(2000);
    expect(scene.shapes.length).toBeLessThan(1200);
    const counted = wordsOf(scene).flatMap(({ text }) => /^(\d+) entries;/.exec(text)?.[1] ?? []);
    expect(counted.reduce((sum, count) => sum + Number(count), 0)).toBe(10_000);
  });

  test('stand where they belong: later is further to the right', () => {
    const scene = incidentScene(long(40), settings);
    const places = Array.from({ length: 39 }, (_, n) =>
      wordsOf(scene).find(({ text, y }) => text === `${n + 1}` && y > 0),
    ).map((one) => one?.x ?? 0);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });
});

test('a time that is drawn short says how long it is', () => {
  const scribe = createScribe(42, START, 'Slow', 'UTC');
  for (let no = 0; no < 8; no += 1) scribe.write({ text: 'x', at: START + no * 60_000 });
  scribe.write({ text: 'much later', at: START + 3 * 86_400_000 });
  const said = wordsOf(incidentScene(scribe.record(), settings)).map(({ text }) => text);
  expect(said).toContain('2 days 23 h');
});

test('clocks are those of the first two zones, with the day where it changes', () => {
  const zones = ['Asia/Kolkata', 'America/New_York', 'UTC'];
  const scribe = createScribe(42, START, 'Night', 'UTC');
  for (let no = 0; no < 9; no += 1) {
    scribe.write({ text: 'x', at: Date.parse('2026-05-07T14:00:00Z') + no * 3_600_000 });
  }
  const scene = incidentScene(scribe.record(), { ...settings, zones });
  const said = wordsOf(scene).map(({ text }) => text);
  expect(said).toEqual(expect.arrayContaining(['IST', 'EDT', '8 May 00:00']));
  expect(said.join(' ')).not.toContain('UTC');
});

test('a picture of a private incident says that it is one', () => {
  const scribe = createScribe(42, START, 'Payroll', 'UTC');
  const said = (secret: boolean) =>
    wordsOf(incidentScene(scribe.record({ private: secret }), settings))
      .map(({ text }) => text)
      .join(' ');
  expect(said(true)).toContain('private: for members of its channel only');
  expect(said(false)).not.toContain('private');
});

test('text that turns around, emoji and line breaks leave one line from left to right', () => {
  const scribe = createScribe(
    42,
    START,
    'שלום \u202Egnp.exe\u202C 👩‍👩‍👧‍👦 fire 🔥\nand\ttabs',
    'UTC',
  );
  const [title] = wordsOf(incidentScene(scribe.record(), settings));
  expect(title?.text).toBe('INC-42 · שלום gnp.exe fire and tabs');
  expect(title?.size).toBeGreaterThan(TEXT);
});
