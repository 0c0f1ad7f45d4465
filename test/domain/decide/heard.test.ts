import { expect, test } from 'vitest';
import { decide } from '../../../src/domain/decide/index.ts';
import { MINUTE } from '../../../src/domain/instant.ts';
import { declared, logged } from '../../support/clockwork.ts';
import { SETTINGS, START } from '../../support/ladder.ts';

test('a line that Slack kept is no older sign of life than those that came after it', () => {
  const story = declared();
  story.does({ type: 'ack', when: null });
  story.passes(20 * MINUTE);
  story.does(logged('still on it'));
  const actor = { id: 'UBO', zone: 'UTC' };
  const decided = decide(
    { incident: story.incident, timers: story.timers, entries: [], revisions: [] },
    { action: logged('kept in the outage'), actor, source: 'command', typed: 'log' },
    {
      ...{ now: START + 21 * MINUTE, receivedAt: START + 2 * MINUTE, typedAt: START + 2 * MINUTE },
      ...{ settings: SETTINGS, newId: () => 'timer' },
    },
  );
  if (!decided.ok) throw new Error('refused');
  expect(decided.value.incident.lastSignAt).toBe(START + 20 * MINUTE);
  expect(decided.value.entries[0]?.recordedAt).toBe(START + 2 * MINUTE);
});
