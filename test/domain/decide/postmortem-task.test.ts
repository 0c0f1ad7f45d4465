import { expect, test } from 'vitest';
import type { Action } from '../../../src/domain/action.ts';
import { DAY, HOUR } from '../../../src/domain/instant.ts';
import { composeDraft, draftMarkdown, draftMessage } from '../../../src/domain/postmortem/index.ts';
import { AUTHOR, OWNER, taskState } from '../../../src/domain/task.ts';
import { declared } from '../../support/clockwork.ts';
import { SETTINGS } from '../../support/ladder.ts';
import { spoken } from '../../support/spoken.ts';

// A Sunday, 14:00 UTC.
const RESOLVE = { type: 'resolve', when: null, text: null, confirmed: false } as const;
const REVIEWED = { type: 'postmortem reviewed' } as const;
const reviewBy = (user: string | null) => ({ type: 'postmortem review', user }) as const;
const due = (typed: string) => ({ type: 'postmortem due', due: typed }) as const;
const owner = (user: string): Action => ({ type: 'role', role: OWNER, user, note: null });

type Story = ReturnType<typeof declared>;

function resolved(settings = SETTINGS): Story {
  const story = declared('sev1', settings);
  story.does({ type: 'ack', when: null });
  story.does(RESOLVE);
  return story;
}

const draftOf = ({ incident, entries, timers, now }: Story) =>
  composeDraft(
    { records: [{ incident, entries, timers, asOf: now, people: { UBO: 'Bo' } }] },
    SETTINGS,
    { version: 3, now },
  );
/** How the postmortem stands, as its document says. */
const status = (story: Story): string =>
  /- \*\*Status:\*\* (.*)/.exec(draftMarkdown(draftOf(story)))?.[1] ?? '';
const reminded = (story: Story): string[] =>
  story.pings.filter(({ ping }) => ping.timer === 'postmortem').map(({ to }) => to);
const lastField = (story: Story): number =>
  story.entries.findLast(({ detail }) => detail?.type === 'field')?.no ?? 0;

test('its owner is reminded, or else who leads', () => {
  const story = resolved();
  story.passes(4 * DAY);
  expect(reminded(story)).toEqual(['UANA', 'UANA']);
  story.does(owner('UBO'));
  story.passes(DAY);
  expect(reminded(story).slice(2)).toEqual(['UBO']);
});

test('a due date of its own moves the reminders, and can be taken back', () => {
  const story = resolved();
  const said = story.does(due('Monday 10:00'));
  expect(said).toContain('The postmortem of INC-42 is due 10:00.');
  expect(said).toContain('@UANA is reminded of it then, until it is published.');
  expect(draftMarkdown(draftOf(story))).toContain('- **Due:** 9 Mar 2026 10:00 UTC');
  story.passes(DAY);
  expect(reminded(story)).toEqual(['UANA']);
  const other = resolved();
  other.does(due('Monday 10:00'));
  other.does({ type: 'strike', entry: lastField(other), reason: null });
  other.passes(DAY);
  expect(reminded(other)).toEqual([]);
  expect(other.running).toEqual(['postmortem']);
});

test('what is no date is refused with one that works', () => {
  const story = resolved();
  expect(story.attempt(due('soonish'))).toMatchObject({
    ok: false,
    refusal: { example: expect.stringMatching(/^postmortem due \S/) },
  });
});

test('it goes from draft to review, to reviewed, to published, and back again', () => {
  const story = resolved();
  expect(status(story)).toBe('draft, version 3');
  story.does(reviewBy('UBO'));
  expect(taskState(story.incident)).toBe('in review');
  expect(status(story)).toMatch(
    /^in review by @Bo since 8 Mar 2026 14:00 UTC \[#\d+\], version 3$/,
  );
  story.does(REVIEWED, 'UBO');
  const review = lastField(story);
  expect(status(story)).toBe(`reviewed by @Bo 8 Mar 2026 14:00 UTC [#${review}], version 3`);
  expect(spoken(draftMessage(draftOf(story)))).toContain('Reviewed, version 3.');
  story.does({ type: 'strike', entry: review, reason: null });
  expect(taskState(story.incident)).toBe('in review');
  story.does(REVIEWED, 'UBO');
  story.does({ type: 'publish', link: null, version: 3 });
  expect(status(story)).toMatch(/^published by @UANA 8 Mar 2026 14:00 UTC \[#\d+\], version 3$/);
  expect(story.entries.at(-1)?.text).toBe('Postmortem published, version 3.');
});

test('whoever is asked to review is told privately, with what to press', () => {
  const story = resolved();
  story.does(reviewBy('UBO'));
  const told = story.notices.flatMap(({ to, what }) =>
    to.type === 'user' && what.type === 'message' ? [[to.id, spoken(what.message)]] : [],
  );
  expect(told).toEqual([
    [
      'UBO',
      '@UANA asks you to review the postmortem of INC-42 · Checkout is down.\n[Read it] [Edit a section] [Reviewed]',
    ],
  ]);
  expect(story.does(reviewBy('UBO'))).toContain('is in review already');
});

test('what changed after the review is said where it says reviewed', () => {
  const story = resolved();
  story.does(REVIEWED, 'UBO');
  story.does({ type: 'effect', when: null, text: 'Refunds failed.' });
  const late = story.entries.at(-1)?.no;
  story.does(owner('UBO'));
  story.does(due('Friday'));
  expect(status(story)).toMatch(new RegExp(`; changed since: #${late}, version 3$`));
});

test.each([reviewBy(null), REVIEWED])('$type has to wait for the resolution', (action) => {
  const story = declared();
  expect(story.refused(action)).toBe(
    'INC-42 is investigating: its postmortem is reviewed once it is resolved.',
  );
});

test('a new round begins with a draft', () => {
  const story = resolved();
  story.does(reviewBy('UBO'));
  story.does(REVIEWED, 'UBO');
  story.passes(HOUR);
  story.does({ type: 'reopen', when: null, reason: null });
  story.does({ type: 'ack', when: null });
  story.does(RESOLVE);
  expect(taskState(story.incident)).toBe('draft');
  expect(story.incident.roles[OWNER]).toBeUndefined();
});

test('a publication is announced where the incident was, and a private one nowhere', () => {
  const settings = { ...SETTINGS, announce: 'C0NEWS' };
  const announced = (isPrivate: boolean): string[] => {
    const story = declared('sev1', settings);
    if (isPrivate) Object.assign(story.incident, { private: true });
    story.does({ type: 'ack', when: null });
    story.does(RESOLVE);
    const said = story.does({ type: 'publish', link: 'https://wiki.example.com/42' });
    expect(said.includes('Look at the public version')).toBe(!isPrivate);
    return story.notices.flatMap(({ to, what }) =>
      to.type === 'channel' && what.type === 'message' ? [spoken(what.message)] : [],
    );
  };
  expect(announced(false)).toEqual([
    'The postmortem of INC-42 · Checkout is down is published: https://wiki.example.com/42.',
  ]);
  expect(announced(true)).toEqual([]);
});

test('the author is named in the document', () => {
  const story = resolved();
  story.does({ type: 'role', role: AUTHOR, user: 'UBO', note: null });
  expect(draftMarkdown(draftOf(story))).toContain('- **Postmortem author:** @Bo');
});
