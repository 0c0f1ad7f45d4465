import { expect, test } from 'vitest';
import type { FormName } from '../../src/commands/command.ts';
import type { Entered } from '../../src/demo/workspace/index.ts';
import { storyteller } from '../support/backends.ts';
import { expectInvariants } from '../support/invariants.ts';
import { eventually, type Story } from '../support/story.ts';

const begin = storyteller();

interface Filled {
  readonly line: string;
  readonly values: Readonly<Record<string, Entered>>;
  /** What must be found again, in the form or in the answer. */
  readonly words: string;
}

/** Every form about an incident, with what somebody has typed when the incident takes another turn. */
const FORMS: Readonly<Record<Exclude<FormName, 'declare'>, Filled>> = {
  update: { line: 'update', values: { text: 'half of it works' }, words: 'half of it works' },
  severity: {
    line: 'sev',
    values: { severity: 'sev2', reason: 'one region' },
    words: 'one region',
  },
  escalate: { line: 'page', values: { people: ['U0MAX'], reason: 'the pool' }, words: 'the pool' },
  entry: { line: 'log', values: { text: 'restarted it' }, words: 'restarted it' },
  edit: { line: 'edit 1', values: { text: 'declared by phone' }, words: 'declared by phone' },
  snooze: {
    line: 'snooze',
    values: { timer: 'mitigate', reason: 'the vendor' },
    words: 'the vendor',
  },
  import: { line: 'import 14:00 UTC a pasted line', values: {}, words: 'a pasted line' },
  section: {
    line: 'postmortem section summary',
    values: { text1: 'It was the pool.' },
    words: 'It was the pool.',
  },
  role: { line: 'role', values: { person: 'U0MAX', note: 'call me' }, words: 'call me' },
  action: { line: 'action', values: { text: 'alert on it' }, words: 'alert on it' },
  status: { line: 'status', values: { status: 'identified', text: 'a lock' }, words: 'a lock' },
  resolve: { line: 'form resolve', values: { text: 'rolled back' }, words: 'rolled back' },
};

/** Who fills them in, one form each: cy does the rest. */
const PEOPLE = ['ana', 'bo', 'max', 'ada'] as const;
type Person = (typeof PEOPLE)[number];

const view = (story: Story, who: Person) => story.workspace.viewOf(story.idOf(who));

async function opens(story: Story, who: Person, line: string, channel: string): Promise<void> {
  for (let n = 0; n < 5 && view(story, who)?.submit === undefined; n += 1) {
    await story.type(who, `/incident ${line}`, channel);
    await eventually(() => view(story, who)?.submit, line, 4000).catch(() => undefined);
  }
}

/** Sends what somebody filled in, and looks where their words are. */
async function send(story: Story, who: Person, name: FormName, filled: Filled): Promise<void> {
  const { values, words } = filled;
  // What is pasted is looked at first, and sent then.
  if (name === 'import') await story.workspace.submit(story.idOf(who), values);
  const { said, errors } = await story.fill(who, values);
  const complained = Object.values(errors).join();
  expect(complained + said, name).not.toMatch(/ran into an error/);
  expect(complained + said, name).not.toBe('');
  // At its field the form itself has it; else it is recorded, or given back.
  if (complained !== '') return expect(view(story, who)?.callbackId, name).toBe(`form:${name}`);
  const entries = await story.sql<{ text: string }[]>`select text from entry`;
  expect(JSON.stringify(entries) + said, name).toContain(words);
}

/** What becomes of the incident while the form is open. */
const TURNS: Readonly<Record<string, (number: number) => string>> = {
  resolved: (number) => `${number} resolve it is over`,
  cancelled: (number) => `${number} cancel it was none`,
  merged: (number) => `1 merge ${number}`,
};

test.each(Object.keys(TURNS))(
  'no form of an incident that is %s meanwhile loses what was typed',
  async (turn) => {
    const story = await begin({ answerWithinMs: 10_000 });
    await story.opens('cy', 'sev2 Checkout is slow');
    const forms = Object.entries(FORMS) as [FormName, Filled][];
    for (let round = 0; round * PEOPLE.length < forms.length; round += 1) {
      const number = round + 2;
      await story.opens('cy', `sev1 Checkout is down in region ${number}`);
      const channel = story.channel(number).id;
      await story.type('cy', '/incident ack', channel);
      await story.type('cy', '/incident lead <@U0CY>', channel);
      const these = PEOPLE.flatMap((who, at) => {
        const form = forms[round * PEOPLE.length + at];
        return form === undefined ? [] : [[who, ...form] as const];
      });
      for (const [who, , { line }] of these) await opens(story, who, line, channel);
      // Elsewhere: in a channel of its own a command about another one is asked about.
      await story.type('cy', `/incident ${TURNS[turn]?.(number)}`, 'C0GENERAL');
      if (turn === 'merged') await story.click('cy', 'Yes, merge it into INC-1');
      for (const [who, name, filled] of these) await send(story, who, name, filled);
      for (const [who] of these)
        if (view(story, who) !== undefined) await story.workspace.dismiss(story.idOf(who));
    }
    await expectInvariants(story);
  },
  120_000,
);
