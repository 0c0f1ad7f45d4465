import { expect, test } from 'vitest';
import { onBothBackends } from '../support/backends.ts';
import { expectInvariants } from '../support/invariants.ts';
import { eventually, LADDER } from '../support/story.ts';

const SECONDS = LADDER.replace('acknowledge: 5m', 'acknowledge: 2s');

onBothBackends('the queue', (begin) => {
  test('wakes a timer to the moment when the sweep is far away', async () => {
    const story = await begin({ config: SECONDS, speed: 1, sweepEveryMs: 3_600_000 });
    await story.opens('ana', 'sev1 Checkout is down');
    const breach = await eventually(
      () => story.channel().messages.find(({ text }) => text.includes('within 2 s')),
      'the clock runs out',
      6000,
    );
    const opened = await story.sql<{ at: number }[]>`
      select (extract(epoch from opened_at) * 1000)::float8 as at from incident`;
    const after = Number(breach.ts) * 1000 - (opened[0]?.at ?? 0);
    expect(after).toBeGreaterThanOrEqual(2000);
    expect(after).toBeLessThan(3500);
    await story.settle();
    await expectInvariants(story);
  });
});
