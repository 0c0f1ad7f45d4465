import { expect, test } from 'vitest';
import { MINUTE } from '../../../src/domain/instant.ts';
import { declared, logged } from '../../support/clockwork.ts';
import { SETTINGS, START } from '../../support/ladder.ts';
import { lineText } from '../../support/spoken.ts';

const ACK = { type: 'ack', when: null } as const;
const LEAD = { type: 'role', role: 'lead', user: 'UBOB', note: null } as const;
const minutes = (at: number): number => (at - START) / MINUTE;

type Story = ReturnType<typeof declared>;

const asked = (story: Story) =>
  story.pings
    .filter(({ ping }) => ping.timer === 'presence')
    .map(({ at, to }) => `${minutes(at)} ${to}`);
const levels = (story: Story) =>
  story.pings
    .filter(({ ping, to }) => ping.timer === 'policy' && to !== 'incident')
    .map(({ at, to }) => `${minutes(at)} ${to}`);
const settledFor = (story: Story, timer: string) =>
  story.notices.flatMap(({ what }) =>
    what.type === 'settle pings' && what.timers?.some((one) => one === timer)
      ? [lineText(what.line)]
      : [],
  );

test('after an update interval of silence who acknowledged and the commander are asked in private', () => {
  const story = declared();
  story.does(LEAD, 'UANA');
  story.does(ACK, 'UCAT');
  story.passes(30 * MINUTE);
  expect(asked(story)).toEqual(['30 UCAT', '30 UBOB']);
  const ping = story.pings.find(({ ping: one }) => one.timer === 'presence')?.ping;
  expect(lineText(ping?.why ?? [])).toContain('Nothing was done in it for 30 min.');
  expect(ping?.next).toMatchObject({
    who: [
      { type: 'user', id: 'UONE' },
      { type: 'channel', id: null },
    ],
    at: START + 35 * MINUTE,
  });
});

test('without an answer the acknowledgement is void and the levels are pinged again', () => {
  const story = declared();
  story.passes(MINUTE);
  story.does(ACK, 'UCAT');
  story.passes(45 * MINUTE);
  expect(story.incident).toMatchObject({ acknowledgedBy: null, armedAt: START + 36 * MINUTE });
  expect(levels(story)).toEqual(['0 UONE', '36 UONE', '41 @SSRE', '46 UONE']);
  expect(story.entries.find(({ detail }) => detail?.type === 'decayed')).toMatchObject({
    at: START + 36 * MINUTE,
    text: 'The acknowledgement is void: nothing was heard for 35 min. The escalation starts anew.',
  });
  const told = story.notices.flatMap(({ what }) =>
    what.type === 'message' ? [lineText(what.message.summary)] : [],
  );
  expect(told.at(-1)).toBe(
    'Nothing was heard from @UCAT for 35 min, so the acknowledgement is void and the escalation starts anew.',
  );
  expect(settledFor(story, 'presence').at(-1)).toContain('No answer');
});

test('whoever acknowledges anew stops it again, and the first acknowledgement stays the milestone', () => {
  const story = declared();
  story.does(ACK, 'UCAT');
  story.passes(36 * MINUTE);
  expect(story.does(ACK, 'UBOB')).toContain('Acknowledged: INC-42');
  expect(story.incident.acknowledgedBy).toBe('UBOB');
  const marks = story.incident.milestones.filter(({ name }) => name === 'acknowledged');
  expect(marks.map(({ at }) => at)).toEqual([START]);
  const before = levels(story).length;
  story.passes(29 * MINUTE);
  expect(levels(story)).toHaveLength(before);
});

test('any change by a person is a sign of life, and costs the clock no row', () => {
  const story = declared();
  story.does(ACK);
  for (let n = 0; n < 8; n += 1) {
    story.passes(20 * MINUTE);
    const decided = story.attempt(logged('still looking'), 'UDAN');
    expect(decided.ok && decided.value.timers).toEqual([]);
  }
  expect(asked(story)).toEqual([]);
  expect(story.incident.acknowledgedBy).toBe('UANA');
  story.passes(30 * MINUTE);
  expect(asked(story)).toEqual(['190 UANA']);
});

test('an answer within the grace keeps the acknowledgement, and the question says so in place', () => {
  const story = declared();
  story.does(ACK);
  story.passes(33 * MINUTE);
  story.does(logged('waiting for the restore'), 'UBOB');
  expect(settledFor(story, 'presence').at(-1)).toContain('the acknowledgement stands');
  story.passes(20 * MINUTE);
  expect(story.incident.acknowledgedBy).toBe('UANA');
  story.does(logged('another line'), 'UBOB');
  expect(settledFor(story, 'presence')).toHaveLength(2);
});

test('acknowledging again says that it was noted, and until when it counts', () => {
  const story = declared();
  story.does(ACK);
  story.passes(31 * MINUTE);
  const said = story.does(ACK);
  expect(said).toContain('Noted that you are still on it: you acknowledged INC-42 at 14:00.');
  expect(said).toContain('you are asked by 15:01, in 30 min');
  expect(said).toContain('Log something or post an update');
  expect(said).toContain('looking things up does not');
  expect(story.does(LEAD, 'UBOB')).toContain('@UBOB is commander');
  expect(story.does(ACK, 'UBOB')).toBe('INC-42 is already acknowledged by @UANA at 14:00.');
  story.passes(MINUTE);
  expect(story.does(ACK, 'UBOB')).toContain('Noted that you are still on it: @UANA acknowledged');
});

test('after an outage it is asked first, and there is the whole time to answer', () => {
  const story = declared();
  story.does(ACK);
  story.isDownFor(50 * MINUTE);
  expect(asked(story)).toEqual(['50 UANA']);
  expect(story.incident.acknowledgedBy).toBe('UANA');
  story.passes(4 * MINUTE);
  expect(story.incident.acknowledgedBy).toBe('UANA');
  story.passes(MINUTE);
  expect(story.incident.acknowledgedBy).toBeNull();
});

test('a severity without an update interval asks nobody', () => {
  const [sev1, ...others] = SETTINGS.severities;
  if (sev1 === undefined) throw new Error('no sev1');
  const quiet = { ...sev1, sla: { ...sev1.sla, updateEvery: null } };
  const story = declared('sev1', { ...SETTINGS, severities: [quiet, ...others] });
  story.does(ACK);
  story.passes(300 * MINUTE);
  expect(asked(story)).toEqual([]);
  expect(story.incident.acknowledgedBy).toBe('UANA');
});

test('a firing that only looked again says nothing, and leaves the card as it is', () => {
  const story = declared();
  story.does(ACK);
  story.passes(10 * MINUTE);
  story.does({ type: 'update', text: 'looking' });
  story.passes(19 * MINUTE);
  const before = story.notices.length;
  story.passes(MINUTE);
  expect(story.notices.length).toBe(before);
  expect(story.timer('presence')?.dueAt).toBe(START + 40 * MINUTE);
});
