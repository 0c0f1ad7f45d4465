import { expect, test } from 'vitest';
import type { Action } from '../../../src/domain/action.ts';
import { HOUR, MINUTE } from '../../../src/domain/instant.ts';
import type { Settings, Target } from '../../../src/domain/settings.ts';
import { createClockwork, declared, logged } from '../../support/clockwork.ts';
import { SETTINGS, START } from '../../support/ladder.ts';

const OPEN: Action = {
  type: 'open',
  title: 'Checkout is down',
  severity: 'sev1',
  private: false,
  since: null,
  drill: true,
};
const SECOND = 1000;
const ACK: Action = { type: 'ack', when: null };

/** A policy with every kind of target there is. */
const EVERYBODY: readonly Target[] = [
  { type: 'user', id: 'UONE' },
  { type: 'usergroup', id: 'SSRE' },
  { type: 'declarer' },
  { type: 'channel', id: null },
  { type: 'channel', id: 'C0OTHER' },
  { type: 'schedule', name: 'platform' },
  { type: 'webhook', name: 'pager' },
  { type: 'policy', name: 'second' },
];
const TO_EVERYBODY: Settings = {
  ...SETTINGS,
  invite: [{ type: 'user', id: 'UALWAYS' }],
  policies: {
    platform: {
      name: 'platform',
      repeat: 1,
      repeatAfter: 5 * MINUTE,
      levels: [
        { after: 0, notify: EVERYBODY },
        { after: 5 * MINUTE, notify: EVERYBODY },
      ],
    },
    second: {
      name: 'second',
      repeat: 0,
      repeatAfter: MINUTE,
      levels: [{ after: 0, notify: [{ type: 'user', id: 'UTWO' }] }],
    },
  },
};

function drilled(settings: Settings = TO_EVERYBODY) {
  const story = createClockwork(settings);
  story.does(OPEN);
  return story;
}

type Story = ReturnType<typeof drilled>;

/** Everything that reaches anybody or anything but the drill's own channel. */
const outside = ({ notices }: Story): string[] =>
  notices.flatMap(({ to, what }) => {
    if (what.type === 'invite')
      return what.targets.flatMap((one) =>
        one.type === 'user' ? [`invite ${one.id}`] : [one.type],
      );
    const inside = to.type === 'incident' || to.type === 'chores';
    const calls = ['ping group', 'ping schedule', 'call webhook', 'announcement'];
    return inside && !calls.includes(what.type) ? [] : [`${to.type} ${what.type}`];
  });

test('whatever happens in a drill, nothing leaves its channel', () => {
  const story = drilled();
  story.passes(HOUR);
  story.does({ type: 'page', targets: EVERYBODY, reason: 'come', confirmed: false });
  story.does({ type: 'escalate' });
  story.does({ type: 'severity', to: 'sev2', reason: 'smaller' });
  story.does({ type: 'severity', to: 'sev1', reason: null });
  story.does(ACK);
  story.does({ type: 'role', role: 'lead', user: 'UBO', note: 'all yours' });
  story.passes(HOUR);
  story.does({ type: 'update', text: 'rolling back' });
  story.does({ type: 'resolve', when: null, text: null, confirmed: true });
  story.passes(6 * HOUR);
  story.does({ type: 'reopen', when: null, reason: null });
  story.passes(HOUR);
  story.does({ type: 'cancel', reason: 'enough' });
  expect([...new Set(outside(story))]).toEqual(['invite UANA']);
  expect(story.incident.called).toEqual([]);
});

test('the same story of an incident does leave it, or the test above could not fail', () => {
  const story = declared('sev1', TO_EVERYBODY);
  story.passes(HOUR);
  const kinds = new Set(outside(story));
  for (const kind of ['user ping', 'channel ping', 'webhook call webhook', 'invite UONE'])
    expect(kinds).toContain(kind);
});

test('each ping is one message in its channel, and names everybody it would have reached', () => {
  const story = drilled();
  story.passes(0);
  const [first, ...more] = story.pings;
  expect(more).toEqual([]);
  expect(first).toMatchObject({ to: 'incident', ping: { timer: 'policy', level: 1 } });
  const named = first?.ping.who.map((target) => target.type);
  expect(named).toContain('schedule');
  expect(named).toContain('webhook');
  expect(first?.ping.who).toContainEqual({ type: 'user', id: 'UTWO' });
});

test('whoever takes part may join; whoever is only given a role is not called in', () => {
  const story = drilled();
  story.does({ type: 'role', role: 'lead', user: 'UBO', note: null }, 'UBO');
  story.does({ type: 'role', role: 'scribe', user: 'UCY', note: null }, 'UBO');
  expect([...new Set(outside(story))]).toEqual(['invite UANA', 'invite UBO']);
});

test('an hour of a drill is a minute: every clock goes off in the same order, sixty times as fast', () => {
  const real = declared();
  const drill = drilled(SETTINGS);
  real.passes(5 * HOUR);
  drill.passes(5 * MINUTE);
  const steps = ({ entries }: Story, speed: number) =>
    entries
      .filter(({ detail }) => detail?.type === 'timer' || detail?.type === 'ping')
      .map(({ at, detail }) => [
        ((at ?? 0) - START) * speed,
        detail?.type === 'timer' ? `${detail.timer} ${detail.step}` : 'level',
      ]);
  expect(steps(drill, 60)).toEqual(steps(real, 1));
  expect(steps(drill, 60).length).toBeGreaterThan(20);
});

test('an upgrade, an update and the postmortem keep the pace', () => {
  const story = drilled(SETTINGS);
  story.does({ type: 'severity', to: 'sev2', reason: 'smaller' });
  story.passes(10 * SECOND);
  story.does({ type: 'severity', to: 'sev1', reason: null });
  expect(story.timer('acknowledge')?.dueAt).toBe(story.now + 4 * SECOND);
  expect(story.timer('mitigate')?.dueAt).toBe(START + 48 * SECOND);
  story.does({ type: 'update', text: 'we look at it' });
  expect(story.timer('update')?.dueAt).toBe(story.now + 24 * SECOND);
  story.does({ type: 'resolve', when: null, text: null, confirmed: true });
  // Three working days from the Sunday of the drill: 72 hours of its own calendar.
  expect(story.timer('postmortem')?.dueAt).toBe(story.now + 72 * MINUTE);
});

test('what is snoozed or paused in a drill keeps the pace too', () => {
  const pausing = SETTINGS.severities.map((one) => ({ ...one, pausesWhileMonitoring: true }));
  const story = drilled({ ...SETTINGS, severities: pausing });
  const due = story.timer('mitigate')?.dueAt ?? 0;
  story.does({ type: 'snooze', timer: 'mitigate', ms: 20 * MINUTE, reason: 'the vendor calls' });
  expect(story.timer('mitigate')?.dueAt).toBe(due + 20 * SECOND);
  story.does({ type: 'status', to: 'monitoring', when: null, text: null });
  story.passes(12 * SECOND);
  story.does({ type: 'status', to: 'identified', when: null, text: null });
  expect(story.timer('mitigate')?.dueAt).toBe(due + 32 * SECOND);
});

test('an acknowledgement decays in a drill, asked and told in its channel', () => {
  const story = drilled(SETTINGS);
  story.does(ACK);
  story.passes(40 * SECOND);
  expect(story.incident.acknowledgedBy).toBe(null);
  const asked = story.pings.filter(({ ping }) => ping.timer === 'presence');
  expect(asked.map(({ at, to }) => [at - START, to])).toEqual([[30 * SECOND, 'incident']]);
  expect(outside(story)).toEqual(['invite UANA']);
});

test('the pace is the configured one', () => {
  const story = drilled({ ...SETTINGS, drillSpeed: 6 });
  expect(story.timer('acknowledge')?.dueAt).toBe(START + 40 * SECOND);
});

test('no drill waits for quiet hours to end', () => {
  const always = { days: [1, 2, 3, 4, 5, 6, 7], from: 0, to: 23 * 60 };
  const quiet = { zone: 'UTC', hours: [always], below: 'sev1' };
  const settings = { ...SETTINGS, quietHours: quiet };
  const story = createClockwork(settings);
  story.does({ ...OPEN, severity: 'sev2' });
  story.passes(0);
  expect(story.pings).toHaveLength(1);
  const held = declared('sev2', settings);
  held.passes(0);
  expect(held.pings).toEqual([]);
});

test('it says at its end how it went, once', () => {
  const story = drilled();
  story.does(logged('the pool is empty'));
  const told = () => story.notices.filter(({ what }) => what.type === 'how it went').length;
  expect(told()).toBe(0);
  story.does({ type: 'resolve', when: null, text: null, confirmed: true });
  expect(told()).toBe(1);
  story.does(logged('we should do this more often'));
  expect(told()).toBe(1);
});

test('a clock of a drill that was raised can be snoozed at any speed', () => {
  const story = createClockwork({ ...SETTINGS, drillSpeed: 7 });
  story.does({ ...OPEN, severity: 'sev2' });
  story.passes(20 * MINUTE);
  story.does({ type: 'severity', to: 'sev1', reason: 'worse' });
  const before = story.timer('mitigate')?.dueAt ?? 0;
  story.does({ type: 'snooze', timer: 'mitigate', ms: HOUR, reason: 'waiting' });
  const after = story.timer('mitigate')?.dueAt ?? 0;
  expect(Math.round((after - before) / SECOND)).toBe(Math.round(HOUR / 7 / SECOND));
});
