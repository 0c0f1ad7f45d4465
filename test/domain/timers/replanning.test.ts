import { expect, test } from 'vitest';
import { HOUR, MINUTE } from '../../../src/domain/instant.ts';
import { addBusinessDays } from '../../../src/domain/timers/index.ts';
import { declared } from '../../support/clockwork.ts';
import { START } from '../../support/ladder.ts';

const ACK = { type: 'ack', when: null } as const;
const severity = (to: string, reason: string | null = null) =>
  ({ type: 'severity', to, reason }) as const;

test('a severity upgrade starts acknowledge, update and the policy anew, and pulls mitigate and resolve in', () => {
  const story = declared('sev2');
  story.does(ACK);
  story.passes(30 * MINUTE);
  const said = story.does(severity('sev1'));
  expect(story.incident.acknowledgedBy).toBeNull();
  expect(story.running).toContain('acknowledge');
  expect(story.running).toContain('policy');
  expect(story.timer('acknowledge')?.basis).toBe(START + 30 * MINUTE);
  expect(story.timer('update')?.basis).toBe(START + 30 * MINUTE);
  // Counted from the declaration: an hour, of which half is gone.
  const mitigate = story.timer('mitigate');
  expect((mitigate?.basis ?? 0) + (mitigate?.span ?? 0)).toBe(START + HOUR);
  expect(said).toContain('mitigate by 15:00, in 30 min instead of 16:00.');
  expect(said).toContain('acknowledge starts anew: 5 min');
});

test('a change of severity tells what became of every clock, and who is pinged next', () => {
  const story = declared('sev2');
  story.passes(MINUTE);
  story.does({ type: 'snooze', timer: 'mitigate', ms: 30 * MINUTE, reason: 'vendor' });
  story.does({ type: 'snooze', timer: 'update', ms: 20 * MINUTE, reason: 'vendor' });
  const said = story.does(severity('sev1')).split('\n');
  expect(said).toEqual([
    'INC-42 is now sev1, was sev2.',
    'acknowledge starts anew: 5 min, by 14:06.',
    'take command starts anew: 10 min, by 14:11.',
    'status update starts anew: 15 min, by 14:16. Its snooze of 20 min is forgotten.',
    'mitigate by 15:30, in 1 h 29 min instead of 16:30, put off by 30 min.',
    'resolve by 18:00, in 3 h 59 min instead of 22:00.',
    'escalation starts anew. Pinged now: @UONE, #inc-42-checkout-is-down.',
    '[Undo]',
  ]);
});

test('a downgrade tells that the escalation goes on, and where', () => {
  const story = declared('sev1');
  story.passes(MINUTE);
  const said = story.does(severity('sev2', 'one region'));
  expect(said).toContain('escalation goes on as it was. Next: @SSRE at 14:05, in 4 min.');
  expect(said).toContain('acknowledge by 14:10, in 9 min instead of 14:05.');
});

test('the first acknowledgement stays the milestone when somebody acknowledges anew after an upgrade', () => {
  const story = declared('sev2');
  story.does(ACK, 'UANA');
  story.passes(30 * MINUTE);
  story.does(severity('sev1'));
  story.does(ACK, 'UBOB');
  const acknowledged = story.incident.milestones.filter(({ name }) => name === 'acknowledged');
  expect(acknowledged.map(({ at }) => at)).toEqual([START]);
  expect(story.running).not.toContain('policy');
});

test('after an upgrade mitigate is never due sooner than its warning span from now', () => {
  const story = declared('sev2');
  story.does(ACK);
  story.passes(100 * MINUTE);
  story.does(severity('sev1'));
  const mitigate = story.timer('mitigate');
  expect((mitigate?.basis ?? 0) + (mitigate?.span ?? 0)).toBe(START + 112 * MINUTE);
});

test('a downgrade re-plans and forgets no acknowledgement', () => {
  const story = declared('sev1');
  story.does(ACK);
  story.passes(10 * MINUTE);
  story.does(severity('sev3', 'only exports'));
  expect(story.incident.acknowledgedBy).toBe('UANA');
  expect(story.running).not.toContain('acknowledge');
  expect(story.timer('mitigate')?.span).toBe(4 * HOUR);
  expect(story.timer('mitigate')?.basis).toBe(START);
});

test('an update resets the update timer, and its next one is counted from it', () => {
  const story = declared();
  story.passes(10 * MINUTE);
  const said = story.does({ type: 'update', text: 'rolling back' });
  expect(story.timer('update')).toMatchObject({
    basis: START + 10 * MINUTE,
    span: 30 * MINUTE,
    step: 0,
  });
  expect(said).toContain('Next update by 14:40, in 30 min.');
});

test('a timer that nothing changed keeps its generation', () => {
  const story = declared();
  const gen = story.timer('resolve')?.gen;
  story.does(ACK);
  story.does({ type: 'update', text: 'looking' });
  expect(story.timer('resolve')?.gen).toBe(gen);
});

test('a taken-back acknowledgement lets the escalation go on where it was, and the missed level is pinged', () => {
  const story = declared();
  story.passes(MINUTE);
  story.does(ACK);
  const ack = story.entries.findLast(({ detail }) => detail?.type === 'acknowledged');
  story.passes(6 * MINUTE);
  const before = story.pings.length;
  story.does({ type: 'strike', entry: ack?.no ?? 0, reason: null });
  story.passes(0);
  const policy = story.pings.slice(before).filter(({ ping }) => ping.timer === 'policy');
  expect(policy.map(({ to }) => to)).toEqual(['@SSRE', 'incident']);
  // It was stopped by a person, not by an outage.
  expect(policy[0]?.ping.lateMs).toBe(0);
});

test('a level that was pinged is not pinged again when an acknowledgement is taken back at once', () => {
  const story = declared();
  story.passes(MINUTE);
  story.does(ACK);
  const before = story.pings.length;
  story.does({ type: 'undo' });
  story.passes(MINUTE);
  expect(story.pings.length).toBe(before);
  expect(story.running).toContain('policy');
});

test.each([
  ['a Friday, over the weekend', '2026-03-06T16:00:00Z', 1, 'UTC', '2026-03-09T16:00:00Z'],
  ['a Saturday counts from Monday', '2026-03-07T10:00:00Z', 3, 'UTC', '2026-03-11T10:00:00Z'],
  [
    'the same clock across a change of clocks',
    '2026-03-27T15:00:00Z',
    1,
    'Europe/Amsterdam',
    '2026-03-30T14:00:00Z',
  ],
  ['no days', '2026-03-07T10:00:00Z', 0, 'UTC', '2026-03-07T10:00:00Z'],
])('working days: %s', (_name, from, days, zone, expected) => {
  const due = addBusinessDays(Date.parse(from), days, zone);
  expect(new Date(due).toISOString()).toBe(new Date(expected).toISOString());
});
