import { describe, expect, test } from 'vitest';
import { brief } from '../../../src/domain/views/brief.ts';
import { settings } from '../../commands/settings.ts';
import { wordsOf } from '../../handle/desk.ts';
import { clock, entry, incident, record } from './given.ts';

describe('since you left', () => {
  const LATE = 'U012LATE';
  const entries = [
    entry(1),
    entry(2, { author: LATE }),
    entry(3),
    entry(4, { struck: { by: 'U012ANA', at: clock(12, 47), reason: 'twice' } }),
    entry(5, { at: clock(12, 30), recordedAt: clock(12, 46) }),
    entry(6, { detail: { type: 'cause', n: 1, role: 'root' }, text: 'a lock', at: null }),
  ];
  const since = (
    last: { at: number; corrected: readonly number[] } | null,
    given = entries,
    more = {},
    reader = LATE,
  ) =>
    wordsOf(brief(record({ entries: given, incident: incident(more) }), reader, settings, { last }))
      .split('\n')
      .filter((_, n, all) =>
        all.slice(0, n + 1).some((one) => /Since you left|^Nothing has/.test(one)),
      )
      .slice(0, -1);

  test('is what others recorded since the reader last did something, in the order in which they did', () => {
    expect(since({ at: clock(12, 42), corrected: [] })).toEqual([
      'Since you left: 3 changes after what you did last, 10/04/2024, 12:42',
      '- 10/04/2024, 12:43 Event 3 #3',
      '- 10/04/2024, 12:30 Event 5 #5',
      '- a lock #6',
    ]);
  });

  test('is also what is not any more as the reader knew it', () => {
    expect(since({ at: clock(12, 44) + 30_000, corrected: [1, 2, 4] })).toEqual([
      'Since you left: 5 changes after what you did last, 10/04/2024, 12:44',
      '- 10/04/2024, 12:30 Event 5 #5',
      '- a lock #6',
      '- 10/04/2024, 12:41 Changed: Event 1 #1',
      '- 10/04/2024, 12:42 Changed: Event 2 #2',
      '- 10/04/2024, 12:44 Struck: Event 4 #4 (twice)',
    ]);
  });

  test('counts by what was done, not by what was written: who only acknowledged is told as well', () => {
    const [first] = since({ at: clock(12, 43), corrected: [] }, entries, {}, 'U012ACK');
    expect(first).toContain('3 changes after what you did last, 10/04/2024, 12:43');
  });

  test('is nothing for who never did anything here, and says so to who missed nothing', () => {
    expect(since(null)).toEqual([]);
    expect(since({ at: clock(12, 49), corrected: [] })).toEqual([
      'Nothing has changed since you last did something here, 10/04/2024, 12:49.',
    ]);
  });

  test('shows the newest of very many, and where the others are', () => {
    const many = Array.from({ length: 30 }, (_, n) => entry(n + 1));
    const lines = since({ at: clock(12, 40), corrected: [] }, many);
    expect(lines[0]).toContain('30 changes');
    expect(lines[1]).toContain('Event 21 #21');
    expect(lines.at(-1)).toBe('20 more are in the timeline.');
  });

  test.each(['investigating', 'monitoring', 'resolved', 'cancelled'] as const)(
    'is told of one that is %s, private or a drill',
    (status) => {
      for (const more of [{ status }, { status, private: true }, { status, drill: true }])
        expect(since({ at: clock(12, 42), corrected: [] }, entries, more)[0]).toContain(
          '3 changes',
        );
    },
  );
});
