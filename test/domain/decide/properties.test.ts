import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Action } from '../../../src/domain/action.ts';
import { MINUTE } from '../../../src/domain/instant.ts';
import type { Settings } from '../../../src/domain/settings.ts';
import { planTimers } from '../../../src/domain/timers/index.ts';
import { declared, logged } from '../../support/clockwork.ts';
import { SETTINGS } from '../../support/ladder.ts';

const when = fc.constantFrom(
  null,
  null,
  '--:--',
  '13:50',
  '14:20',
  '25:10',
  '10m ago',
  '2026-03-01 10:00 UTC',
);
const entry = fc.integer({ min: 1, max: 30 });
const item = { owner: null, refs: [], addresses: null, sort: null, done: false };

const action: fc.Arbitrary<Action> = fc.oneof(
  fc.tuple(fc.string(), when).map(([text, at]) => logged(text, at)),
  fc.record({
    type: fc.constant('milestone' as const),
    milestone: fc.constantFrom(
      'impact started',
      'impact ended',
      'detected',
      'acknowledged',
      'cause found',
      'mitigated',
    ),
    when,
    by: fc.constant(null),
    text: fc.constantFrom(null, 'seen'),
  }),
  entry.map(
    (no) =>
      ({
        type: 'milestone',
        milestone: 'detected',
        when: null,
        by: null,
        text: null,
        entry: no,
      }) as const,
  ),
  fc.record({
    type: fc.constant('edit' as const),
    entry,
    when,
    text: fc.constantFrom(null, 'other'),
    kinds: fc.constant([]),
  }),
  entry.map((no) => ({ type: 'strike', entry: no, reason: null }) as const),
  entry.map((no) => ({ type: 'restore', entry: no }) as const),
  fc.constant({ type: 'undo' } as const),
  when.map((at) => ({ type: 'ack', when: at }) as const),
  fc
    .constantFrom('sev1', 'sev2', 'sev3')
    .map((to) => ({ type: 'severity', to, reason: 'because' }) as const),
  fc
    .constantFrom('investigating', 'identified', 'monitoring')
    .map((to) => ({ type: 'status', to, when: null, text: null }) as const),
  fc.constant({ type: 'update', text: 'still looking' } as const),
  fc
    .constantFrom('UBOB', 'UCAT')
    .map((user) => ({ type: 'role', role: 'lead', user, note: null }) as const),
  fc.constant({ type: 'escalate' } as const),
  fc.constant({
    type: 'page',
    targets: [{ type: 'user', id: 'U1' }],
    reason: null,
    confirmed: false,
  } as const),
  when.map((at) => ({ type: 'cause', role: 'root', when: at, text: 'a migration' }) as const),
  fc
    .constantFrom('Friday', 'in 90 min', null)
    .map((due) => ({ type: 'action item', text: 'fix it', item, due }) as const),
  fc.integer({ min: 1, max: 4 }).map((n) => ({ type: 'action done', item: n }) as const),
  fc.record({
    type: fc.constant('snooze' as const),
    timer: fc.constantFrom(
      'acknowledge',
      'commander',
      'update',
      'mitigate',
      'resolve',
      'policy',
      'presence',
      'postmortem',
      'actions',
    ),
    ms: fc.constantFrom(5 * MINUTE, 40 * MINUTE, 300 * MINUTE),
    reason: fc.constantFrom('the vendor is late', ''),
  }),
  fc
    .constantFrom(null, 'https://wiki.example.com/42')
    .map((link) => ({ type: 'publish', link }) as const),
  when.map((at) => ({ type: 'resolve', when: at, text: null, confirmed: true }) as const),
  when.map((at) => ({ type: 'reopen', when: at, reason: null }) as const),
  fc.constant({ type: 'cancel', reason: 'false alarm' } as const),
  fc.constant({ type: 'set', field: 'service', value: 'checkout' } as const),
);

const happening = fc.oneof(
  action.map((what) => ({ what, minutes: 0, down: false })),
  fc.record({
    what: fc.constant(null),
    minutes: fc.integer({ min: 0, max: 200 }),
    down: fc.boolean(),
  }),
);

const PAUSING: Settings = {
  ...SETTINGS,
  severities: SETTINGS.severities.map((one) => ({ ...one, pausesWhileMonitoring: true })),
};
const QUIET: Settings = {
  ...PAUSING,
  quietHours: {
    zone: 'UTC',
    hours: [{ days: [1, 2, 3, 4, 5, 6, 7], from: 18 * 60, to: 60 }],
    below: 'sev1',
  },
};

/** The rows are what the rules say of the incident, and nothing runs that an act has stopped. */
function expectClocksToAgree(story: ReturnType<typeof declared>, settings: Settings): void {
  const { incident, timers, running, now } = story;
  expect(planTimers(incident, timers, { now, settings, newId: () => 'new' })).toEqual([]);
  const open = incident.status !== 'resolved' && incident.status !== 'cancelled';
  const acknowledged = open && incident.acknowledgedBy !== null;
  expect(running.includes('presence')).toBe(acknowledged && incident.pausedAt === null);
  if (acknowledged) expect(running).not.toContain('policy');
  if (incident.pausedAt !== null) {
    expect(incident.status).toBe('monitoring');
    expect(running).not.toContain('mitigate');
  }
  const todo = story.entries.flatMap(({ detail, struck }) =>
    detail?.type === 'action' && struck === null && !detail.item.done ? [`${detail.n}`] : [],
  );
  expect(Object.keys(incident.openActions).sort()).toEqual(todo.sort());
}

test('whatever happens: one row per timer, no number twice, milestones stand on entries, no notice twice', () => {
  fc.assert(
    fc.property(
      fc.array(happening, { minLength: 10, maxLength: 60, size: 'max' }),
      fc.constantFrom(SETTINGS, PAUSING, QUIET),
      (happenings, settings) => {
        const story = declared('sev2', settings);
        for (const { what, minutes, down } of happenings) {
          const { seq } = story.incident;
          if (what !== null) story.attempt(what);
          else if (down) story.isDownFor(minutes * MINUTE);
          else story.passes(minutes * MINUTE);
          expect(story.incident.seq).toBeGreaterThanOrEqual(seq);
          expect(
            story.timers.every(
              ({ state, dueAt }) => state !== 'pending' || dueAt >= story.now || what !== null,
            ),
          ).toBe(true);
          expectClocksToAgree(story, settings);
        }
        const names = story.timers.map(({ name }) => name);
        expect(new Set(names).size).toBe(names.length);
        const keys = story.notices.map(({ key }) => key);
        expect(new Set(keys).size).toBe(keys.length);
        const numbers = story.entries.map(({ no }) => no);
        expect(story.incident.nextEntry).toBe(Math.max(...numbers) + 1);
        const marks = story.incident.milestones.map(({ name, round }) => `${name} ${round}`);
        expect(new Set(marks).size).toBe(marks.length);
        for (const { entry: no, at } of story.incident.milestones) {
          expect(story.entries.find((one) => one.no === no)?.at).toBe(at);
        }
        if (story.incident.status === 'cancelled') expect(story.running).toEqual([]);
      },
    ),
    { numRuns: 200 },
  );
}, 60_000);
