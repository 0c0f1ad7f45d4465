import { expect, test } from 'vitest';
import type { Delivery } from '../../src/demo/workspace/index.ts';
import type { Json } from '../../src/demo/workspace/limits/rules.ts';
import { expectInvariants } from '../support/invariants.ts';
import { captured, PIN } from '../support/pinning.ts';
import { createStory, eventually, type Story } from '../support/story.ts';

/** A story by Socket Mode, over when it is told; a busy machine is no outage. */
async function connected(tell: (story: Story) => Promise<void>): Promise<void> {
  const story = await createStory({ socket: true, answerWithinMs: 15_000 });
  try {
    await story.opens('ana', 'sev1 Checkout is down');
    await tell(story);
    await expectInvariants(story, { tolerated: TOLERATED });
  } finally {
    await story.stop();
  }
}

/** People are told by Slack that nobody answered: that is what an outage is. */
const TOLERATED = ['operation_timeout'];

/** Sends an event again as Slack does that was not heard, in a new envelope. */
async function again(story: Story, delivery: Delivery | undefined, retry: number): Promise<void> {
  const { event, event_id: eventId } = JSON.parse(delivery?.body ?? '{}') as Json;
  await story.workspace.event(event as Json, { retry, eventId: String(eventId) });
}

const lines = async (story: Story, text: string): Promise<number> =>
  (await story.entries()).filter((entry) => entry.text === text).length;

test('an event whose acknowledgement was lost comes again, and is done once', async () => {
  await connected(lostAcks);
});

async function lostAcks(story: Story): Promise<void> {
  const { workspace } = story;
  const message = await workspace.say('U0BO', story.channel().id, 'the pool is full');
  workspace.socket.loseAcks(1);
  const sent = await workspace.react('U0ANA', message, PIN);
  expect(sent).toMatchObject({ status: 0, error: 'dispatch_failed' });
  const delivery = workspace.deliveries.at(-1);
  await again(story, delivery, 1);
  await eventually(async () => (await captured(story)).length > 0, 'it is on the timeline');
  await again(story, delivery, 2);
  await story.settle();
  expect(await captured(story)).toHaveLength(1);

  // A command is not sent again: the person sees that it failed, looks, and finds it.
  workspace.socket.loseAcks(1);
  const typed = await workspace.type('U0BO', story.channel().id, '/incident log pool restarted');
  expect(typed.status).toBe(0);
  await eventually(async () => (await lines(story, 'pool restarted')) > 0, 'it is on record');
  await story.settle();
  expect(await story.type('bo', '/incident timeline')).toContain('pool restarted');
  expect(await lines(story, 'pool restarted')).toBe(1);

  // A press that seemed to fail is made again.
  await story.fastForward(5);
  const [ping] = workspace.directMessages('U0BO');
  if (!ping) throw new Error('nobody was pinged');
  workspace.socket.loseAcks(1);
  await workspace.click('U0BO', ping, 'Acknowledge');
  await story.settle();
  await workspace.type('U0BO', story.channel().id, '/incident ack');
  await story.settle();
  const [acknowledged] = await story.sql<{ n: number }[]>`
    select count(*)::int as n from entry where detail->>'type' = 'acknowledged'`;
  expect(acknowledged?.n).toBe(1);
}

const BACK_WITHIN_MS = 20_000;

/** What befalls the connection, and how long it may take until Muster is back. */
interface Trouble {
  readonly withinMs: number;
  act(story: Story): void;
}

const TROUBLE: Readonly<Record<string, Trouble>> = {
  'a warning before the end': {
    act: ({ workspace }) => workspace.disconnectSocket('warning'),
    withinMs: BACK_WITHIN_MS,
  },
  'a refresh': {
    act: ({ workspace }) => workspace.disconnectSocket('refresh_requested'),
    withinMs: BACK_WITHIN_MS,
  },
  'Socket Mode switched off, and on again': {
    act: ({ workspace }) => {
      const off = { mode: 'error', error: 'socket_mode_not_enabled', times: 2 } as const;
      workspace.faults.push({ method: /^apps\.connections\.open$/, ...off });
      workspace.disconnectSocket('link_disabled');
    },
    withinMs: 100_000,
  },
  'too many connections, twice': {
    act: ({ workspace }) => {
      workspace.socket.refuse(2);
      workspace.disconnectSocket('refresh_requested');
    },
    withinMs: 60_000,
  },
  'an outage of Slack, in which nobody can connect': {
    act: ({ workspace }) => {
      const method = /^apps\.connections\.open$/;
      workspace.faults.push({ method, mode: '500-before', times: 2 });
      workspace.faults.push({ method, mode: 'reset-before', times: 2 });
      workspace.faults.push({ method, mode: '429', retryAfter: 2, times: 1 });
      workspace.disconnectSocket('refresh_requested');
    },
    withinMs: 90_000,
  },
  'a connection that dies without a word': {
    act: ({ workspace }) => workspace.socket.freeze(),
    withinMs: 90_000,
  },
};

async function outlived(story: Story, { act, withinMs }: Trouble): Promise<void> {
  const { workspace } = story;
  const here = story.channel().id;
  const message = await workspace.say('U0BO', here, 'said before it');

  act(story);
  await workspace.react('U0ANA', message, PIN).catch(() => undefined);
  const sent = workspace.deliveries.at(-1);
  const logs = async (): Promise<boolean> => {
    const typed = await workspace
      .type('U0CY', here, '/incident log after it')
      .catch(() => ({ status: 0 }));
    return typed.status === 200;
  };
  await eventually(logs, 'the socket is back', withinMs);

  await again(story, sent, 1);
  await eventually(async () => (await captured(story)).length > 0, 'it is on the timeline');
  await again(story, sent, 2);
  await story.settle();
  expect(await captured(story)).toHaveLength(1);
  expect(await lines(story, 'after it')).toBe(1);
}

/** A machine that waits for minutes: only when there is time for it. */
if (process.env.LONG !== undefined)
  test.concurrent.each(Object.entries(TROUBLE))(
    '%s: Muster is back, and what came in between is done once',
    (_, trouble) => connected((story) => outlived(story, trouble)),
    240_000,
  );
