import { expect, test } from 'vitest';
import { HOUR, MINUTE } from '../../../src/domain/instant.ts';
import { storyOf } from '../../../src/domain/picture/story.ts';
import { pictureWords } from '../../../src/domain/picture/words.ts';
import type { Kind } from '../../../src/domain/words.ts';
import { createScribe, settings } from '../../support/scribe.ts';

const START = Date.parse('2026-03-10T12:00:00Z');
const at = (minutes: number) => START + minutes * MINUTE;

function scribe() {
  const made = createScribe(42, START, 'Checkout is down', 'Europe/Amsterdam');
  const write = (minutes: number | null, text: string, ...kinds: Kind[]) =>
    made.write({ text, at: minutes === null ? null : at(minutes), kinds }).no;
  return { ...made, line: write };
}

function resolved() {
  const made = scribe();
  made.point('impact started', made.line(-20, 'Errors rise', 'impact'));
  made.point('detected', made.line(-5, 'The probe fails', 'alert'));
  made.point('declared', made.line(0, 'Declared.'));
  made.point('acknowledged', made.line(4, 'Ana is on it', 'acknowledged'));
  made.point('mitigated', made.line(30, 'Rolled back', 'mitigation'));
  made.point('resolved', made.line(50, 'Resolved.'));
  return made;
}

const stretches = (story: ReturnType<typeof storyOf>, title: string) =>
  story.bands
    .find((band) => band.title === title)
    ?.stretches.map(({ label, from, to, open }) => [
      label,
      from === null ? null : (from - START) / MINUTE,
      to === null ? null : (to - START) / MINUTE,
      ...(open ? ['open'] : []),
    ]);

test('the response goes from state to state, and what is not recorded is not drawn as if it were', () => {
  const story = storyOf(resolved().record({ status: 'resolved' }), settings);
  expect(stretches(story, 'Response')).toEqual([
    ['detected', -5, 0],
    ['declared', 0, 4],
    ['acknowledged', 4, 30],
    ['mitigated', 30, 50],
  ]);
  expect(stretches(story, 'Impact')).toEqual([['impact', -20, null]]);
  const unknown = story.milestones.filter((one) => one.at === null).map(({ name }) => name);
  expect(unknown).toEqual(['cause found', 'impact ended']);
});

test('an incident that runs goes on to the moment at which it is drawn', () => {
  const made = scribe();
  made.point('impact started', made.line(-20, 'Errors rise'));
  made.point('declared', made.line(0, 'Declared.'));
  const record = made.record({ status: 'investigating' });
  const story = storyOf({ ...record, asOf: at(25) }, settings);
  expect(stretches(story, 'Impact')).toEqual([['impact', -20, 25, 'open']]);
  expect(stretches(story, 'Response')).toEqual([['declared', 0, 25, 'open']]);
});

test('a reopening begins a stretch of its own', () => {
  const made = resolved();
  made.point('reopened', made.line(90, 'It is back'), 1);
  made.point('resolved', made.line(120, 'Resolved again.'), 1);
  const story = storyOf(made.record({ status: 'resolved', round: 1 }), settings);
  expect(stretches(story, 'Response')?.slice(-2)).toEqual([
    ['mitigated', 30, 50],
    ['reopened', 90, 120],
  ]);
});

test('the severity is told from what it began as', () => {
  const made = resolved();
  made.write({
    text: 'sev2',
    at: at(10),
    detail: { type: 'severity', from: 'sev3', to: 'sev1', reason: null },
  });
  const story = storyOf(made.record({ status: 'resolved', severity: 'sev1' }), settings);
  expect(stretches(story, 'Severity')).toEqual([
    ['sev3', 0, 10],
    ['sev1', 10, 50],
  ]);
});

test.each<[Kind[], string, string]>([
  [['alert'], 'signs', 'sign'],
  [['hypothesis'], 'causes', 'hypothesis'],
  [['hypothesis', 'failed'], 'causes', 'failed'],
  [['action', 'failed'], 'actions', 'failed'],
  [['mitigation'], 'actions', 'action'],
  [['comms'], 'comms', 'comms'],
  [['decision'], 'notes', 'note'],
  [[], 'notes', 'note'],
])('an entry tagged %j stands under %s, as %s', (kinds, lane, sign) => {
  const made = scribe();
  made.line(0, 'Something', ...kinds);
  expect(storyOf(made.record(), settings).marks).toMatchObject([{ lane, sign }]);
});

test('pings and timers have a row of their own; reminders of afterwards are left out', () => {
  const made = scribe();
  const timer = { type: 'timer', step: 'breach', due: START, lateMs: 0 } as const;
  made.write({ text: 'p', at: at(1), detail: { type: 'ping', level: 1, targets: [] } });
  made.write({ text: 'b', at: at(2), detail: { ...timer, timer: 'acknowledge' } });
  made.write({ text: 'r', at: at(3), detail: { ...timer, timer: 'postmortem' } });
  const { marks } = storyOf(made.record(), settings);
  expect(marks.map(({ entry, lane, sign }) => [entry, lane, sign])).toEqual([
    [1, 'pings', 'ping'],
    [2, 'pings', 'timer'],
  ]);
});

test('what is struck is not drawn, and what has no time is named', () => {
  const made = resolved();
  const struck = made.line(5, 'A mistake');
  made.line(null, 'Somebody called');
  const record = made.record({ status: 'resolved' });
  const entries = record.entries.map((entry) =>
    entry.no === struck ? { ...entry, struck: { by: 'U1', at: START, reason: '' } } : entry,
  );
  const story = storyOf({ ...record, entries }, settings);
  expect(story.marks.map(({ entry }) => entry)).not.toContain(struck);
  expect(story.untimed).toEqual([8]);
});

test('its words say what it shows, and what is not known', () => {
  const record = resolved().record({ status: 'resolved' });
  expect(pictureWords(storyOf({ ...record, asOf: START + HOUR }, settings))).toBe(
    'INC-42 as a picture, times in UTC. Impact started 10 Mar 2026 11:40, detected 11:55, ' +
      'declared 12:00, acknowledged 12:04, mitigated 12:30, resolved 12:50. ' +
      'Time not recorded: cause found, impact ended. ' +
      '6 entries: signs 2, actions 1, notes 2, pings 1.',
  );
});
