import { describe, expect, test } from 'vitest';
import { HOUR, MINUTE } from '../../../src/domain/instant.ts';
import { endOfHours } from '../../../src/domain/schedules/hours.ts';
import type { Hours } from '../../../src/domain/schedules/schedule.ts';
import type { Settings } from '../../../src/domain/settings.ts';
import { planTimers } from '../../../src/domain/timers/index.ts';
import { afterQuiet } from '../../../src/domain/timers/quiet.ts';
import type { Status } from '../../../src/domain/words.ts';
import { declared } from '../../support/clockwork.ts';
import { SETTINGS, START } from '../../support/ladder.ts';

const ACK = { type: 'ack', when: null } as const;
const minutes = (at: number): number => (at - START) / MINUTE;
const status = (to: Status) => ({ type: 'status', to, when: null, text: null }) as const;
const severity = (to: string) => ({ type: 'severity', to, reason: 'because' }) as const;

type Story = ReturnType<typeof declared>;

const dueOf = (story: Story, timer: 'mitigate' | 'resolve' | 'update') => {
  const row = story.timer(timer);
  return row?.state === 'pending' ? minutes(row.basis + row.span + row.delay) : null;
};

describe('where a severity pauses while it is being monitored', () => {
  const pausing: Settings = {
    ...SETTINGS,
    severities: SETTINGS.severities.map((one) =>
      one.name === 'sev3' ? one : { ...one, pausesWhileMonitoring: true },
    ),
  };

  test('update, mitigate and resolve stand still, and go on with what was left of them', () => {
    const story = declared('sev1', pausing);
    story.does(ACK);
    story.passes(5 * MINUTE);
    const said = story.does(status('monitoring'));
    expect(said).toContain('Paused while it is being monitored: status update, mitigate, resolve.');
    expect(story.running).toEqual(['commander']);
    story.passes(4 * HOUR);
    expect(
      story.pings.filter(({ ping }) => ping.timer !== 'policy' && ping.timer !== 'commander'),
    ).toEqual([]);
    const after = story.does(status('identified'));
    expect(after).toContain('Going on after 4 h: ');
    expect(after).toContain('mitigate by 19:00, in 55 min');
    expect(dueOf(story, 'mitigate')).toBe(60 + 240);
    expect(dueOf(story, 'resolve')).toBe(240 + 240);
  });

  test('the next update counts from when it goes on, with its warning', () => {
    const story = declared('sev1', pausing);
    story.does(ACK);
    story.passes(14 * MINUTE);
    story.does(status('monitoring'));
    story.passes(HOUR);
    story.does(status('investigating'));
    expect(story.timer('update')).toMatchObject({
      step: 0,
      basis: START + 74 * MINUTE,
      dueAt: START + 86 * MINUTE,
    });
    story.does({ type: 'snooze', timer: 'update', ms: 10 * MINUTE, reason: 'vendor' });
    expect(story.timer('update')?.dueAt).toBe(START + 96 * MINUTE);
  });

  test('monitoring it again adds up, and a snooze is added to the pause', () => {
    const story = declared('sev1', pausing);
    story.does(ACK);
    story.does({ type: 'snooze', timer: 'mitigate', ms: 10 * MINUTE, reason: 'vendor' });
    for (const to of ['monitoring', 'identified', 'monitoring', 'identified'] as const) {
      story.does(status(to));
      story.passes(20 * MINUTE);
    }
    expect(dueOf(story, 'mitigate')).toBe(60 + 10 + 40);
  });

  test('a severity that does not pause lets them go on, and says so clock by clock', () => {
    const story = declared('sev1', pausing);
    story.does(ACK);
    story.does(status('monitoring'));
    story.passes(30 * MINUTE);
    const said = story.does(severity('sev3'));
    expect(story.incident.pausedAt).toBeNull();
    expect(said).toContain('mitigate by 18:30');
    expect(said).toContain('put off by 30 min');
    const back = story.does(severity('sev1'));
    expect(back).toContain('mitigate stands still while it is being monitored.');
  });

  test('resolving ends the pause, and reopening begins without it', () => {
    const story = declared('sev1', pausing);
    story.does(ACK);
    story.does(status('monitoring'));
    story.passes(30 * MINUTE);
    story.does({ type: 'resolve', when: null, text: null, confirmed: false });
    expect(story.incident.pausedAt).toBeNull();
    story.does({ type: 'reopen', when: null, reason: null });
    expect(dueOf(story, 'mitigate')).toBe(30 + 60);
  });

  test('elsewhere monitoring changes nothing', () => {
    const story = declared('sev3', pausing);
    const before = story.running;
    expect(story.does(status('monitoring'))).not.toContain('Paused');
    expect(story.running).toEqual(before);
  });
});

describe('in the quiet hours', () => {
  const night: Hours = { days: [1, 2, 3, 4, 5, 6, 7], from: 14 * 60 + 20, to: 7 * 60 };
  const quiet: Settings = {
    ...SETTINGS,
    quietHours: { zone: 'UTC', hours: [night], below: 'sev1' },
  };

  test('a less severe incident calls nobody: what would be due comes at their end, and is told so', () => {
    const story = declared('sev2', quiet);
    story.passes(19 * MINUTE);
    const said = story.does({ type: 'status', to: 'identified', when: null, text: null });
    expect(said).toContain('identified');
    story.passes(10 * HOUR);
    expect(story.pings.filter(({ at }) => minutes(at) >= 20)).toEqual([]);
    expect(story.timer('policy')?.dueAt).toBe(START + 17 * HOUR);
    story.passes(7 * HOUR);
    const morning = story.pings.filter(({ at }) => minutes(at) >= 20);
    expect(new Set(morning.map(({ at }) => minutes(at)))).toEqual(new Set([17 * 60]));
    // It is not late: it was to come then.
    expect(morning.every(({ ping }) => ping.lateMs === 0)).toBe(true);
  });

  test('the levels of a policy keep their distance when the quiet hours are over', () => {
    const evening = { ...night, from: 13 * 60 };
    const settings = { ...quiet, quietHours: { zone: 'UTC', hours: [evening], below: 'sev1' } };
    const story = declared('sev2', settings);
    story.passes(17 * HOUR + 30 * MINUTE);
    const levels = story.pings.filter(
      ({ ping, to }) => ping.timer === 'policy' && to !== 'channel',
    );
    const called = [...new Set(levels.map(({ at }) => minutes(at)))];
    // Two levels, five minutes apart, twice, and then it is exhausted.
    expect(called).toEqual([0, 5, 10, 15, 20].map((minute) => 17 * 60 + minute));
  });

  test('replies tell the time at which it really comes', () => {
    const story = declared('sev2', quiet);
    const snooze = { type: 'snooze', timer: 'acknowledge', reason: 'vendor' } as const;
    // Ten minutes past two, in time; put off, it would be in the quiet hours.
    expect(story.does({ ...snooze, ms: 15 * MINUTE })).toContain(
      'acknowledge by 07:00, in 17 h, instead of 14:10.',
    );
    expect(story.does({ ...snooze, ms: HOUR })).toContain(
      'acknowledge stays by 07:00, in 17 h, when the quiet hours end.',
    );
  });

  test('the severity that is never quiet calls as always', () => {
    const story = declared('sev1', quiet);
    story.passes(30 * MINUTE);
    expect(story.pings.some(({ at }) => minutes(at) >= 20)).toBe(true);
  });

  test('paging by hand is never held', () => {
    const story = declared('sev3', quiet);
    story.passes(HOUR);
    const before = story.pings.length;
    story.does({
      type: 'page',
      targets: [{ type: 'user', id: 'U1' }],
      reason: 'now',
      confirmed: false,
    });
    expect(story.pings.length).toBeGreaterThan(before);
  });

  test('an upgrade out of them fires what was held', () => {
    const story = declared('sev2', quiet);
    story.passes(40 * MINUTE);
    story.does(severity('sev1'));
    story.passes(0);
    expect(story.pings.filter(({ at }) => minutes(at) === 40).map(({ to }) => to)).toContain(
      'UONE',
    );
  });

  test('quiet hours that were configured since move what waits, and nothing else', () => {
    const story = declared('sev2');
    const world = { now: story.now, settings: quiet, newId: () => 'new' };
    const moved = planTimers(story.incident, story.timers, world);
    const mitigate = story.timer('mitigate');
    expect(moved).toContainEqual({
      ...mitigate,
      dueAt: START + 17 * HOUR,
      gen: (mitigate?.gen ?? 0) + 1,
    });
    expect(moved.map(({ name }) => name)).not.toContain('acknowledge');
  });

  test('what was reckoned for a day is what would be reckoned for the moment, also as clocks change', () => {
    const hours: Hours[] = [
      { days: [1, 2, 3, 4, 5], from: 22 * 60, to: 7 * 60 },
      { days: [6, 7], from: 0, to: 0 },
    ];
    const zone = 'Europe/Amsterdam';
    const kept = { zone, hours, below: 'sev1' };
    for (let at = Date.UTC(2026, 2, 20); at < Date.UTC(2026, 3, 3); at += 61 * MINUTE) {
      expect(afterQuiet(at, kept)).toBe(endOfHours(hours, zone, at) ?? at);
    }
  });

  test('hours that never end silence nobody', () => {
    const always = { days: [1, 2, 3, 4, 5, 6, 7], from: 0, to: 0 };
    const story = declared('sev2', {
      ...quiet,
      quietHours: { zone: 'UTC', hours: [always], below: 'sev1' },
    });
    story.passes(30 * MINUTE);
    expect(story.pings.length).toBeGreaterThan(0);
  });
});
