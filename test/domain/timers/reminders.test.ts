import { describe, expect, test } from 'vitest';
import type { Action } from '../../../src/domain/action.ts';
import { DAY, HOUR, MINUTE } from '../../../src/domain/instant.ts';
import { declared } from '../../support/clockwork.ts';
import { SETTINGS, START } from '../../support/ladder.ts';
import { lineText } from '../../support/spoken.ts';

// A Sunday, 14:00 UTC.
const ACK = { type: 'ack', when: null } as const;
const RESOLVE = { type: 'resolve', when: null, text: null, confirmed: false } as const;
const publish = (link: string | null = null) => ({ type: 'publish', link }) as const;
const item = (text: string, due: string | null, owner: string | null = null): Action => ({
  type: 'action item',
  text,
  item: { owner, refs: [], addresses: null, sort: null, done: false },
  due,
});

type Story = ReturnType<typeof declared>;

const clock = (at: number): string => new Date(at).toISOString().slice(5, 16);
const reminders = (story: Story, timer: 'postmortem' | 'actions') =>
  story.pings
    .filter(({ ping }) => ping.timer === timer)
    .map(({ at, to, ping }) =>
      [clock(at), to, ...(ping.items ?? []).map(({ n }) => `a${n}`)].join(' '),
    );

function resolved(settings = SETTINGS): Story {
  const story = declared('sev1', settings);
  story.does(ACK);
  story.does(RESOLVE);
  return story;
}

describe('the postmortem', () => {
  test('is due after working days, and asked for on every working morning until it is published', () => {
    const story = resolved();
    story.passes(8 * DAY);
    expect(reminders(story, 'postmortem')).toEqual([
      '03-11T14:00 UANA',
      '03-12T09:00 UANA',
      '03-13T09:00 UANA',
      '03-16T09:00 UANA',
    ]);
    const said = story.does(publish('https://wiki.example.com/inc-42'));
    expect(said).toContain('Published: the postmortem of INC-42.');
    expect(story.running).toEqual([]);
    story.passes(5 * DAY);
    expect(reminders(story, 'postmortem')).toHaveLength(4);
    expect(story.incident.milestones.find(({ name }) => name === 'closed')?.at).toBe(
      START + 8 * DAY,
    );
  });

  test('a newer reminder replaces the one before, which says when it was due', () => {
    const story = resolved();
    story.passes(5 * DAY);
    const settled = story.notices.flatMap(({ what }) =>
      what.type === 'settle pings' && what.timers?.includes('postmortem') ? [what.line] : [],
    );
    expect(settled.map(lineText)).toEqual([
      'Replaced by a newer reminder.',
      'Replaced by a newer reminder.',
    ]);
    const why = story.pings.filter(({ ping }) => ping.timer === 'postmortem').at(-1)?.ping.why;
    expect(lineText(why ?? [])).toBe(
      'The postmortem of INC-42 is not published. It was due 14:00.',
    );
  });

  test('publishing can be taken back, once is enough, and it has to be resolved', () => {
    const open = declared();
    expect(open.refused(publish())).toContain('published once its incident is resolved');
    const story = resolved();
    story.does(publish());
    const entry = story.incident.milestones.find(({ name }) => name === 'closed')?.entry ?? 0;
    expect(story.does(publish())).toContain(`is published already, says #${entry}.`);
    story.does({ type: 'strike', entry, reason: null });
    expect(story.running).toEqual(['postmortem']);
    story.does({ type: 'restore', entry });
    expect(story.running).toEqual([]);
  });

  test('a new round has a postmortem of its own', () => {
    const story = resolved();
    story.does(publish());
    story.does({ type: 'reopen', when: null, reason: null });
    story.does(ACK);
    story.does(RESOLVE);
    expect(story.running).toEqual(['postmortem']);
  });

  test('it never wakes anybody in the quiet hours, however severe the incident was', () => {
    const afternoons = { days: [1, 2, 3, 4, 5, 6, 7], from: 13 * 60, to: 17 * 60 };
    const story = resolved({
      ...SETTINGS,
      quietHours: { zone: 'UTC', hours: [afternoons], below: 'sev3' },
    });
    story.passes(3 * DAY + 12 * HOUR);
    expect(reminders(story, 'postmortem')).toEqual(['03-11T17:00 UANA']);
  });
});

describe('action items', () => {
  test('last Friday is no due date: the item is kept without one, and says why', () => {
    const story = declared();
    const said = story.does(item('Add an alert', 'last friday', 'UBOB'));
    const [detail] = story.entries.flatMap(({ detail }) =>
      detail?.type === 'action' ? [detail] : [],
    );
    expect(detail?.item.due).toBe(null);
    expect(said).toContain(
      'Kept without a due date. Last friday is in the past: a deadline is still to come. To give it one: /incident action 1 due friday',
    );
  });

  test('each owner hears of what is due in one message, then every working morning until it is done', () => {
    const story = declared();
    story.does(ACK);
    story.does(item('Add an alert', 'in 26 hours', 'UBOB'));
    story.does(item('Raise the pool', 'in 26 hours', 'UBOB'));
    story.does(item('Write to the vendor', 'in 26 hours'));
    story.does(item('Some day', null, 'UBOB'));
    story.does(RESOLVE);
    story.passes(3 * DAY);
    expect(reminders(story, 'actions')).toEqual([
      '03-09T16:00 UBOB a1 a2',
      '03-09T16:00 UANA a3',
      '03-10T09:00 UBOB a1 a2',
      '03-10T09:00 UANA a3',
      '03-11T09:00 UBOB a1 a2',
      '03-11T09:00 UANA a3',
    ]);
    story.does({ type: 'action done', item: 1 });
    story.does({ type: 'action done', item: 3 });
    story.passes(DAY);
    expect(reminders(story, 'actions').slice(6)).toEqual(['03-12T09:00 UBOB a2']);
    story.does({ type: 'action done', item: 2 });
    expect(story.running).toEqual(['postmortem']);
  });

  test('what falls due later reaches its owner at once, and the others not again before the morning', () => {
    const story = declared();
    story.does(ACK);
    story.does(item('One', 'in 20 hours', 'UBOB'));
    story.does(item('Two', 'in 22 hours', 'UCAT'));
    story.passes(2 * DAY);
    expect(reminders(story, 'actions')).toEqual([
      '03-09T10:00 UBOB a1',
      '03-09T12:00 UCAT a2',
      '03-10T09:00 UBOB a1',
      '03-10T09:00 UCAT a2',
    ]);
  });

  test('a reminder lists the items with their due times, and says how to close them', () => {
    const story = declared();
    story.does(ACK);
    story.does(item('Add an\nalert', 'in 2 hours', 'UBOB'));
    story.passes(2 * HOUR);
    const ping = story.pings.find(({ ping: one }) => one.timer === 'actions')?.ping;
    expect(ping?.items).toEqual([{ n: 1, text: 'Add an alert', due: START + 2 * HOUR }]);
    expect(lineText(ping?.stops ?? [])).toBe('Once one is done, type /incident action done <n>');
  });

  test('striking, restoring and editing an item moves its reminders with it', () => {
    const story = declared();
    story.does(ACK);
    story.does(item('Add an alert', 'in 2 hours', 'UBOB'));
    const entry = story.entries.at(-1)?.no ?? 0;
    story.does({ type: 'edit', entry, when: null, text: 'Add two alerts', kinds: [] });
    expect(story.incident.openActions).toMatchObject({ 1: { text: 'Add two alerts' } });
    story.does({ type: 'strike', entry, reason: null });
    expect(story.running).not.toContain('actions');
    story.does({ type: 'restore', entry });
    expect(story.running).toContain('actions');
    story.does({ type: 'action done', item: 1 });
    expect(story.running).not.toContain('actions');
    story.does({ type: 'restore', entry });
    expect(story.running).toContain('actions');
  });

  test('cancelling stops them; an item that is done at once is never asked for', () => {
    const story = declared();
    story.does({
      ...item('x', 'in 2 hours'),
      item: { owner: null, refs: [], addresses: null, sort: null, done: true },
    } as Action);
    expect(story.running).not.toContain('actions');
    story.does(item('y', 'in 2 hours'));
    story.does({ type: 'cancel', reason: 'false alarm' });
    expect(story.running).toEqual([]);
  });

  test('when nothing is due any more the reminders say so in place', () => {
    const story = declared();
    story.does(ACK);
    story.does(item('One', 'in 1 hour', 'UBOB'));
    story.does(item('Two', 'in 9 hours', 'UBOB'));
    story.passes(HOUR + MINUTE);
    const settled = () =>
      story.notices.filter(
        ({ what }) =>
          what.type === 'settle pings' && lineText(what.line) === 'Done. Nothing else is due.',
      ).length;
    expect(settled()).toBe(0);
    story.does({ type: 'action done', item: 1 });
    expect(settled()).toBe(1);
  });
});
