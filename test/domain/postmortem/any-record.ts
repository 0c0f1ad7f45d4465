import fc from 'fast-check';
import type { Detail, Entry } from '../../../src/domain/entry.ts';
import type { IncidentRecord } from '../../../src/domain/record.ts';
import { AUDIENCES, CAUSE_ROLES, KINDS, MILESTONES } from '../../../src/domain/words.ts';
import { createScribe } from '../../support/scribe.ts';

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.constantFrom(
    'all users and 80% of users',
    'caused by the pool',
    'at 0700 hours | `x` <!channel>',
    '已恢复 100%',
    '',
    '# heading\n- list',
  ),
);
const at = fc.option(fc.integer({ min: 1_700_000_000_000, max: 1_700_200_000_000 }), { nil: null });
const n = fc.integer({ min: 1, max: 4 });
const ms = fc.option(fc.integer({ min: 0, max: 90_000_000 }), { nil: null });

const detail: fc.Arbitrary<Detail | null> = fc.oneof(
  fc.constant(null),
  n.map((no): Detail => ({ type: 'effect', n: no })),
  fc
    .tuple(n, fc.constantFrom(...CAUSE_ROLES))
    .map(([no, role]): Detail => ({ type: 'cause', n: no, role })),
  n.map((no): Detail => ({ type: 'fix', n: no, permanence: null })),
  fc.tuple(n, fc.boolean()).map(([no, none]): Detail => ({ type: 'workaround', n: no, none })),
  n.map((no): Detail => ({ type: 'lesson', n: no, sort: null })),
  fc.tuple(fc.constantFrom('downtime', 'lead time', 'x'), ms).map(
    ([metric, stated]): Detail => ({
      type: 'stated',
      n: 1,
      stated: { metric, ms: stated, from: null, to: null },
    }),
  ),
  fc.tuple(n, at, fc.boolean()).map(
    ([no, due, done]): Detail => ({
      type: 'action',
      n: no,
      item: {
        owner: null,
        due,
        refs: done ? ['A|1'] : [],
        addresses: done ? 'c9' : null,
        sort: null,
        done,
      },
    }),
  ),
  fc
    .tuple(fc.constantFrom('assumed', 'service', '__proto__'), text)
    .map(([field, value]): Detail => ({ type: 'field', field, value })),
  fc.constantFrom(...AUDIENCES).map((audience): Detail => ({ type: 'comms', audience })),
  n.map((level): Detail => ({ type: 'ping', level, targets: ['user:U1', 'declarer'] })),
  fc.constant<Detail>({ type: 'timer', timer: 'resolve', step: 'breach', due: 0, lateMs: 0 }),
  fc.constant<Detail>({ type: 'reopened', reason: null }),
  fc.constant<Detail>({ type: 'role', role: 'commander', user: 'U1', previous: 'U2', note: null }),
  fc.constant<Detail>({ type: 'severity', from: 'sev2', to: 'sev1', reason: null }),
);

const given = fc.record({
  at,
  text,
  detail,
  kinds: fc.uniqueArray(fc.constantFrom(...KINDS), { maxLength: 3 }),
  after: fc.option(fc.integer({ min: 0, max: 12 }), { nil: null }),
  struck: fc.option(fc.constant({ by: 'U1', at: 0, reason: '' }), { nil: null }),
  author: fc.option(fc.constantFrom('U1', 'U2'), { nil: null }),
});

const pointer = fc.record({
  name: fc.constantFrom(...MILESTONES),
  round: fc.integer({ min: 0, max: 2 }),
  entry: fc.integer({ min: 0, max: 15 }),
});

/** Any record, however contradictory: what people type is not always what is meant to be typed. */
export const anyRecord: fc.Arbitrary<IncidentRecord> = fc
  .tuple(
    fc.array(given, { maxLength: 12 }),
    fc.array(pointer, { maxLength: 10 }),
    fc.integer({ min: 0, max: 2 }),
    text,
  )
  .map(([entries, milestones, round, title]) => {
    const scribe = createScribe(42, 1_700_000_000_000, title, 'UTC');
    for (const one of entries) scribe.write(one as Partial<Entry> & { text: string });
    return scribe.record({
      round,
      milestones: milestones.map((one) => ({ ...one, at: null })),
      roles: { commander: 'U1' },
    });
  });
