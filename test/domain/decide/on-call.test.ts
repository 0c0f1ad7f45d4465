import { describe, expect, test } from 'vitest';
import { arrange, type OnCallAction } from '../../../src/domain/decide/on-call.ts';
import { DAY, HOUR } from '../../../src/domain/instant.ts';
import type { Override } from '../../../src/domain/schedules/schedule.ts';
import { settings } from '../../commands/settings.ts';
import { wordsOf } from '../../handle/desk.ts';
import { AMSTERDAM, made, NOW, platform } from '../../support/rota.ts';
import { spoken } from '../../support/spoken.ts';

const configured = { ...settings, schedules: { platform } };

function asked(
  action: OnCallAction,
  overrides: readonly Override[] = [],
  zone: string | null = AMSTERDAM,
) {
  return arrange(action, {
    now: NOW,
    settings: configured,
    actor: { id: 'UANA', zone },
    overrides,
    newId: () => 'abcdef01-0000-4000-8000-000000000002',
  });
}

function done(...given: Parameters<typeof asked>) {
  const decided = asked(...given);
  if (!decided.ok) throw new Error(decided.refusal.reason);
  const told = decided.value.notices.flatMap(({ to, what }) =>
    what.type === 'message' && to.type === 'user' ? [`${to.id}: ${spoken(what.message)}`] : [],
  );
  return { ...decided.value, said: wordsOf(decided.value.reply.message), told };
}

const until = (
  end: string,
  more: { readonly from?: string | null; readonly user?: string } = {},
): OnCallAction => ({
  type: 'override',
  schedule: 'platform',
  user: 'U9',
  named: '@bo',
  from: null,
  until: end,
  ...more,
});

describe('an override', () => {
  test('runs from now until the next such moment, with both ends echoed', () => {
    const { overrides, said } = done(until('18:00'));
    expect(overrides).toMatchObject([
      { user: 'U9', from: NOW, until: Date.UTC(2026, 0, 7, 17), by: 'UANA', at: NOW },
    ]);
    expect(said).toContain('@U9 is on call in platform, instead of @U1.');
    expect(said).toContain('From 12:50 UTC · 13:50 CET');
    expect(said).toContain('until 17:00 UTC · 18:00 CET · in 4 h 10 min');
    expect(said).toContain('[End it: oncall platform end abcdef01]');
  });

  test('may begin later, and its end counts from there', () => {
    const [one] = done(until('06:00', { from: '22:00' })).overrides;
    expect(one).toMatchObject({
      from: Date.UTC(2026, 0, 7, 21),
      until: Date.UTC(2026, 0, 8, 5),
    });
    const [day] = done(until('18:00', { from: 'Friday' })).overrides;
    expect(day?.from).toBe(Date.UTC(2026, 0, 8, 23));
    const [length] = done(until('2 hours', { from: '22:00' })).overrides;
    expect(length?.until).toBe(Date.UTC(2026, 0, 7, 23));
    const { said } = done(until('06:00', { from: '22:00' }));
    expect(said).toContain('@U9 will be on call in platform, instead of @U1.');
  });

  test('is right across the night in which the clocks change', () => {
    const night = until('2026-03-29 09:00', { from: '2026-03-28 22:00' });
    const [one] = done(night).overrides;
    expect((one?.until ?? 0) - (one?.from ?? 0)).toBe(10 * HOUR);
  });

  test('is told to whoever stands in and to everybody they stand in for', () => {
    const { told } = done(until('Tuesday 12:00'));
    expect(told.map((line) => line.split(' from')[0])).toEqual([
      'U9: You are on call in platform',
      'U1: @U9 stands in for you in platform',
      'U2: @U9 stands in for you in platform',
    ]);
    expect(told[0]).toContain('Arranged by @UANA.');
    // Whoever asked has the reply.
    const own = until('18:00', { user: 'UANA' });
    expect(done(own).told.map((line) => line.slice(0, 2))).toEqual(['U1']);
  });

  test('that begins later is told as what will be', () => {
    const { told } = done(until('Friday 12:00', { from: 'Friday 08:00' }));
    expect(told.map((line) => line.split(' from')[0])).toEqual([
      'U9: You will be on call in platform',
      'U1: @U9 will stand in for you in platform',
    ]);
  });

  test('of two the one made later counts, whatever clock its transaction carries', () => {
    const earlier = made({ at: NOW + 10 });
    expect(done(until('18:00', { user: 'U8' }), [earlier]).overrides[0]?.at).toBe(NOW + 11);
  });

  test('of somebody who is on call then anyway changes nothing', () => {
    const { overrides, said, told } = done(until('18:00', { user: 'U1' }));
    expect({ overrides, told }).toEqual({ overrides: [], told: [] });
    expect(said).toContain('on call in platform then anyway');
  });

  test('without a zone in the profile is read in the schedule’s, and says so', () => {
    const { overrides, said } = done(until('18:00'), [], null);
    expect(overrides[0]?.until).toBe(Date.UTC(2026, 0, 7, 17));
    expect(said).toContain('read in the schedule’s: Europe/Amsterdam');
  });

  test.each([
    ['2026-03-01 09:00', null, 'at most 31 days', 'until 18:00'],
    ['2028-01-02', '2028-01-01', 'more than a year ahead', 'from tomorrow until tomorrow 18:00'],
    ['yesterday', null, 'past', 'until tomorrow'],
    ['last Friday', '22:00', 'past', 'from 22:00 until Friday'],
    ['soon', null, 'deadline', 'until Friday'],
    ['18:00', 'some day', 'deadline', 'from tomorrow until 18:00'],
  ])('until %s from %s is refused with a line that works', (end, from, reason, corrected) => {
    const decided = asked(until(end, { from }));
    if (decided.ok) throw new Error('accepted');
    expect(decided.refusal.reason).toContain(reason);
    expect(decided.refusal.example).toBe(`oncall platform override @bo ${corrected}`);
    const [, , begin = null, stop = ''] = /(from (.+) )?until (.+)$/.exec(corrected) ?? [];
    expect(asked(until(stop, { from: begin }))).toMatchObject({ ok: true });
  });
});

describe('ending an override', () => {
  const ending = (override: string | null = null): OnCallAction => ({
    type: 'end',
    schedule: 'platform',
    override,
  });

  test('gives the hours back, tells both, and offers the way back', () => {
    const { overrides, said, told } = done(ending(), [made({})]);
    expect(overrides).toMatchObject([{ id: made({}).id, until: NOW }]);
    expect(said).toContain('On call now: @U1 until');
    expect(said).toContain('[Undo: oncall platform override <@U9> until 2026-01-07 17:50 UTC]');
    expect(told.map((line) => line.split(' from')[0]?.split(' until')[0])).toEqual([
      'U9: You are no longer on call in platform',
      'U1: You are on call in platform again',
      'UBOSS: The override of @U9 in platform',
    ]);
  });

  test('of several of the same person says what is left, and that they are still on call', () => {
    const other = made({ id: 'b', from: NOW, until: NOW + DAY, at: NOW - 2 * HOUR });
    const later = made({ id: 'c', from: NOW + 2 * DAY, until: NOW + 3 * DAY, at: NOW });
    const foreign = made({ id: 'd', schedule: 'night' });
    const { said, told } = done(ending('1a2b'), [made({}), other, later, foreign]);
    expect(said).toContain('platform: one override of @U9 is over.');
    expect(said).toContain('On call now: @U9 until 08/01/2026, 12:50.');
    const left =
      'Still arranged: from 07/01/2026, 12:50 until 08/01/2026, 12:50; from 09/01/2026, 12:50 until 10/01/2026, 12:50.';
    expect(said).toContain(left);
    expect(told).toEqual([
      expect.stringMatching(/^U9: Your override from 11:50 until 17:50 is over. You are still on/),
      expect.stringContaining('from 11:50 until 17:50 is over. Ended by @UANA.'),
    ]);
    expect(told[0]).toContain(
      'You are still on call in platform until 12:50. Ended by @UANA. Still',
    );
    const gone = done(ending('1a2b'), [made({}), later]);
    expect(gone.told[0]).toMatch(/^U9: You are no longer on call .* Still arranged: from 12:50/);
    expect(done(ending(), [made({})]).said).not.toContain('Still arranged');
    expect(done(ending(), [made({})]).said).toContain('platform: @U9 no longer stands in.');
  });

  test('before it begins leaves nothing of it, and nobody takes over', () => {
    const later = made({ from: NOW + HOUR });
    const { overrides, told } = done(ending(), [later]);
    expect(overrides).toMatchObject([{ until: later.from }]);
    expect(told.map((line) => line.split(' from')[0])).toEqual([
      'U9: You will not be on call in platform',
      'U1: The override of @U9 in platform',
      'UBOSS: The override of @U9 in platform',
    ]);
    for (const line of told) expect(line).toContain('Ended by @UANA.');
  });

  test('says who ended it, in the answer too', () => {
    expect(done(ending(), [made({})]).said).toContain('no longer stands in. Ended by @UANA.');
  });

  test('names the one that holds now, or the one whose id is given', () => {
    const later = made({ id: 'ffff0000-1', from: NOW + DAY, until: NOW + 2 * DAY, at: NOW });
    expect(done(ending(), [later, made({})]).overrides[0]?.id).toBe(made({}).id);
    expect(done(ending('FFFF0000'), [later, made({})]).overrides[0]?.id).toBe('ffff0000-1');
  });

  test.each([
    [null, [], 'Nobody stands in'],
    ['00000000', [made({})], 'That override is over.'],
    [
      null,
      [
        made({ id: 'a', from: NOW + HOUR }),
        made({ id: 'b', from: NOW + DAY, until: NOW + 2 * DAY }),
      ],
      'several will',
    ],
  ] as const)('%s among %j is refused', (id, overrides, reason) => {
    const decided = asked(ending(id), overrides);
    expect(decided).toMatchObject({
      refusal: { reason: expect.stringContaining(reason), example: 'oncall platform' },
    });
  });
});
