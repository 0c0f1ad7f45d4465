import { expect, test } from 'vitest';
import { CREW, LIVE } from '../../src/demo/live-settings.ts';
import { DAY } from '../../src/domain/instant.ts';
import { onCall } from '../../src/domain/schedules/on-call.ts';

const NOW = Date.UTC(2026, 10, 21, 14);

test('Bo is on call in every week, as the tour says, and his schedule is called first', () => {
  const [first] = LIVE.policies.demo?.levels ?? [];
  expect(first?.notify).toEqual([{ type: 'schedule', name: 'platform' }]);
  const { platform } = LIVE.schedules;
  if (platform === undefined) throw new Error('no schedule to try oncall with');
  for (const week of [0, 1, 2, 3, 30]) {
    expect(onCall(platform, [], NOW + week * 7 * DAY).user).toBe('U0BO');
  }
});

test('a drill runs on the seconds of its ladder, and somebody is told when nobody answers', () => {
  expect(LIVE.drillSpeed).toBe(1);
  expect(LIVE.administrators).toEqual([CREW[0].id]);
  expect(CREW[0].name).toBe('ana');
});
