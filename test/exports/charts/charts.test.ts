import fc from 'fast-check';
import { expect, test } from 'vitest';
import { DEFAULTS } from '../../../src/config/defaults.ts';
import { DAY, MINUTE } from '../../../src/domain/instant.ts';
import type { CountedIncident, StatsFacts } from '../../../src/domain/stats/facts.ts';
import { statsOf } from '../../../src/domain/stats/stats.ts';
import { charts, statsScene } from '../../../src/exports/charts/index.ts';
import { boxOf, type Scene, type Words } from '../../../src/exports/picture/shapes.ts';

const START = Date.parse('2026-03-02T00:00:00Z');
const ZONE = 'Europe/Amsterdam';

const length = fc.option(fc.integer({ min: 0, max: 90 * 24 * 60 }), { nil: null });
const incident: fc.Arbitrary<CountedIncident> = fc
  .record({
    severity: fc.constantFrom('sev1', 'sev2', 'sev3', 'sev4', 'a severity with a very long name'),
    days: fc.integer({ min: 0, max: 400 }),
    lengths: fc.tuple(length, length, length),
    breached: fc.boolean(),
    pending: fc.boolean(),
  })
  .map(({ severity, days, lengths, breached, pending }) => {
    const began = START + days * DAY;
    const [acknowledged, mitigated, resolved] = lengths.map((minutes) =>
      minutes === null ? null : began + minutes * MINUTE,
    );
    return {
      number: 1,
      severity,
      status: 'resolved',
      private: false,
      round: 0,
      began,
      milestones: [
        { name: 'impact started', round: 0, at: began },
        { name: 'detected', round: 0, at: began },
        { name: 'acknowledged', round: 0, at: acknowledged ?? null },
        { name: 'mitigated', round: 0, at: mitigated ?? null },
        { name: 'resolved', round: 0, at: resolved ?? null },
      ],
      timers: [{ name: 'acknowledge', pending }],
      breached: breached ? ['acknowledge'] : [],
    };
  });

const facts: fc.Arbitrary<StatsFacts> = fc.record({
  asOf: fc.constant(START + 400 * DAY),
  incidents: fc.array(incident, { maxLength: 60 }),
  cancelled: fc.nat(3),
  actions: fc.array(
    fc.integer({ min: 0, max: 400 }).map((day) => ({
      states: [{ at: START + day * DAY, open: true }],
    })),
    { maxLength: 200 },
  ),
});

const wordsOf = ({ shapes }: Scene): readonly Words[] =>
  shapes.filter((shape) => shape.type === 'words');

test('whatever is counted is drawn: inside, large enough, and no words on others', () => {
  fc.assert(
    fc.property(facts, fc.integer({ min: 1, max: 401 }), (given, days) => {
      const period = { from: START, to: START + days * DAY };
      const within = given.incidents.filter(({ began }) => began < period.to);
      const stats = statsOf({ ...given, incidents: within }, period, DEFAULTS, ZONE);
      const scene = statsScene(stats, ZONE, given.asOf);
      const boxes = wordsOf(scene).map((one) => ({ text: one.text, ...boxOf(one) }));
      for (const [place, one] of boxes.entries()) {
        expect(one.left, one.text).toBeGreaterThanOrEqual(0);
        expect(one.right, one.text).toBeLessThanOrEqual(scene.width);
        expect(one.bottom, one.text).toBeLessThanOrEqual(scene.height);
        for (const other of boxes.slice(place + 1)) {
          const apart =
            one.right <= other.left ||
            other.right <= one.left ||
            one.bottom <= other.top ||
            other.bottom <= one.top;
          expect(apart, `${one.text} / ${other.text}`).toBe(true);
        }
      }
      expect(wordsOf(scene).every(({ size }) => size >= 22)).toBe(true);
      expect(JSON.stringify(scene)).not.toMatch(/NaN|Infinity/);
    }),
    { numRuns: 60 },
  );
});

test('the words say what the bars show', async () => {
  const [one] = fc.sample(incident, { numRuns: 1, seed: 1 });
  if (one === undefined) throw new Error('no incident');
  const moments = one.milestones.map((each) => ({ ...each, at: START + 30 * MINUTE }));
  const incidents = [{ ...one, began: START, severity: 'sev1', milestones: moments }];
  const given = { asOf: START, incidents, cancelled: 0, actions: [] };
  const stats = statsOf(given, { from: START, to: START + 7 * DAY }, DEFAULTS, 'UTC');
  const { content, words } = await charts(stats, 'UTC', START);
  expect(Buffer.from(content).subarray(1, 4).toString('latin1')).toBe('PNG');
  expect(words).toMatch(/^1 incident, 2 Mar 2026 to 8 Mar 2026: 1 sev1\. /);
  expect(words).toContain('time to acknowledge median 0 s, p90 0 s of 1');
});
