import { expect, test } from 'vitest';
import { MINUTE } from '../../../src/domain/instant.ts';
import { createClockwork, declared, logged } from '../../support/clockwork.ts';
import { SETTINGS, START } from '../../support/ladder.ts';

const ACK = { type: 'ack', when: null } as const;
const resolve = (when: string | null = null, confirmed = false) =>
  ({ type: 'resolve', when, text: null, confirmed }) as const;
const page = (ids: readonly string[], confirmed = false) =>
  ({
    type: 'page',
    targets: ids.map((id) => ({ type: 'user', id }) as const),
    reason: null,
    confirmed,
  }) as const;

test('an acknowledgement says what stopped, what still runs and that nobody is next', () => {
  const story = declared();
  story.passes(MINUTE);
  const said = story.does(ACK);
  expect(said).toContain('Stopped: the acknowledge timer and the escalation.');
  expect(said).toContain('take command by 14:10, in 9 min');
  expect(said).toContain('Nobody else is pinged by it.');
  expect(said.match(/escalation/g)).toHaveLength(2);
  expect(said).toContain('After silence you are asked by 14:31, in 30 min, and 5 min later');
  expect(story.notices.some(({ what }) => what.type === 'settle pings')).toBe(true);
});

test('the second to acknowledge is told who was first, and nothing changes', () => {
  const story = declared();
  story.does(ACK, 'UANA');
  const { incident, entries } = story;
  expect(story.does(ACK, 'UBOB')).toBe('INC-42 is already acknowledged by @UANA at 14:00.');
  expect(story.incident).toBe(incident);
  expect(story.entries).toEqual(entries);
});

test('an acknowledgement for an earlier time sets the milestone there', () => {
  const story = declared();
  story.passes(10 * MINUTE);
  story.does({ type: 'ack', when: '14:03' });
  expect(story.incident.milestones.find(({ name }) => name === 'acknowledged')?.at).toBe(
    START + 3 * MINUTE,
  );
});

test('a downgrade needs a reason, the same severity is said, an unknown one is refused', () => {
  const story = declared();
  expect(story.refused({ type: 'severity', to: 'sev2', reason: null })).toContain('needs a reason');
  expect(story.does({ type: 'severity', to: 'p1', reason: null })).toBe('INC-42 is sev1 already.');
  expect(story.refused({ type: 'severity', to: 'huge', reason: null })).toContain('sev3 (p3)');
});

test.each([
  ['investigating', 'identified', true],
  ['identified', 'monitoring', true],
  ['monitoring', 'investigating', true],
])('status goes from %s to %s', (from, to) => {
  const story = declared();
  if (from !== 'investigating')
    story.does({ type: 'status', to: from as 'identified', when: null, text: null });
  story.does({ type: 'status', to: to as 'identified', when: null, text: null });
  expect(story.incident.status).toBe(to);
});

test('a resolved incident is not moved by status, and refuses an update', () => {
  const story = declared();
  story.does(ACK);
  story.does(resolve());
  expect(story.refused({ type: 'status', to: 'monitoring', when: null, text: null })).toContain(
    'Reopen it first',
  );
  expect(story.refused({ type: 'update', text: 'all good' })).toContain('resolved');
});

test('resolving asks first only when nobody has acknowledged', () => {
  const story = declared();
  const asked = story.attempt(resolve());
  expect(asked).toMatchObject({ ok: true, value: { reply: { outcome: 'asked' } } });
  expect(story.incident.status).toBe('investigating');
  story.does(resolve(null, true));
  expect(story.incident.status).toBe('resolved');
});

test('resolving sets no milestone but its own, writes the draft and offers the way back', () => {
  const story = declared();
  story.does(ACK);
  const said = story.does(resolve());
  expect(story.incident.milestones.map(({ name }) => name).sort()).toEqual([
    'acknowledged',
    'declared',
    'resolved',
  ]);
  expect(story.work).toEqual([{ kind: 'draft', notBefore: START, reason: 'resolved' }]);
  expect(said).toContain('[Undo]');
  expect(said).toContain('All timers but the postmortem’s are stopped.');
  expect(said).toContain('“impact ended” is not recorded.');
});

test('the second to resolve is told so, and nothing changes', () => {
  const story = declared();
  story.does(ACK);
  story.does(resolve());
  const { incident } = story;
  expect(story.does(resolve(), 'UBOB')).toContain('INC-42 is already resolved');
  expect(story.incident).toBe(incident);
});

test('a resolution before the impact started is refused with both times', () => {
  const story = declared();
  story.does(ACK);
  story.does({
    type: 'milestone',
    milestone: 'impact started',
    when: '13:50',
    by: null,
    text: null,
  });
  const reason = story.refused(resolve('13:40'));
  expect(reason).toContain('13:40 UTC');
  expect(reason).toContain('13:50 UTC');
});

test('each round has its own end', () => {
  const story = declared();
  story.does(ACK);
  story.does(resolve());
  story.passes(MINUTE);
  story.does({ type: 'reopen', when: null, reason: null });
  story.passes(MINUTE);
  story.does(resolve(null, true));
  const ends = story.incident.milestones.filter(({ name }) => name === 'resolved');
  expect(ends.map(({ round, at }) => [round, at])).toEqual([
    [0, START],
    [1, START + 2 * MINUTE],
  ]);
});

test('a role has one person; the previous one is named and the new one is briefed privately', () => {
  const story = declared();
  story.does({ type: 'role', role: 'IC', user: 'UBOB', note: null });
  const said = story.does({
    type: 'role',
    role: 'lead',
    user: 'UCAT',
    note: 'rollback is half way',
  });
  expect(story.incident.roles).toEqual({ commander: 'UCAT' });
  expect(said).toContain('@UCAT is commander now, before @UBOB.');
  expect(story.notices.filter(({ what }) => what.type === 'briefing').map(({ to }) => to)).toEqual([
    { type: 'user', id: 'UBOB' },
    { type: 'user', id: 'UCAT' },
  ]);
});

test.each([
  ['three people', page(['U1', 'U2', 'U3']), 'done'],
  ['four people', page(['U1', 'U2', 'U3', 'U4']), 'asked'],
  ['a whole channel', { ...page([]), targets: [{ type: 'channel', id: null }] } as const, 'asked'],
  ['a group', { ...page([]), targets: [{ type: 'usergroup', id: 'S1' }] } as const, 'done'],
])('paging %s is %s', (_name, action, outcome) => {
  const story = declared();
  const decided = story.attempt(action);
  expect(decided).toMatchObject({ ok: true, value: { reply: { outcome } } });
  expect(story.pings.length > 0).toBe(outcome === 'done');
});

test('a paged person gets a direct message, is mentioned in the channel and invited', () => {
  const story = declared();
  story.does(page(['U1']));
  expect(story.pings.map(({ to }) => to)).toEqual(['U1', 'incident']);
  expect(story.notices.at(-1)).toMatchObject({
    what: { type: 'invite', targets: [{ type: 'user', id: 'U1' }] },
  });
});

test('escalating pings the next level now, also after an acknowledgement', () => {
  const story = declared();
  story.passes(MINUTE);
  story.does(ACK);
  const said = story.does({ type: 'escalate' });
  expect(said).toContain('Escalated to level 2. Pinged: @SSRE.');
  expect(said).toContain('Nobody else is pinged by itself: @UANA has acknowledged it.');
  expect(story.pings.map(({ to }) => to)).toContain('@SSRE');
});

test('whoever was called after the acknowledgement says that they come, which stops nothing', () => {
  const story = declared();
  const too = { ...ACK, too: true } as const;
  expect(story.does(too, 'UDEE'), 'nobody has acknowledged it yet').toContain(
    'Acknowledged: INC-42',
  );
  const running = story.running;
  expect(story.does(too, 'UBOB')).toContain('The others are told that you are on it.');
  expect(story.notices.at(-1)).toMatchObject({ to: { type: 'incident' } });
  expect(JSON.stringify(story.notices.at(-1)?.what)).toContain('is on it too');
  expect(story.entries.at(-1)).toMatchObject({ text: 'On it too.', author: 'UBOB' });
  expect(story.running).toEqual(running);
  expect(story.incident.acknowledgedBy).toBe('UDEE');
  expect(story.does(too, 'UDEE'), 'their own').toContain('already acknowledged by @UDEE');
});

test('an entry changes neither card nor topic nor announcement', () => {
  const story = declared();
  const before = story.notices.length;
  story.does(logged('looked at the graphs'));
  expect(story.notices.length).toBe(before);
});

test('a level for whoever declared it reaches them by direct message', () => {
  const platform = {
    name: 'platform',
    repeat: 0,
    repeatAfter: MINUTE,
    levels: [{ after: 0, notify: [{ type: 'declarer' } as const] }],
  };
  const story = createClockwork({ ...SETTINGS, policies: { platform } });
  story.does({ type: 'open', title: 'x', severity: 'sev1', private: false, since: null }, 'UZED');
  story.passes(0);
  expect(story.pings[0]?.to).toBe('UZED');
});

test('when it was acknowledged can be said after the resolution, and only then stops nothing', () => {
  const story = declared();
  story.passes(10 * MINUTE);
  story.does(resolve(null, true));
  const { notices } = story;
  const before = notices.length;
  expect(story.does(ACK)).toContain('nothing is running');
  expect(story.does({ type: 'ack', when: '14:03' })).toContain('14:03');
  const marks = () => story.incident.milestones.filter(({ name }) => name === 'acknowledged');
  expect(marks()).toEqual([expect.objectContaining({ at: START + 3 * MINUTE })]);
  expect(story.incident.acknowledgedBy).toBeNull();
  expect(notices.slice(before).filter(({ what }) => what.type === 'settle pings')).toEqual([]);
  // Said once, it is corrected like any other entry.
  expect(story.does({ type: 'ack', when: '14:05' })).toContain('nothing is running');
  expect(marks()).toHaveLength(1);
});
