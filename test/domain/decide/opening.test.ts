import { expect, test } from 'vitest';
import { open } from '../../../src/domain/decide/index.ts';
import { channelNameOf, titleOf } from '../../../src/domain/decide/naming.ts';
import { MINUTE } from '../../../src/domain/instant.ts';
import { createClockwork, declared } from '../../support/clockwork.ts';
import { SETTINGS, START } from '../../support/ladder.ts';
import { spoken } from '../../support/spoken.ts';

test.each([
  ['Checkout is down', 'inc-42-checkout-is-down'],
  ['Größe: naïve Øre & Łódź', 'inc-42-grosse-naive-ore-lodz'],
  ["can't log in", 'inc-42-cant-log-in'],
  ['数据库', 'inc-42'],
  ['🔥🔥', 'inc-42'],
  ['--- 500s! ---', 'inc-42-500s'],
  ['a'.repeat(100), `inc-42-${'a'.repeat(73)}`],
  [`${'payments '.repeat(12)}`, `inc-42-${Array(8).fill('payments').join('-')}`],
])('the channel for "%s" is %s', (title, name) => {
  expect(channelNameOf({ number: 42, drill: false }, title)).toBe(name);
  expect(name.length).toBeLessThanOrEqual(80);
});

test.each([
  ['  Checkout\n is\tdown ', 'Checkout is down'],
  ['e\u0301tat', '\u00e9tat'],
  ['safe\u202egnp.exe', 'safegnp.exe'],
  ['nul\u0000 and half \ud800', 'nul and half'],
  ['family 👨\u200d👩\u200d👧', 'family 👨\u200d👩\u200d👧'],
])('the title %j is kept as %j', (typed, title) => {
  expect(titleOf(typed)).toEqual({ title, cut: false });
});

test('the reply names its channel and whoever opened it, and no other channel is called this one', () => {
  const notify = [{ type: 'channel', id: null } as const, { type: 'declarer' } as const];
  const platform = { name: 'platform', repeat: 0, repeatAfter: 0, levels: [{ after: 0, notify }] };
  const story = createClockwork({ ...SETTINGS, policies: { platform } });
  const opening = {
    type: 'open',
    title: 'x',
    severity: 'sev1',
    private: false,
    since: null,
  } as const;
  expect(story.does(opening)).toContain('Pinged now: #inc-42-x, you.');
  expect(story.does({ type: 'escalate' })).toContain('Pinged: #inc-42-x, @UANA.');
});

test('a title is cut at 200 characters as people count them, and that is said', () => {
  const story = createClockwork();
  const title = '👨‍👩‍👧'.repeat(201);
  const said = story.does({ type: 'open', title, severity: 'sev1', private: false, since: null });
  expect(story.incident.title).toBe('👨‍👩‍👧'.repeat(200));
  expect(said).toContain('the first 200 characters are kept');
});

test('opening makes the channel, the card, the invitations, the topic and the announcement', () => {
  const story = declared();
  expect(story.notices.map(({ key, to, what }) => `${key} ${to.type} ${what.type}`)).toEqual([
    'create:1 chores create channel',
    'invite:1 chores invite',
    'card:1 incident card',
    'topic:1 chores topic',
    'announcement:1 channel announcement',
  ]);
  expect(story.incident.seq).toBe(1);
});

test('a private incident is never announced', () => {
  const story = createClockwork();
  story.does({ type: 'open', title: 'A leak', severity: 'sev1', private: true, since: null });
  story.does({ type: 'update', text: 'contained' });
  expect(story.notices.some(({ what }) => what.type === 'announcement')).toBe(false);
});

test('`since` sets when the impact started', () => {
  const story = createClockwork();
  story.does({ type: 'open', title: 'x', severity: null, private: false, since: '13:40' });
  const impact = story.incident.milestones.find(({ name }) => name === 'impact started');
  expect(impact).toMatchObject({ entry: 2, at: START - 20 * MINUTE });
});

test('an unknown severity is refused with those that there are', () => {
  const story = createClockwork();
  const reason = story.refused({
    type: 'open',
    title: 'x',
    severity: 'sev9',
    private: false,
    since: null,
  });
  expect(reason).toBe('There is no severity “sev9”. There are sev1 (p1); sev2 (p2); sev3 (p3).');
});

test('the same title within a minute joins the first one, unless that one is private and another’s', () => {
  const first = declared().incident;
  const world = { now: START, settings: SETTINGS, newId: () => 'id' };
  const action = {
    type: 'open',
    title: 'Checkout is down',
    severity: null,
    private: false,
    since: null,
  } as const;
  const request = {
    action,
    actor: { id: 'UBOB', zone: null },
    source: 'command',
    typed: '',
  } as const;
  const context = { id: 'other', workspace: 'T1', number: 43, twin: first };
  const joined = open(context, request, world);
  expect(joined.ok && joined.value.incident.id).toBe(first.id);
  expect(joined.ok && spoken(joined.value.reply.message)).toContain('INC-42');
  const hidden = open({ ...context, twin: { ...first, private: true } }, request, world);
  expect(hidden.ok && hidden.value.incident.number).toBe(43);
});

test('a record that ends before it began is refused with both times', () => {
  const story = createClockwork();
  const reason = story.refused({
    type: 'record',
    title: 'x',
    from: '2026-03-08 03:00 UTC',
    to: '2026-03-08 02:00 UTC',
  });
  expect(reason).toContain('02:00 UTC');
  expect(reason).toContain('03:00 UTC');
});
