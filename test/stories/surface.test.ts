import { expect, test } from 'vitest';
import { COMMANDS } from '../../src/commands/index.ts';
import { BOT_EVENTS, BOT_SCOPES } from '../../src/slack/scopes.ts';
import { everyEvent, HAPPENINGS, heard } from '../support/every-event.ts';
import { expectInvariants } from '../support/invariants.ts';
import { createStory, type Story } from '../support/story.ts';
import {
  type Done,
  everyButton,
  everyCommand,
  everyForm,
  everyShortcut,
} from '../support/surface.ts';

// All that people and Slack can do to Muster, through both doors: a signed request and an envelope
// of Socket Mode. The lists are the code's own and the manifest's.

const BROKEN = /ran into an error|does not answer|did not open the form|TypeError|\[object/;
const DOORS = [
  ['signed HTTP', false],
  ['Socket Mode', true],
] as const;
/** What was asked for at each door, and what is on record then. */
const left = new Map<string, Pick<All, 'asked' | 'record'>>();

interface All {
  readonly asked: readonly Done[];
  readonly record: readonly unknown[];
  /** In an order that depends on when messages change. */
  readonly pressed: readonly Done[];
}

async function everything(story: Story): Promise<All> {
  await story.opens('ana', 'sev1 Checkout is down');
  for (const line of ['one', 'two', 'three', 'four', 'five', 'six'])
    await story.type('ana', `/incident log line ${line}`);
  const asked: Done[] = [];
  for (const drive of [everyCommand, everyForm, everyShortcut]) asked.push(...(await drive(story)));
  const record = await story.sql`
    select i.number, i.drill, e.no, e.text, e.at, e.author, e.source, e.struck
    from entry e join incident i on i.id = e.incident_id order by i.drill, i.number, e.no`;
  const pressed = await everyButton(story);
  await everyEvent(story);
  return { asked, record: [...record], pressed };
}

test.concurrent.each(DOORS)(
  'everything that can be done is done through %s: it is answered in time, within Slack’s limits and the manifest’s scopes',
  async (door, socket) => {
    const story = await createStory({ socket, answerWithinMs: 15_000 });
    try {
      expect([...story.workspace.scopes].toSorted()).toEqual(BOT_SCOPES.toSorted());
      const { asked, record, pressed } = await everything(story);
      expect(asked.length).toBeGreaterThan(COMMANDS.length * 2);
      expect(pressed.length).toBeGreaterThan(50);
      const done = [...asked, ...pressed];
      for (const { what, said } of done) expect(said.join('\n'), what).not.toMatch(BROKEN);
      // What is pressed on somebody's Home is answered on it.
      const mute = done.filter(({ what, said }) => said.length === 0 && !/\bhome\b/i.test(what));
      expect(mute).toEqual([]);
      expect(BOT_EVENTS.filter((event) => !heard(story).includes(event))).toEqual([]);
      // So Slack never asks what a menu offers.
      expect(JSON.stringify(story.workspace.calls)).not.toContain('external_select');
      await expectInvariants(story);
      left.set(door, { asked, record });
    } finally {
      await story.stop();
    }
  },
  180_000,
);

test('every event of the manifest has something that makes Slack tell of it', () => {
  expect(Object.keys(HAPPENINGS).toSorted()).toEqual(BOT_EVENTS.toSorted());
});

test('both doors are asked the same, and the same is on record then', () => {
  const [one, other] = DOORS.map(([door]) => left.get(door));
  expect(one?.record.length).toBeGreaterThan(50);
  expect(other?.asked.map(({ what }) => what)).toEqual(one?.asked.map(({ what }) => what));
  expect(other?.record).toEqual(one?.record);
});
