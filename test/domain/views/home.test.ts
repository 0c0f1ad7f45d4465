import { describe, expect, test } from 'vitest';
import { viewProblems, viewTooLarge } from '../../../src/demo/workspace/assert-limits.ts';
import { examine } from '../../../src/domain/doctor/index.ts';
import type { Button, Message } from '../../../src/domain/text.ts';
import type { Timer } from '../../../src/domain/timers/timer.ts';
import { home, homeAway } from '../../../src/domain/views/home.ts';
import type { HomeParts } from '../../../src/domain/views/home-parts.ts';
import { understood } from '../../../src/handle.ts';
import { homeView } from '../../../src/slack/home/view.ts';
import { ME, settings } from '../../commands/settings.ts';
import { incident, NOW, wordsOf } from '../../handle/desk.ts';
import { platform } from '../../support/rota.ts';
import { WELL } from '../doctor/well.ts';

const EMPTY: HomeParts = {
  viewer: ME,
  mayDeclare: true,
  open: [],
  counts: { mine: 0, others: 0 },
  postmortems: [],
  asOf: NOW,
  actions: [],
  overrides: [],
  findings: null,
  said: null,
};

const item = { owner: ME, due: null, refs: [], addresses: null, sort: null, done: false };

const timer = (name: Timer['name'], dueAt: number): Timer => ({
  ...{ id: name, name, step: 1, basis: NOW, span: 60_000, delay: 0 },
  ...{ dueAt, gen: 1, state: 'pending' as const },
});

const WORDS = '*<!channel>* &amp; 漢字 👩‍👩‍👧‍👦 `code` '.repeat(20);

/** More of everything than anybody has. */
const TOO_MUCH: HomeParts = {
  ...EMPTY,
  open: Array.from({ length: 60 }, (_, at) => ({
    incident: incident(at + 1, {
      title: WORDS,
      roles: { commander: ME },
      ...(at % 2 === 0 ? { acknowledgedBy: null } : { acknowledgedBy: 'U1' }),
    }),
    timers: [timer('update', NOW), timer('mitigate', NOW + 1), timer('resolve', NOW + 2)],
    mine: at < 40,
    pinged: at < 40,
  })),
  counts: { mine: 400, others: 900 },
  postmortems: Array.from({ length: 20 }, (_, at) => ({
    incident: incident(at + 100, { title: WORDS, status: 'resolved', declaredBy: ME }),
    timers: [timer('postmortem', NOW + 5)],
  })),
  actions: Array.from({ length: 500 }, (_, at) => ({
    ...{ incident: incident(at + 200), n: 1, text: WORDS, item },
  })),
  findings: examine({ ...WELL, queue: { ...WELL.queue, reachable: false } }),
  said: { summary: ['Done.'], blocks: [{ type: 'quote', text: WORDS }] },
};

const MANY = {
  ...settings,
  schedules: Object.fromEntries(
    Array.from({ length: 40 }, (_, at) => [`s${at}`, { ...platform, name: `s${at}` }]),
  ),
};

const pressable = ({ blocks }: Message): readonly Button[] =>
  blocks.flatMap((block) => (block.type === 'buttons' ? block.buttons : []));

describe('however much there is', () => {
  const shown = home(TOO_MUCH, MANY);

  test('it fits into what Slack takes', () => {
    const view = homeView(shown);
    expect(viewProblems(view)).toEqual([]);
    expect(viewTooLarge(view)).toBe(false);
    expect(view.blocks.length).toBeLessThanOrEqual(100);
  });

  test('what is left off is said, with the way to all of it', () => {
    const words = wordsOf(shown);
    expect(words).toContain('and 390 more → /incident list');
    expect(words).toContain('and 890 more → /incident list');
    expect(words).toContain('and 490 more → /incident action list mine');
    expect(words).toContain('and 34 more → /incident oncall');
  });

  test('every button says what it is about, and types what is understood', () => {
    const all = pressable(shown);
    expect(new Set(all.map(({ label }) => label)).size).toBe(all.length);
    for (const { command } of all)
      expect(understood({ text: command, actor: { id: ME, zone: null } }, settings)).toMatchObject({
        ok: true,
      });
  });
});

test('more blocks than Slack takes are counted at the end', () => {
  const blocks = Array.from({ length: 150 }, (_, at) => ({
    ...{ type: 'heading' as const, text: `${at}` },
  }));
  const view = homeView({ summary: [''], blocks });
  expect(view.blocks).toHaveLength(100);
  expect(JSON.stringify(view.blocks.at(-1))).toContain('and 51 more parts');
});

test('pings come before clocks, and clocks before postmortems', () => {
  const open = {
    incident: incident(1, { title: 'Checkout', roles: { commander: ME } }),
    timers: [timer('update', NOW + 60_000)],
    ...{ mine: true, pinged: true },
  };
  const over = {
    incident: incident(2, { title: 'Search', status: 'resolved', declaredBy: ME }),
    timers: [],
  };
  const words = wordsOf(
    home({ ...EMPTY, open: [open], counts: { mine: 1, others: 0 }, postmortems: [over] }, settings),
  );
  const places = ['You were pinged', 'Next update due', 'Its postmortem is yours'].map((what) =>
    words.indexOf(what),
  );
  expect(places.every((place) => place > 0)).toBe(true);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
});

test.each([
  ['who leads', { roles: { commander: ME } }, true],
  ['nobody leads, and they declared it', { declaredBy: ME }, false],
  ['somebody else leads', { roles: { commander: 'U1' }, declaredBy: ME }, null],
  [
    'nobody leads, and somebody else acknowledged it',
    { declaredBy: ME, acknowledgedBy: 'U1' },
    null,
  ],
])('whose the clocks are: %s', (_, more, leads) => {
  const timers = [timer('commander', NOW + 1), timer('update', NOW + 60_000)];
  const open = [{ incident: incident(1, more), timers, mine: true, pinged: false }];
  const words = wordsOf(home({ ...EMPTY, open, counts: { mine: 1, others: 0 } }, settings));
  expect(words.includes('Update INC-1')).toBe(leads === true);
  expect(words.includes('Take command of INC-1')).toBe(leads === false);
});

test('an acknowledged ping waits for nobody', () => {
  const open = [
    {
      incident: incident(1, { acknowledgedBy: 'U1' }),
      timers: [],
      ...{ mine: true, pinged: true },
    },
  ];
  expect(wordsOf(home({ ...EMPTY, open, counts: { mine: 1, others: 0 } }, settings))).toContain(
    'Nothing waits for you.',
  );
});

test('the answer to what was pressed stands above everything', () => {
  const said = { summary: ['x'], blocks: [{ type: 'quote' as const, text: 'Acknowledged' }] };
  expect(wordsOf(home({ ...EMPTY, said }, settings)).startsWith('Acknowledged')).toBe(true);
  expect(wordsOf(homeAway(said)).startsWith('Acknowledged')).toBe(true);
});

test('whoever is no administrator is told nothing of how Muster is', () => {
  expect(wordsOf(home(EMPTY, settings))).not.toContain('How Muster is');
  expect(wordsOf(home({ ...EMPTY, findings: [] }, settings))).toContain('All is well.');
});
