import { expect, test } from 'vitest';
import type { Action } from '../../../src/domain/action.ts';
import { HOUR, MINUTE } from '../../../src/domain/instant.ts';
import type { PingingName } from '../../../src/domain/ping.ts';
import type { Timer } from '../../../src/domain/timers/timer.ts';
import { declared, logged } from '../../support/clockwork.ts';
import { START } from '../../support/ladder.ts';
import { lineText } from '../../support/spoken.ts';

const snooze = (timer: PingingName, minutes: number, reason = 'the vendor is late'): Action => ({
  type: 'snooze',
  timer,
  ms: minutes * MINUTE,
  reason,
});
const ACK = { type: 'ack', when: null } as const;
const LEAD = { type: 'role', role: 'lead', user: 'UBOB', note: null } as const;
const minutes = (at: number): number => (at - START) / MINUTE;

type Story = ReturnType<typeof declared>;

const nags = (story: Story, timer: Timer['name'], to = 'UBOB') =>
  story.pings
    .filter(({ ping, to: whom }) => ping.timer === timer && whom === to)
    .map(({ at }) => minutes(at));

test('a snooze puts off every step that is left, says what moves to when and who is next', () => {
  const story = declared();
  story.does(LEAD);
  story.passes(MINUTE);
  const said = story.does(snooze('update', 30));
  expect(said).toContain('Snoozed for 30 min: status update.');
  expect(said).toContain('status update by 14:45, in 44 min, instead of 14:15.');
  expect(said).toContain('Next: @SSRE at 14:05, in 4 min.');
  story.does(ACK);
  story.passes(46 * MINUTE);
  expect(nags(story, 'update')).toEqual([42, 45]);
  expect(story.entries.find(({ detail }) => detail?.type === 'snoozed')).toMatchObject({
    text: 'Snoozed status update for 30 min: the vendor is late',
    author: 'UANA',
  });
});

test('whoever is next comes with the date where it is another day', () => {
  const story = declared();
  story.passes(MINUTE);
  const decided = story.attempt(snooze('policy', 20 * 60));
  if (!decided.ok) throw new Error(decided.refusal.reason);
  const line = JSON.stringify(decided.value.reply.message.blocks);
  expect(line).toContain(
    `{"type":"instant","at":${START + 20 * HOUR + 5 * MINUTE},"style":"full"}`,
  );
});

test('a repetition tells the time that has really passed since the last update', () => {
  const story = declared();
  story.does(LEAD);
  story.passes(76 * MINUTE);
  const why = story.pings
    .filter(({ ping, to }) => ping.timer === 'update' && to === 'UBOB')
    .map(({ ping }) => lineText(ping.why));
  expect(why.slice(1)).toEqual([
    'INC-42 has had no status update for 15 min.',
    'Again: INC-42 has had no status update for 45 min.',
    'Again: INC-42 has had no status update for 1 h 15 min.',
  ]);
});

test('what was acknowledged before is not said to stop now', () => {
  const story = declared();
  story.does(LEAD);
  story.passes(MINUTE);
  story.does(ACK);
  for (const said of [story.does(snooze('update', 30)), story.does({ type: 'escalate' })]) {
    expect(said).not.toContain('stopped');
    expect(said).toContain('Nobody else is pinged by itself: @UANA has acknowledged it.');
  }
});

test('the step that was reached stays reached, and what was breached does not breach again', () => {
  const story = declared();
  story.does(ACK);
  story.does(LEAD);
  story.passes(13 * MINUTE);
  const { gen = 0, step } = story.timer('update') ?? {};
  story.does(snooze('update', 10));
  expect(story.timer('update')).toMatchObject({ step, dueAt: START + 25 * MINUTE });
  expect(story.timer('update')?.gen).toBe(gen + 1);
  story.passes(15 * MINUTE);
  expect(nags(story, 'update')).toEqual([12, 25]);
  story.does(snooze('update', 20));
  story.passes(50 * MINUTE);
  // The nag after the breach: 30 min later, put off by 30 min in all.
  expect(nags(story, 'update')).toEqual([12, 25, 75]);
});

test('snoozing again adds to it, up to a day in all', () => {
  const story = declared();
  story.does(snooze('mitigate', 60));
  story.does(snooze('mitigate', 30));
  expect(story.timer('mitigate')).toMatchObject({ delay: 90 * MINUTE, basis: START });
  expect(story.refused(snooze('mitigate', 23 * 60))).toBe(
    'A timer can be snoozed for 24 h in all, and it is snoozed for 1 h 30 min already.',
  );
  story.does(snooze('mitigate', 22 * 60 + 30));
  expect(story.timer('mitigate')?.delay).toBe(24 * HOUR);
});

test('a clock that starts anew forgets its snooze', () => {
  const story = declared();
  story.does(ACK);
  story.does(snooze('update', 60));
  story.passes(MINUTE);
  story.does({ type: 'update', text: 'rolling back' });
  expect(story.timer('update')).toMatchObject({ delay: 0, basis: START + MINUTE });
});

test('the escalation can be snoozed: the levels that are left come later, the others not again', () => {
  const story = declared();
  story.passes(MINUTE);
  const said = story.does(snooze('policy', 10, 'ana is calling them'));
  expect(said).toContain('Next: @SSRE at 14:15, in 14 min.');
  story.passes(20 * MINUTE);
  const walk = story.pings
    .filter(({ ping, to }) => ping.timer === 'policy' && to !== 'incident')
    .map(({ at, to }) => `${minutes(at)} ${to}`);
  expect(walk).toEqual(['0 UONE', '15 @SSRE', '20 UONE']);
});

test('a snooze is taken back with its entry, and put back', () => {
  const story = declared();
  story.does(LEAD);
  story.does(snooze('update', 30));
  const entry = story.entries.findLast(({ detail }) => detail?.type === 'snoozed')?.no ?? 0;
  expect(story.does({ type: 'strike', entry, reason: null })).toContain('due as before');
  expect(story.timer('update')).toMatchObject({ delay: 0, dueAt: START + 12 * MINUTE });
  story.does({ type: 'restore', entry });
  expect(story.timer('update')).toMatchObject({ delay: 30 * MINUTE, dueAt: START + 42 * MINUTE });
});

test('a snooze that is taken back too late lets the missed breach fire at once, and not as late', () => {
  const story = declared();
  story.does(ACK);
  story.does(LEAD);
  story.does(snooze('update', 60));
  story.passes(20 * MINUTE);
  story.does({ type: 'undo' });
  story.passes(0);
  expect(nags(story, 'update')).toEqual([20]);
  expect(story.pings.at(-1)?.ping.lateMs).toBe(0);
});

test('only what runs can be snoozed, and only with a reason', () => {
  const story = declared();
  story.does(ACK);
  expect(story.refused(snooze('policy', 10))).toBe(
    'The escalation timer does not run for INC-42. These run: take command, status update, mitigate, resolve.',
  );
  expect(story.refused(snooze('update', 10, ' '))).toContain('Why?');
  expect(story.refused(snooze('update', 0.5))).toContain('a minute at least');
  story.does({ type: 'resolve', when: null, text: null, confirmed: false });
  expect(story.refused(snooze('postmortem', 10))).toBe(
    'INC-42 is resolved: only an open incident has timers to snooze.',
  );
});

test('a snoozed reminder says so in place; a call to acknowledge keeps its button', () => {
  const story = declared();
  const settled = () =>
    story.notices.flatMap(({ what }) => (what.type === 'settle pings' ? [what.timers] : []));
  story.does(snooze('update', 10));
  story.does(snooze('policy', 10));
  expect(settled()).toEqual([['update']]);
});

test('silence is expected while the next update is snoozed: nobody is asked whether they are there', () => {
  const story = declared();
  story.does(ACK);
  story.does(snooze('update', 120));
  story.passes(2 * HOUR + 20 * MINUTE);
  expect(story.pings.filter(({ ping }) => ping.timer === 'presence')).toEqual([]);
  story.passes(10 * MINUTE);
  expect(story.pings.filter(({ ping }) => ping.timer === 'presence')).toHaveLength(1);
});

test('a line of the timeline leaves every clock as it is', () => {
  const story = declared();
  story.does(ACK);
  story.does(snooze('mitigate', 30));
  const before = story.timers;
  story.passes(MINUTE);
  const decided = story.attempt(logged('looked at the graphs'));
  expect(decided.ok && decided.value.timers).toEqual([]);
  expect(decided.ok && decided.value.notices).toEqual([]);
  expect(story.timers).toEqual(before);
});
