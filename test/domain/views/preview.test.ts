import { expect, test } from 'vitest';
import { rehearse } from '../../../src/domain/decide/rehearsal.ts';
import type { World } from '../../../src/domain/decision.ts';
import { HOUR, MINUTE } from '../../../src/domain/instant.ts';
import type { Ping } from '../../../src/domain/ping.ts';
import type { Layer, Schedule } from '../../../src/domain/schedules/schedule.ts';
import type { Settings, Target } from '../../../src/domain/settings.ts';
import { preview, previews } from '../../../src/domain/views/preview.ts';
import { wordsOf } from '../../handle/desk.ts';
import { declared } from '../../support/clockwork.ts';
import { SETTINGS, START } from '../../support/ladder.ts';

const worldOf = (settings: Settings, more: Partial<World> = {}): World => ({
  now: START,
  settings,
  newId: () => '',
  ...more,
});

const LAYER: Layer = {
  members: ['UNIGHT', 'UDAY'],
  turn: { unit: 'hour', count: 12 },
  handoff: { weekday: 1, hour: 2, minute: 0 },
  start: '2026-03-08',
  only: [],
  zone: 'UTC',
};
const ROTA: Schedule = { name: 'platform', zone: 'UTC', layers: [LAYER] };

const withLevels = (
  ...levels: (readonly [minutes: number, targets: readonly Target[]])[]
): Settings => ({
  ...SETTINGS,
  schedules: { platform: ROTA },
  policies: {
    platform: {
      name: 'platform',
      repeat: 0,
      repeatAfter: 5 * MINUTE,
      levels: levels.map(([minutes, notify]) => ({ after: minutes * MINUTE, notify })),
    },
  },
});

/** Clocks that go on after they have run out once. */
const AGAIN = ['update', 'policy'];

const toldOf = (settings: Settings, more: Partial<World> = {}) =>
  wordsOf(preview('sev1', 'UANA', worldOf(settings, more)));

test('what it foretells is what then happens, ping by ping', () => {
  for (const severity of ['sev1', 'sev2', 'sev3']) {
    const foretold = rehearse(severity, 'UANA', worldOf(SETTINGS))?.pings ?? [];
    const story = declared(severity);
    story.passes(20 * HOUR);
    const told = ({ at, ping }: { readonly at: number; readonly ping: Ping }): string =>
      JSON.stringify([at, ping.timer, ping.level, ping.who, ping.stops, ping.next]);
    const happened = story.pings.map(told);
    const lines = foretold.map(told);
    expect(lines.length).toBeGreaterThan(10);
    for (const line of lines) expect(happened).toContain(line);
    // Nothing else happens meanwhile, but for what comes again.
    const last = foretold.at(-1)?.at ?? 0;
    const others = story.pings.filter(
      (one) => one.at <= last && !lines.includes(told(one)) && !AGAIN.includes(one.ping.timer),
    );
    expect(others).toEqual([]);
  }
});

test('it tells clock times, levels with their people, warnings, breaches and the end', () => {
  const said = toldOf(SETTINGS);
  expect(said).toContain('If sev1 were opened now');
  expect(said).toMatch(/14:00.*, at once: level 1: .*UONE/);
  expect(said).toMatch(/14:04.*, after 4 min: acknowledge, warning: .*UANA/);
  expect(said).toMatch(/14:05.*, after 5 min: acknowledge, time is up: its channel/);
  expect(said).toMatch(/14:05.*, after 5 min: level 2: .*SSRE/);
  expect(said).toMatch(/14:10.*, after 10 min: level 1, round 2: .*UONE/);
  expect(said).toMatch(/14:20.*the policy is exhausted, and again every hour: .*UADMIN/);
  expect(said).toContain('You and @UONE are invited to its channel.');
});

test('it says what stops what', () => {
  expect(toldOf(SETTINGS)).toMatch(
    /escalation and acknowledge: Acknowledge, or type \/incident ack/,
  );
});

test('whoever is on call is named as of the moment of each level', () => {
  const target: Target = { type: 'schedule', name: 'platform' };
  const said = toldOf(withLevels([0, [target]], [20, [target]]), { now: START - 10 * MINUTE });
  expect(said).toMatch(/13:50.*level 1: @UNIGHT \(on call in platform\)/);
  expect(said).toMatch(/14:10.*level 2: @UDAY \(on call in platform\)/);
});

test('somebody who stands in is told instead', () => {
  const override = {
    id: 'o1',
    schedule: 'platform',
    user: 'UCY',
    from: START,
    until: START + HOUR,
    by: 'UANA',
    at: START,
  };
  const settings = withLevels([0, [{ type: 'schedule', name: 'platform' }]]);
  expect(toldOf(settings, { overrides: [override] })).toContain('level 1: @UCY');
});

test('it says where somebody would wait in vain', () => {
  const onlyMornings = { ...LAYER, only: [{ days: [1, 2, 3, 4, 5], from: 480, to: 720 }] };
  const settings: Settings = {
    ...withLevels([0, [{ type: 'schedule', name: 'platform' }]], [5, []]),
    schedules: { platform: { ...ROTA, layers: [onlyMornings] } },
    administrators: [],
  };
  const said = toldOf(settings);
  expect(said).toContain('Nobody is on call in platform at');
  expect(said).toContain('/incident oncall platform override @somebody until 18:00');
  expect(said).toContain('Level 2 pings nobody but its channel.');
  expect(said).toContain('No administrators are configured');
  expect(toldOf(SETTINGS)).not.toContain('What is missing');
});

test('in a gap it names whoever is pinged instead, because their turn is next', () => {
  const never = { ...LAYER, only: [{ days: [1], from: 480, to: 720 }] };
  const settings: Settings = {
    ...withLevels([0, [{ type: 'schedule', name: 'platform' }]]),
    schedules: { platform: { ...ROTA, layers: [never] } },
  };
  const said = toldOf(settings);
  expect(said).toMatch(/level 1: @U(NIGHT|DAY) \(next in platform, where nobody is on call\)/);
  expect(said).toContain('and whose turn comes next is pinged instead. To fill it');
});

test('a schedule with a gap is named once, however often it would be asked', () => {
  const never = { ...LAYER, only: [{ days: [1], from: 480, to: 720 }] };
  const target: Target = { type: 'schedule', name: 'platform' };
  const gap = { platform: { ...ROTA, layers: [never] } };
  const twice = toldOf({ ...withLevels([0, [target]], [5, [target]]), schedules: gap });
  expect(twice.match(/Nobody is on call in platform/g)).toHaveLength(1);
  expect(twice).toMatch(/Nobody is on call in platform at \S+ 14:00 and \S+ 14:05\b/);
  const often = toldOf({
    ...withLevels([0, [target]], [5, [target]], [9, [target]]),
    schedules: gap,
  });
  expect(often).toMatch(/at \S+ 14:00 and 2 more times until \S+ 14:09\b/);
});

test('quiet hours move what it tells', () => {
  const quietHours = {
    zone: 'UTC',
    hours: [{ days: [1, 2, 3, 4, 5, 6, 7], from: 13 * 60, to: 15 * 60 }],
    below: 'sev1',
  };
  const world = worldOf({ ...SETTINGS, quietHours });
  expect(wordsOf(preview('sev2', 'UANA', world))).toMatch(
    /15:00, after 1 h, held by quiet hours until then: level 1/,
  );
  // What follows the first step keeps its distance, and nothing holds it.
  expect(wordsOf(preview('sev2', 'UANA', world))).toContain('15:05, after 1 h 5 min: level 2');
  expect(wordsOf(preview('sev2', 'UANA', world))).not.toMatch(/14:\d\d, (?:at once|after)/);
  expect(wordsOf(preview('sev1', 'UANA', world))).toMatch(/14:00.*at once: level 1/);
});

test('without a severity it tells whom each calls first', () => {
  const said = wordsOf(previews('UANA', worldOf(SETTINGS)));
  for (const name of ['sev1', 'sev2', 'sev3']) expect(said).toContain(`Preview ${name}`);
  expect(said).toMatch(/sev1 \(p1\): first .*level 1: @UONE/);
});
