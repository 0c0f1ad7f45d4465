import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Read } from '../../src/commands/command.ts';
import { COMMANDS } from '../../src/commands/index.ts';
import { dumpOf, jobsIn } from '../support/dumps.ts';
import { FILLED } from '../support/filled-forms.ts';
import { expectInvariants } from '../support/invariants.ts';
import {
  buttonsElsewhere,
  ELSEWHERE,
  everythingSeen,
  forged,
  OUTSIDERS,
  privateScene,
  SECRET,
} from '../support/private-scene.ts';
import type { Story } from '../support/story.ts';

// Person × surface: what is shown of a private incident to whoever is not in it, by everything that
// can be typed, pressed and sent. The lists are the code's own: what is new is tried too, or this
// does not compile until it has a row.

/** What is typed to look at something; beginnings of words find the whole, and are no secret themselves. */
const LOOKS: Readonly<Record<Read['type'], readonly string[]>> = {
  card: ['2', 'INC-2'],
  timeline: ['2 timeline', '2 timeline all 2'],
  brief: ['2 brief'],
  list: ['list', 'list all', 'list drills'],
  actions: ['action list', 'action list all', '2 action list'],
  find: ['find krakenledg', 'find zebra', 'find in INC-2 krakenledg', 'find by <@U0ANA> walru'],
  stats: ['stats', 'stats all', 'stats all charts'],
  next: ['2 next'],
  draft: ['2 postmortem', '2 postmortem show register'],
  sections: ['2 postmortem section'],
  preview: ['preview sev2'],
  oncall: ['oncall'],
  denied: ['doctor denied'],
  last: ['last'],
  help: ['help', 'help log'],
  home: ['home'],
};

/** What brings a second incident in, looks at all of them, or names them unasked. */
const ODD = [
  'log somebody in no channel',
  '1 link 2 related',
  '1 merge 2',
  '1 postmortem with 2',
  'doctor',
  '2 doctor',
  '2 doctor repair no-card post',
  'doctor repair no-card post all',
  '2 postmortem export json',
  '2 postmortem export ics',
];

const EXAMPLES = COMMANDS.flatMap(({ about, example }) =>
  about === 'workspace' ? [] : [`2 ${example}`],
);

const lines: string[] = [];
let story: Story;
beforeAll(async () => {
  story = await privateScene(lines);
}, 120_000);
afterAll(() => story.stop());

/** The words, the channel and its name; and the number, where it is not the answer to somebody who said it. */
function expectNothingOfIt(said: string, by: string): void {
  const { id, name } = story.channel(2);
  expect(said, by).not.toMatch(SECRET);
  expect(said, by).not.toContain(id);
  expect(said, by).not.toContain(name);
}

const numberUnasked = (said: string): boolean =>
  /INC-2\b/.test(said.replaceAll('There is no INC-2.', ''));

const written = async (): Promise<string> => JSON.stringify(await story.entries(2));

test('whoever is in it sees its words by the same commands: they are there to be found', async () => {
  expect(await story.type('ana', '/incident 2 timeline', ELSEWHERE)).toMatch(SECRET);
  expect(await story.type('ana', '/incident list', ELSEWHERE)).toMatch(SECRET);
  expect(await story.type('ana', '/incident find krakenledg', ELSEWHERE)).toMatch(SECRET);
  expect(await story.type('max', '/incident timeline', story.channel(2).id)).toMatch(SECRET);
});

test.each([...EXAMPLES, ...Object.values(LOOKS).flat(), ...ODD])('/incident %s', async (line) => {
  const before = await written();
  await Promise.all(
    OUTSIDERS.map(async (name) => {
      const said = await story.type(name, `/incident ${line}`, ELSEWHERE);
      expect(said.trim() === '' && story.workspace.viewOf(story.idOf(name)) === undefined).toBe(
        false,
      );
      expectNothingOfIt(said, `${name}: ${line}`);
      if (!/\b2\b/.test(line) && line !== 'last') expect(numberUnasked(said), name).toBe(false);
    }),
  );
  expect(await written()).toBe(before);
});

/** The lines that name it by its number, wherever that stands. */
const BY_NUMBER = /^2\b|(?<=\b(?:link |merge |with |INC-))2\b/;
const NAMING = [...EXAMPLES, ...Object.values(LOOKS).flat(), ...ODD].filter((line) =>
  BY_NUMBER.test(line),
);

test.each(NAMING)(
  '/incident %s is answered as if it were about a number that nobody has',
  async (line) => {
    const hidden = await story.type('cy', `/incident ${line}`, ELSEWHERE);
    const nobodys = await story.type('cy', `/incident ${line.replace(BY_NUMBER, '99')}`, ELSEWHERE);
    expect(nobodys).toMatch(/\b99\b/);
    expect(hidden).toBe(nobodys.replace(/\b99\b/g, '2'));
  },
);

test('every button of its messages, pressed elsewhere', async () => {
  const before = await written();
  const all = buttonsElsewhere(story);
  expect(all.length).toBeGreaterThan(8);
  for (const { button, on } of all)
    await Promise.all(
      OUTSIDERS.map(async (name) => {
        const said = await story.click(name, button.action_id, on);
        expect(said, `${name}: ${button.value}`).toContain('There is no INC-2.');
        expectNothingOfIt(said, `${name}: ${button.value}`);
      }),
    );
  expect(await written()).toBe(before);
}, 120_000);

/** Nobody declares in a channel that is an incident’s already. */
const { declare: _, ...ABOUT_IT } = FILLED;

test.each(Object.entries(ABOUT_IT))('the form %s, sent by somebody else', async (form, filling) => {
  const { workspace } = story;
  await workspace.type('U0ANA', story.channel(2).id, `/incident ${filling.line}`);
  await story.settle();
  expect(workspace.viewOf('U0ANA')).toBeDefined();
  // One with a preview is sent twice.
  for (const values of [filling.values, {}]) {
    if (workspace.viewOf('U0ANA') === undefined) continue;
    expect((await workspace.submit('U0ANA', values)).response?.errors).toBeUndefined();
    await story.settle();
    const before = await written();
    for (const name of OUTSIDERS) expectNothingOfIt(await forged(story, name), `${name}: ${form}`);
    await story.settle();
    expect(await written()).toBe(before);
  }
});

test('in the end nobody outside has seen anything of it, and looking was written down', async () => {
  for (const name of OUTSIDERS) await story.workspace.openHome(story.idOf(name));
  await story.settle();
  for (const name of OUTSIDERS) {
    const seen = everythingSeen(story, name);
    expect(seen.length, name).toBeGreaterThan(10_000);
    expectNothingOfIt(seen, name);
  }
  const [looked] = await story.sql<{ n: number }[]>`
    select count(*)::int as n from denied where what = 'see'`;
  expect(looked?.n).toBeGreaterThan(EXAMPLES.length * OUTSIDERS.length);
  const metrics = await fetch(`http://127.0.0.1:${story.apps[0]?.adminPort}/metrics`);
  expectNothingOfIt(await metrics.text(), 'metrics');
  // A channel's id is what a failed call of Slack's is told apart by: it opens nothing.
  expect(lines.length).toBeGreaterThan(0);
  for (const [said, by] of [
    [lines.join(''), 'log'],
    [jobsIn(await dumpOf(story.sql)).join(''), 'jobs'],
  ] as const) {
    expect(said, by).not.toMatch(SECRET);
    expect(numberUnasked(said), by).toBe(false);
  }
  await expectInvariants(story);
});
