import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DEFAULTS } from '../../../src/config/defaults.ts';
import type { Entry } from '../../../src/domain/entry.ts';
import { DAY, MINUTE } from '../../../src/domain/instant.ts';
import { tell } from '../../../src/domain/postmortem/index.ts';
import { metricsOf } from '../../../src/domain/postmortem/metrics.ts';
import type { IncidentRecord } from '../../../src/domain/record.ts';
import type { CountedIncident, StatsFacts } from '../../../src/domain/stats/facts.ts';
import { distributionOf, nearestRank, STATS_METRICS } from '../../../src/domain/stats/figures.ts';
import { statsOf } from '../../../src/domain/stats/stats.ts';
import { CASES, caseReport } from '../../support/case-record.ts';
import { createScribe, settings as plain } from '../../support/scribe.ts';
import { anyRecord } from '../postmortem/any-record.ts';

const START = Date.parse('2026-03-02T00:00:00Z');
const settings = { ...plain, severities: DEFAULTS.severities };

/** A record as the database counts it. */
function counted({ incident, entries }: IncidentRecord): CountedIncident {
  const standing = new Map(
    entries
      .filter(({ struck }) => struck === null)
      .map((entry): [number, Entry] => [entry.no, entry]),
  );
  return {
    number: incident.number,
    severity: incident.severity,
    status: incident.status,
    private: incident.private,
    round: incident.round,
    began: incident.openedAt,
    milestones: incident.milestones.map(({ name, round, entry }) => ({
      name,
      round,
      at: standing.get(entry)?.at ?? null,
    })),
    timers: [],
    breached: [],
  };
}

const simple = (more: Partial<CountedIncident>): CountedIncident => ({
  number: 1,
  severity: 'sev1',
  status: 'resolved',
  private: false,
  round: 0,
  began: START,
  milestones: [],
  timers: [],
  breached: [],
  ...more,
});

const facts = (more: Partial<StatsFacts>): StatsFacts => ({
  asOf: START + 30 * DAY,
  incidents: [],
  cancelled: 0,
  actions: [],
  ...more,
});

const MONTH = { from: START, to: START + 28 * DAY };

/** The lengths of time that the draft of the same record computes. */
function drafted(record: IncidentRecord): Record<string, number | null> {
  const ids: string[] = STATS_METRICS.map(({ id }) => id);
  return Object.fromEntries(
    metricsOf(tell(record))
      .filter(({ id }) => ids.includes(id))
      .map(({ id, figure }) => [id, figure.known ? figure.ms : null]),
  );
}

const own = (record: IncidentRecord): Record<string, number | null> =>
  Object.fromEntries(STATS_METRICS.map(({ id, of }) => [id, of(counted(record))]));

describe('a length of time is the one that the draft prints', () => {
  test.each(CASES)('of %s', (name) => {
    for (const record of caseReport(name).records) expect(own(record)).toEqual(drafted(record));
  });

  test('of any record', () => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        expect(own(record)).toEqual(drafted(record));
      }),
    );
  });

  test('and of one that was reopened twice', () => {
    const scribe = createScribe(1, START, 'Again', 'UTC');
    const line = (minutes: number) => scribe.write({ text: 'x', at: START + minutes * MINUTE }).no;
    scribe.point('impact started', line(0));
    scribe.point('resolved', line(10));
    scribe.point('reopened', line(20), 1);
    scribe.point('resolved', line(25), 1);
    scribe.point('reopened', line(40), 2);
    scribe.point('resolved', line(47), 2);
    const record = scribe.record({ round: 2 });
    expect(own(record).incident).toBe(22 * MINUTE);
    expect(own(record)).toEqual(drafted(record));
  });
});

describe('median and p90', () => {
  test.each([
    [[], null, null],
    [[7], 7, 7],
    [[1, 2], 1, 2],
    [[1, 2, 3], 2, 3],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 5, 9],
    [[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], 6, 10],
  ])('of %j are %s and %s', (values, median, p90) => {
    expect([nearestRank(values, 0.5), nearestRank(values, 0.9)]).toEqual([median, p90]);
  });

  test('are lengths that happened, and at least that share is no longer', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(1000), { minLength: 1 }),
        fc.constantFrom(0.5, 0.9),
        (all, share) => {
          const sorted = all.toSorted((a, b) => a - b);
          const rank = nearestRank(sorted, share) ?? -1;
          expect(sorted).toContain(rank);
          expect(sorted.filter((one) => one <= rank).length).toBeGreaterThanOrEqual(
            share * all.length,
          );
          expect(sorted.filter((one) => one < rank).length).toBeLessThan(share * all.length);
        },
      ),
    );
  });

  test('what is not known is counted, and does not count as nothing', () => {
    expect(distributionOf([null, 60, null, 20])).toEqual({ n: 2, unknown: 2, median: 20, p90: 60 });
  });
});

test('incidents are counted by severity, as configured, with those that are not any more behind', () => {
  const incidents = ['sev2', 'gone', 'sev1', 'sev2'].map((severity) => simple({ severity }));
  const { severities, count } = statsOf(facts({ incidents }), MONTH, settings, 'UTC');
  expect(count).toBe(4);
  expect(severities).toEqual([
    { name: 'sev1', count: 1 },
    { name: 'sev2', count: 2 },
    { name: 'sev3', count: 0 },
    { name: 'sev4', count: 0 },
    { name: 'gone', count: 1 },
  ]);
});

test('a rule is kept where its timer stopped without a breach', () => {
  const ran = (pending: boolean, breached: boolean) =>
    simple({
      timers: [{ name: 'resolve', pending }],
      breached: breached ? ['resolve'] : [],
    });
  const incidents = [ran(false, false), ran(false, true), ran(true, true), ran(true, false)];
  const { rules } = statsOf(
    facts({ incidents: [...incidents, simple({})] }),
    MONTH,
    settings,
    'UTC',
  );
  expect(rules.find(({ rule }) => rule === 'resolve')).toEqual({
    rule: 'resolve',
    kept: 1,
    breached: 2,
    running: 1,
  });
  expect(rules.find(({ rule }) => rule === 'mitigate')).toMatchObject({ kept: 0, running: 0 });
});

test('action items are open from when they were written until they were done, dropped or struck', () => {
  const at = (days: number, open: boolean) => ({ at: START + days * DAY, open });
  const actions = [
    { states: [at(-5, true)] },
    { states: [at(7, true), at(14, false)] },
    { states: [at(7, true), at(14, false), at(20, true)] },
    { states: [at(400, true)] },
  ];
  const { actions: points } = statsOf(facts({ actions }), MONTH, settings, 'UTC');
  const openAt = (days: number) => points.findLast((point) => point.at <= START + days * DAY)?.open;
  expect([openAt(0), openAt(8), openAt(15), openAt(28)]).toEqual([1, 3, 1, 2]);
});

describe('weeks and months', () => {
  test('are those of the zone, and hold every incident of the period once', () => {
    const zone = 'America/New_York';
    const began = fc.integer({ min: MONTH.from, max: MONTH.to - 1 });
    fc.assert(
      fc.property(fc.array(began), fc.integer({ min: 1, max: 300 }), (moments, days) => {
        const period = { from: MONTH.from, to: MONTH.from + days * DAY };
        const within = moments.filter((moment) => moment < period.to);
        const incidents = within.map((moment) => simple({ began: moment }));
        const { buckets } = statsOf(facts({ incidents }), period, settings, zone);
        const all = buckets.reduce((sum, { counts }) => sum + (counts.sev1 ?? 0), 0);
        expect(all).toBe(within.length);
        expect(buckets.length).toBeLessThanOrEqual(28);
        for (const [place, { from }] of buckets.entries()) {
          if (place > 0) expect(from).toBe(buckets[place - 1]?.to);
        }
      }),
    );
  });

  test('of everything begin with the first incident', () => {
    const incidents = [simple({ began: START }), simple({ began: START + 400 * DAY })];
    const period = { from: 0, to: START + 500 * DAY };
    const { buckets } = statsOf(facts({ incidents }), period, settings, 'UTC');
    expect(buckets[0]?.from).toBe(Date.parse('2026-03-01T00:00:00Z'));
    expect(buckets).toHaveLength(17);
  });
});
