import { expect, test } from 'vitest';
import { HOUR, MINUTE } from '../../../src/domain/instant.ts';
import { createClockwork, declared, logged } from '../../support/clockwork.ts';
import { START } from '../../support/ladder.ts';
import { lineText } from '../../support/spoken.ts';

const ACK = { type: 'ack', when: null } as const;
const lead = (user: string) => ({ type: 'role', role: 'lead', user, note: null }) as const;

const minutes = (at: number): number => (at - START) / MINUTE;

test('escalation walks the levels on time and repeats, then says that it is exhausted, every hour', () => {
  const story = declared();
  story.passes(3 * HOUR);
  const policy = story.pings.filter(({ ping }) => ping.timer === 'policy');
  const walk = policy.map(({ at, to }) => `${minutes(at)} ${to}`);
  expect(walk).toEqual([
    '0 UONE',
    '0 incident',
    '5 @SSRE',
    '5 incident',
    '10 UONE',
    '10 incident',
    '15 @SSRE',
    '15 incident',
    '20 UADMIN',
    '20 incident',
    '80 UADMIN',
    '80 incident',
    '140 UADMIN',
    '140 incident',
  ]);
});

test('a ping says who is next and when, and what stops it', () => {
  const story = declared();
  story.passes(0);
  const [first] = story.pings;
  expect(first?.ping).toMatchObject({
    level: 1,
    lateMs: 0,
    next: { who: [{ type: 'usergroup', id: 'SSRE' }], at: START + 5 * MINUTE },
  });
  expect(lineText(first?.ping.stops ?? [])).toBe('Acknowledge, or type /incident ack');
});

test('the first ping says that it is new and who opened it, the others since when nobody answered', () => {
  const story = declared();
  story.passes(10 * MINUTE);
  const said = story.pings
    .filter(({ ping, to }) => ping.timer === 'policy' && to === 'incident')
    .map(({ ping }) => lineText(ping.why));
  expect(said).toEqual([
    'New incident, opened by @UANA at 14:00. Please acknowledge it.',
    'Nobody has acknowledged it since 14:00: level 2.',
    'Nobody has acknowledged it since 14:00: level 1, round 2.',
  ]);
});

test('a level that walks anew after an upgrade speaks of an incident that is known', () => {
  const story = declared('sev2');
  story.passes(MINUTE / 2);
  story.does(ACK);
  story.does({ type: 'severity', to: 'sev1', reason: null });
  story.passes(0);
  expect(lineText(story.pings.at(-1)?.ping.why ?? [])).toBe(
    'Nobody has acknowledged it since 14:00: level 1.',
  );
});

test('acknowledging stops the acknowledge timer and the policy, nothing else', () => {
  const story = declared();
  story.passes(MINUTE);
  const before = story.running;
  story.does(ACK);
  expect(before).toEqual(['acknowledge', 'commander', 'mitigate', 'policy', 'resolve', 'update']);
  expect(story.running).toEqual(['commander', 'mitigate', 'presence', 'resolve', 'update']);
});

test('taking command stops the commander timer, nothing else', () => {
  const story = declared();
  story.does(lead('UBOB'));
  expect(story.running).toEqual(['acknowledge', 'mitigate', 'policy', 'resolve', 'update']);
});

test('mitigated stops the mitigate timer, nothing else', () => {
  const story = declared();
  story.does({ type: 'milestone', milestone: 'mitigated', when: null, by: null, text: null });
  expect(story.running).toEqual(['acknowledge', 'commander', 'policy', 'resolve', 'update']);
});

test('resolving stops everything but the postmortem, which is due after three working days', () => {
  const story = declared();
  story.does(ACK);
  story.does({ type: 'resolve', when: null, text: null, confirmed: false });
  expect(story.running).toEqual(['postmortem']);
  // Declared on a Sunday: Monday, Tuesday, Wednesday.
  expect(story.timer('postmortem')?.dueAt).toBe(START + 72 * HOUR);
  story.passes(72 * HOUR);
  expect(story.pings.filter(({ ping }) => ping.timer === 'postmortem').map(({ to }) => to)).toEqual(
    ['UANA'],
  );
});

test('cancelling stops everything', () => {
  const story = declared();
  story.does({ type: 'cancel', reason: 'false alarm' });
  expect(story.running).toEqual([]);
});

test('reopening starts the clocks anew, and an old acknowledgement stops nothing', () => {
  const story = declared();
  story.does(ACK);
  story.passes(HOUR);
  story.does({ type: 'resolve', when: null, text: null, confirmed: false });
  story.passes(HOUR);
  story.does({ type: 'reopen', when: null, reason: 'it is back' });
  expect(story.running).toEqual([
    'acknowledge',
    'commander',
    'mitigate',
    'policy',
    'resolve',
    'update',
  ]);
  expect(story.timer('mitigate')?.basis).toBe(START + 2 * HOUR);
  expect(story.timer('postmortem')?.state).toBe('cancelled');
});

test('a warning goes to the commander alone; a breach to commander, channel and the current level', () => {
  const story = declared();
  story.does(ACK);
  story.does(lead('UBOB'));
  story.does({ type: 'update', text: 'looking' });
  story.passes(24 * MINUTE);
  const warned = story.pings.filter(({ ping }) => ping.timer === 'update');
  expect(warned.map(({ to }) => to)).toEqual(['UBOB']);
  story.passes(6 * MINUTE);
  const all = story.pings.filter(({ ping }) => ping.timer === 'update').slice(1);
  expect(all.map(({ to }) => to)).toEqual(['UBOB', 'UONE', 'incident']);
});

test('without a commander a warning goes to the declarer and the channel', () => {
  const story = declared();
  story.does(ACK);
  story.passes(8 * MINUTE);
  const warned = story.pings.filter(({ ping }) => ping.timer === 'commander');
  expect(warned.map(({ to }) => to)).toEqual(['UANA', 'incident']);
});

test('the breach of acknowledge is said in the channel only: the policy is walking already', () => {
  const story = declared();
  story.passes(5 * MINUTE);
  const breach = story.pings.filter(
    ({ ping, at }) => ping.timer === 'acknowledge' && minutes(at) === 5,
  );
  expect(breach.map(({ to }) => to)).toEqual(['incident']);
});

test('an update that nobody posts is asked for again after every interval, the level only once', () => {
  const story = declared();
  story.does(ACK);
  story.does(lead('UBOB'));
  for (let n = 0; n < 4; n += 1) {
    story.passes(20 * MINUTE);
    story.does(logged('still looking'), 'UBOB');
  }
  const nags = story.pings
    .filter(({ ping }) => ping.timer === 'update')
    .map(({ at, to }) => `${minutes(at)} ${to}`);
  expect(nags).toEqual([
    '12 UBOB',
    '15 UBOB',
    '15 UONE',
    '15 incident',
    '45 UBOB',
    '45 incident',
    '75 UBOB',
    '75 incident',
  ]);
});

test('a timer fired late says by how much, in the ping and on the timeline, and never twice', () => {
  const story = declared();
  story.does(lead('UBOB'));
  story.passes(4 * MINUTE);
  story.isDownFor(8 * MINUTE);
  const said = story.pings.filter(({ at }) => minutes(at) === 12);
  const policy = said.filter(({ ping }) => ping.timer === 'policy');
  // Two levels came due meanwhile: everybody of both is pinged once.
  expect(policy.map(({ to }) => to)).toEqual(['@SSRE', 'UONE', 'incident']);
  expect(policy[0]?.ping.lateMs).toBe(7 * MINUTE);
  expect(lineText(policy[0]?.ping.why ?? [])).toContain('2 notices were due');
  const entry = story.entries.find(({ text }) =>
    text.startsWith('Pinged level 1 of the policy. 2'),
  );
  expect(entry?.text).toContain('Sent 7 min late: Muster was restarted or had an outage.');
  const count = story.notices.length;
  story.sweep();
  story.sweep();
  expect(story.notices.length).toBe(count);
});

test('a warning and its breach both overdue are one breach', () => {
  const story = declared();
  story.does(ACK);
  story.isDownFor(11 * MINUTE);
  const commander = story.entries.filter(
    ({ detail }) => detail?.type === 'timer' && detail.timer === 'commander',
  );
  expect(commander.map(({ detail }) => detail?.type === 'timer' && detail.step)).toEqual([
    'breach',
  ]);
  // It is as late as the breach, not as the warning that it stands for.
  expect(commander[0]?.detail).toMatchObject({ due: START + 10 * MINUTE, lateMs: MINUTE });
});

test('a firing on time is not called late', () => {
  const story = declared();
  story.passes(5 * MINUTE - 1000);
  const before = story.pings.length;
  story.isDownFor(20_000);
  expect(story.pings.length).toBeGreaterThan(before);
  expect(story.pings.every(({ ping }) => ping.lateMs === 0)).toBe(true);
});

test('nothing due changes nothing, not even the seq', () => {
  const story = declared();
  story.passes(MINUTE);
  const { incident } = story;
  story.sweep();
  expect(story.incident).toBe(incident);
});

test('a recorded incident runs no timers', () => {
  const story = createClockwork();
  story.does({
    type: 'record',
    title: 'Last night',
    from: '2026-03-08 01:00 UTC',
    to: '2026-03-08 02:00 UTC',
  });
  expect(story.timers).toEqual([]);
  expect(story.work.map(({ reason }) => reason)).toEqual(['resolved']);
});
