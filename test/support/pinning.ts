import type { Message } from '../../src/demo/workspace/index.ts';
import type { Begin } from './backends.ts';
import { eventually, type Story } from './story.ts';

/** The reaction that puts a message on the timeline. */
export const PIN = 'pushpin';
const DONE = 'white_check_mark';

/** A message as it is in Slack now. */
const now = (story: Story, message: Message): Message | undefined =>
  story.workspace.channel(message.channel)?.messages.find(({ ts }) => ts === message.ts);

/** Whether Muster shows at the message that it is on the timeline. */
export const isMarked = (story: Story, message: Message): boolean =>
  now(story, message)?.reactions.some(
    ({ name, users }) => name === DONE && users.includes(story.workspace.botUserId),
  ) ?? false;

/** Waits until Muster shows that it is, and has come to rest. */
export const marked = async (story: Story, message: Message): Promise<void> => {
  await eventually(() => isMarked(story, message), 'the message is marked');
  await story.settle();
};

/** Waits until Muster does not show it any more. */
export const unmarked = async (story: Story, message: Message): Promise<void> => {
  await eventually(() => !isMarked(story, message), 'the mark is gone');
  await story.settle();
};

/** The entries that were taken from messages. */
export const captured = (story: Story, number = 1) =>
  story.sql<
    {
      no: number;
      text: string;
      at: Date;
      author: string;
      struck: { by: string; reason: string } | null;
      files: { name: string; link: string }[];
      link: string;
      source: string;
    }[]
  >`
    select e.no, e.text, e.at, e.author, e.struck, e.detail->'message'->'files' as files,
      e.detail->'message'->>'link' as link, e.source
    from entry e join incident i on i.id = e.incident_id
    where i.number = ${number} and e.detail->'message' is not null order by e.no`;

/** What was corrected about an entry, by whom and why. */
export const revisions = (story: Story, no: number) =>
  story.sql<{ change: string; by: string; reason: string | null }[]>`
    select change, by, reason from revision where entry = ${no} order by revision`;

/** An incident, with short words for what people do in its channel. */
export const opened = async (begin: Begin) => {
  // A busy machine is no outage.
  const story = await begin({ answerWithinMs: 20_000 });
  await story.opens('ana', 'sev1 Checkout is down');
  const say = (name: string, text: string, more = {}) =>
    story.workspace.say(story.idOf(name), story.channel().id, text, more);
  const react = (name: string, message: Message, emoji = PIN) =>
    story.workspace.react(story.idOf(name), message, emoji);
  const unreact = (name: string, message: Message, emoji = PIN) =>
    story.workspace.unreact(story.idOf(name), message, emoji);
  return { story, say, react, unreact };
};
