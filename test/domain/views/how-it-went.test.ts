import { expect, test } from 'vitest';
import type { Entry } from '../../../src/domain/entry.ts';
import { howItWent } from '../../../src/domain/views/how-it-went.ts';
import { wordsOf } from '../../handle/desk.ts';
import { SETTINGS } from '../../support/ladder.ts';
import { clock, entry, incident, record } from './given.ts';

const OPENED = clock(12, 40);
const SECOND = 1000;

const at = (seconds: number) => OPENED + seconds * SECOND;
const one = (no: number, seconds: number, detail: Entry['detail']) =>
  entry(no, { at: at(seconds), detail });

const ENTRIES = [
  one(1, 0, { type: 'declared' }),
  one(2, 0, { type: 'ping', level: 1, targets: ['user:UONE', 'channel'] }),
  one(3, 4, {
    type: 'timer',
    timer: 'acknowledge',
    step: 'warning',
    due: at(4),
    lateMs: 0,
    targets: ['declarer'],
  }),
  one(4, 5, { type: 'ping', level: 2, targets: ['usergroup:SSRE', 'schedule:platform'] }),
  one(5, 7, { type: 'acknowledged' }),
  one(6, 8, { type: 'role', role: 'commander', user: 'UBO', previous: null, note: null }),
  one(7, 9, { type: 'page', targets: ['webhook:pager'], reason: null }),
];

const drill = record({
  incident: incident({
    drill: true,
    number: 3,
    severity: 'sev1',
    status: 'resolved',
    milestones: [
      { name: 'acknowledged', round: 0, entry: 5, at: at(7) },
      { name: 'resolved', round: 0, entry: 8, at: at(300) },
    ],
  }),
  entries: ENTRIES,
  people: { UONE: 'ana', SSRE: 'sre' },
});

const said = wordsOf(howItWent(drill, SETTINGS, []));

test('it holds what was done against the ladder, in the time of an incident', () => {
  expect(said).toContain('How DRILL-3 · Checkout fails went');
  expect(said).toContain('Acknowledged: after 7 min, not within 5 min');
  expect(said).toContain('Commander: after 8 min, within 10 min');
  expect(said).toContain('First update: never; the ladder asks for it within 15 min');
  expect(said).toContain('Resolved: after 5 h, not within 4 h');
});

test('it names whom it would have pinged and when, without a mention', () => {
  expect(said).toContain('at once: level 1: @ana, the incident’s channel');
  expect(said).toContain('after 4 min: acknowledge, warning: whoever declared it');
  expect(said).toContain('after 5 min: level 2: @sre, whoever is on call in platform');
  expect(said).toContain('after 9 min: paged by hand: the webhook pager');
  expect(JSON.stringify(howItWent(drill, SETTINGS, []).blocks)).not.toMatch(
    /"type":"(user|group)"/,
  );
});

test('somebody who is not known is told of, not left out', () => {
  expect(wordsOf(howItWent({ ...drill, people: {} }, SETTINGS, []))).toContain('one more person');
});
