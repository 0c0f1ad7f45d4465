import { expect, test } from 'vitest';
import type { Action } from '../../../src/domain/action.ts';
import { MINUTE } from '../../../src/domain/instant.ts';
import type { Settings } from '../../../src/domain/settings.ts';
import { plainText } from '../../../src/domain/text.ts';
import { declared } from '../../support/clockwork.ts';
import { SETTINGS, START } from '../../support/ladder.ts';

/** The pager is on the second level, which fires after 5 minutes, and on the second round again. */
const WITH_PAGER: Settings = {
  ...SETTINGS,
  webhooks: {
    pager: {
      name: 'pager',
      format: 'pagerduty',
      url: 'https://pager.test/',
      keyFrom: 'PAGER_KEY',
      internal: false,
    },
  },
  policies: {
    platform: {
      name: 'platform',
      repeat: 1,
      repeatAfter: 5 * MINUTE,
      levels: [
        { after: 0, notify: [{ type: 'user', id: 'UONE' }] },
        { after: 5 * MINUTE, notify: [{ type: 'webhook', name: 'pager' }] },
      ],
    },
  },
};

const ACK = { type: 'ack', when: null } as const;
const RESOLVE = { type: 'resolve', when: null, text: null, confirmed: true } as const;
const PAGE: Action = {
  type: 'page',
  targets: [{ type: 'webhook', name: 'pager' }],
  reason: null,
  confirmed: true,
};

const paged = () => {
  const story = declared('sev1', WITH_PAGER);
  story.passes(5 * MINUTE);
  return story;
};

/** What the pager was told, in order: the minute, the event, and of which alert, counted from A. */
function heard({ notices }: ReturnType<typeof declared>): string[] {
  const alerts: number[] = [];
  return notices.flatMap(({ at, to, what }) => {
    if (what.type !== 'call webhook') return [];
    expect(to).toEqual({ type: 'webhook', name: 'pager' });
    if (!alerts.includes(what.alert)) alerts.push(what.alert);
    const letter = String.fromCharCode(65 + alerts.indexOf(what.alert));
    return [`${(at - START) / MINUTE}: ${what.event} ${letter}`];
  });
}

test('a pager is called at its level, told who stopped it, and told when it is over', () => {
  const story = paged();
  story.passes(MINUTE);
  story.does(ACK);
  story.passes(MINUTE);
  story.does(RESOLVE);
  expect(heard(story)).toEqual(['5: trigger A', '6: acknowledge A', '7: resolve A']);
  expect(story.incident.called).toEqual([]);
});

test('paging a webhook by hand says that it is called, and speaks of direct messages only with people', () => {
  const story = declared('sev1', WITH_PAGER);
  const alone = story.does(PAGE);
  expect(alone).toContain('Calling the webhook pager.');
  expect(alone).not.toContain('direct message');
  const both = story.does({ ...PAGE, targets: [...PAGE.targets, { type: 'user', id: 'UDEE' }] });
  expect(both).toContain('Calling the webhook pager.');
  expect(both).toContain('Sent by direct message');
  expect(story.does({ ...PAGE, targets: [{ type: 'user', id: 'UDEE' }] })).not.toContain('Calling');
});

test('whoever is paged by hand after an acknowledgement is asked to help, not to take command', () => {
  const story = declared('sev1', WITH_PAGER);
  const asked = () => {
    const last = story.notices.findLast(({ what }) => what.type === 'ping')?.what;
    if (last?.type !== 'ping') throw new Error('nobody was pinged');
    return last.ping;
  };
  const dee: Action = { ...PAGE, targets: [{ type: 'user', id: 'UDEE' }] };
  story.does(dee);
  expect(plainText(asked().stops)).toBe('Acknowledge, or type /incident ack');
  expect(asked().acknowledgedBy).toBeUndefined();
  story.does(ACK);
  for (const action of [dee, { type: 'escalate' } as const]) {
    story.does(action);
    expect(plainText(asked().stops)).toBe('Press I am on it, or type /incident ack too');
    expect(asked().acknowledgedBy).toBe('UANA');
  }
  story.does({ type: 'role', role: 'commander', user: 'UDEE', note: null });
  const settled = story.notices.findLast(({ what }) => what.type === 'settle pings')?.what;
  expect(settled).toMatchObject({ timers: ['commander'] });
});

test('before it is called it is told nothing', () => {
  const story = declared('sev1', WITH_PAGER);
  story.does(ACK);
  story.does(RESOLVE);
  expect(heard(story)).toEqual([]);
});

test('while nobody acknowledges, every round adds to the same alert', () => {
  const story = paged();
  story.passes(10 * MINUTE);
  const triggers = heard(story);
  expect(triggers.length).toBeGreaterThan(1);
  expect(new Set(triggers.map((line) => line.split(': ')[1]))).toEqual(new Set(['trigger A']));
});

test('a cancelled incident closes its alert', () => {
  const story = paged();
  story.does({ type: 'cancel', reason: 'false alarm' });
  expect(heard(story)).toEqual(['5: trigger A', '5: resolve A']);
});

test('an alert that somebody acknowledged rings nobody: after an upgrade another one begins', () => {
  const story = declared('sev2', WITH_PAGER);
  story.passes(5 * MINUTE);
  story.does(ACK);
  story.does({ type: 'severity', to: 'sev1', reason: null });
  story.passes(5 * MINUTE);
  expect(heard(story)).toEqual([
    '5: trigger A',
    '5: acknowledge A',
    '10: resolve A',
    '10: trigger B',
  ]);
  story.does(ACK);
  story.does(RESOLVE);
  expect(heard(story).slice(4)).toEqual(['10: acknowledge B', '10: resolve B']);
});

test('an acknowledgement that is taken back lets the next round ring anew', () => {
  const story = paged();
  story.does(ACK);
  story.does({ type: 'undo' });
  story.passes(10 * MINUTE);
  const lines = heard(story).map((line) => line.split(': ')[1]);
  expect(lines.slice(0, 4)).toEqual(['trigger A', 'acknowledge A', 'resolve A', 'trigger B']);
});

test('an acknowledgement without a sign of life is void, and the pager rings anew', () => {
  const story = paged();
  story.does(ACK);
  story.passes(60 * MINUTE);
  const lines = heard(story).map((line) => line.split(': ')[1]);
  expect(lines.slice(0, 2)).toEqual(['trigger A', 'acknowledge A']);
  expect(lines).toContain('trigger B');
  expect(lines.indexOf('trigger B')).toBe(lines.indexOf('resolve A') + 1);
});

test('taken back and given again, it is told once', () => {
  const story = paged();
  story.does(ACK);
  story.does({ type: 'undo' });
  story.does(ACK);
  expect(heard(story)).toEqual(['5: trigger A', '5: acknowledge A']);
});

test('a breach after the acknowledgement adds to the alert and wakes nobody', () => {
  const story = paged();
  story.does(ACK);
  story.passes(11 * MINUTE);
  const lines = new Set(heard(story).map((line) => line.split(': ')[1]));
  expect(lines).toEqual(new Set(['trigger A', 'acknowledge A']));
});

test('whoever pages by hand wants it to ring, acknowledged or not', () => {
  const story = paged();
  story.does(PAGE);
  story.does(ACK);
  story.does(PAGE);
  expect(heard(story)).toEqual([
    '5: trigger A',
    '5: trigger A',
    '5: acknowledge A',
    '5: resolve A',
    '5: trigger B',
  ]);
});

test('reopened, it is called with a new alert', () => {
  const story = paged();
  story.does(RESOLVE);
  story.does({ type: 'reopen', when: null, reason: 'it is back' });
  story.passes(5 * MINUTE);
  expect(heard(story)).toEqual(['5: trigger A', '5: resolve A', '10: trigger B']);
});

test('every event has a key of its own', () => {
  const story = paged();
  story.does(ACK);
  story.does(PAGE);
  story.does(RESOLVE);
  story.does({ type: 'reopen', when: null, reason: null });
  story.passes(20 * MINUTE);
  const keys = story.notices
    .filter(({ what }) => what.type === 'call webhook')
    .map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
});
