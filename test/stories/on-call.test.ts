import { afterEach, beforeEach, expect, test } from 'vitest';
import { expectInvariants } from '../support/invariants.ts';
import { createStory, type Story } from '../support/story.ts';

/**
 * The night in Amsterdam in which 02:00 becomes 03:00: the hand-off at 02:30 is at 03:00, 01:00 UTC.
 * Until then bo is on call, then cy; at noon nobody answers the office’s telephone.
 */
const NIGHT = Date.UTC(2026, 2, 29, 0, 50);

const CONFIG = `
announce: C0INCIDENTS
administrators: [U0ADA]
severities:
  sev1:
    policy: platform
    sla: { acknowledge: 4h }
  sev2:
    policy: office
    sla: { acknowledge: 4h }
policies:
  platform:
    levels:
      - { after: 0m, notify: ["schedule:platform"] }
      - { after: 15m, notify: ["policy:backup"] }
      - { after: 30m, notify: ["schedule:platform"] }
    repeat: 0
  backup:
    levels:
      - { after: 0m, notify: ["schedule:platform", "user:U0MAX"] }
    repeat: 0
  office:
    levels:
      - { after: 0m, notify: ["schedule:office"] }
      - { after: 10m, notify: ["schedule:gone"] }
    repeat: 0
schedules:
  platform:
    time_zone: Europe/Amsterdam
    rotation: { every: day, handoff: 02:30, members: [U0BO, U0CY], start: 2026-03-28 }
  office:
    time_zone: Europe/Amsterdam
    layers:
      - { every: week, handoff: Monday 09:00, only: [Mon-Fri 09:00-17:00], members: [U0MAX] }
  gone:
    time_zone: UTC
    rotation: { every: week, handoff: Monday 09:00, members: [U0GONE, U0BO], start: 2026-03-23 }
`;

let story: Story;

beforeEach(async () => {
  story = await createStory({ config: CONFIG });
  await story.clock.set(NIGHT);
});
afterEach(async () => {
  await story.stop();
});

/** The minute of the night and the first line of what somebody was told directly. */
const heard = (name: string): string[] =>
  story.heard(name).map((line) => line.replace(/^\d+: /, ''));

const PLATFORM = 'INC-1 sev1: Checkout is down. ';
const LEVEL = (n: number) =>
  expect.stringMatching(
    n === 1
      ? /Checkout is down\. New incident/
      : new RegExp(`acknowledged it since .*: level ${n}\\.$`),
  );

test('a page goes to whoever is on call when it fires, across the change of clocks', async () => {
  await story.opens('ana', 'sev1 Checkout is down');
  await story.settle();
  expect(heard('bo')).toEqual([LEVEL(1)]);
  expect(heard('cy')).toEqual([]);
  expect(story.channel().members).toContain('U0BO');
  const [ping] = story.told('bo');
  expect(ping).toContain('Sent to @bo (on call in platform).');
  // A quarter of an hour later it is cy’s turn, and cy is named, not mentioned.
  expect(ping).toContain('Next: @cy (on call in platform), @max at 01:05');
  expect(story.card()).toContain('bo (platform)');
  expect(story.card()).toContain('@cy (on call in platform), @max, 01:05');
  expect(await story.type('ana', '/incident next')).toContain('level 2: @cy (on call in platform)');
  // What the channel is told of the next one is no page of them either.
  await story.type('ana', '/incident snooze policy 1 min the vendor is calling back');
  const told = story.channel().messages.at(-1);
  expect(told && story.seen(told)).toContain('cy (on call in platform)');
  expect(JSON.stringify(told?.blocks)).not.toContain('U0CY');
  await story.fastForward(17);
  expect(heard('bo')).toHaveLength(1);
  expect(heard('cy')).toEqual([LEVEL(2)]);
  expect(heard('max')).toEqual([LEVEL(2)]);
  expect(story.channel().members).toContain('U0CY');
  // The record says who it was, once for each ping.
  const timeline = await story.type('ana', '/incident timeline');
  expect(timeline.match(/Pinged @bo, on call in platform\./g)).toHaveLength(1);
  expect(timeline.match(/Pinged @cy, on call in platform\./g)).toHaveLength(1);
  await story.type('cy', '/incident ack');
  await story.type('ana', '/incident resolve all is well');
  await story.settle();
  const [, table = ''] = story.draft().split('Who was paged');
  expect(table).toContain('@bo (on call in platform)');
  expect(table).toContain('@cy (on call in platform), @max');
  expect(story.draft()).not.toContain('schedule:platform');
  await expectInvariants(story);
});

test('somebody stands in: they and the one they relieve are told, and pages go to them', async () => {
  await story.opens('ana', 'sev1 Checkout is down');
  const typed = '/incident oncall platform override <@U0MAX|max> until 12:00';
  const said = await story.type('ana', typed);
  expect(said).toContain('@max is on call in platform, instead of @bo, @cy.');
  expect(said).toContain('until 10:00 UTC · 12:00 CEST');
  expect(heard('max').at(-1)).toContain('You are on call in platform from');
  expect(story.told('cy').at(-1)).toContain('@max stands in for you in platform from');
  // The same request again is the same override.
  const delivery = story.workspace.deliveries.at(-1);
  if (!delivery) throw new Error('nothing was sent');
  await story.replay(delivery);
  await story.settle();
  expect(await story.sql`select 1 from on_call_override`).toHaveLength(1);
  // Level 2 names max as well: one message all the same.
  await story.fastForward(16);
  expect(heard('max').filter((line) => line.startsWith(PLATFORM))).toEqual([LEVEL(2)]);
  expect(heard('cy').filter((line) => line.startsWith(PLATFORM))).toEqual([]);
  expect(await story.type('bo', '/incident oncall')).toContain('standing in, arranged by @ana');
  const ended = await story.type('bo', '/incident oncall platform end');
  expect(ended).toContain('platform: @max no longer stands in.');
  expect(ended).toContain('On call now: @cy');
  await story.fastForward(16);
  expect(heard('cy').at(-1)).toEqual(LEVEL(3));
  await expectInvariants(story);
});

test('a gap and somebody who has left are said, and the next in the rotation is pinged', async () => {
  await story.opens('ana', 'sev2 Lights are out');
  await story.settle();
  // Level 1 is the office on a Sunday night: max is next, on Monday morning.
  const gap = 'INC-1: Nobody is on call in office now. Pinged instead: @max, whose turn is next.';
  expect(story.messages().join('\n')).toContain(gap);
  expect(story.told('ada').join('\n')).toContain(gap);
  expect(story.told('ada').join('\n')).toContain(
    '/incident oncall office override @somebody until',
  );
  expect(heard('max')).toHaveLength(1);
  await story.fastForward(11);
  const left =
    '@U0GONE is on call in gone but is not in this workspace. Pinged instead: @bo, whose turn is next.';
  expect(story.messages().join('\n')).toContain(left);
  expect(heard('bo').filter((line) => line.startsWith('INC-1 sev2'))).toHaveLength(1);
  const shown = await story.type('ana', '/incident oncall');
  expect(shown).toContain('@U0GONE has left the workspace: the next in the rotation is pinged.');
  expect(shown).toMatch(/Gap: nobody is on call/);
  // A page by name says so too, and finds whoever answers.
  const before = heard('bo').length;
  // Whoever was called instead stands in the record, with the reason.
  const timeline = await story.type('ana', '/incident timeline');
  expect(timeline).toContain(
    'Nobody is on call in office: pinged @max instead, whose turn is next.',
  );
  expect(timeline).toContain('in gone but is not in this workspace: pinged @bo instead');
  const said = await story.type('ana', '/incident page schedule gone it is dark');
  expect(said).toContain('Paged @U0GONE (on call in gone) about INC-1.');
  expect(heard('bo')).toHaveLength(before + 1);
  await expectInvariants(story);
});
