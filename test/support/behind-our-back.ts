import type { Begin } from './backends.ts';
import { eventually, type Story } from './story.ts';

/** What Slack says of a channel that something was done to behind our back. */
export const LOST = ['channel_not_found', 'not_in_channel', 'is_archived', 'is_inactive'];

/** An incident that Bo leads, with its channel. */
export async function opened(
  begin: Begin,
  title = 'sev1 Checkout is down',
): Promise<{ story: Story; id: string }> {
  const story = await begin();
  await story.opens('ana', title);
  await story.type('ana', '/incident lead <@U0BO>');
  return { story, id: story.channel().id };
}

/** The record says so; then everything that followed is done, too. */
export async function recorded(story: Story, text: string): Promise<void> {
  await eventually(
    async () => (await story.entries()).some((entry) => entry.text === text),
    `the record says: ${text}`,
  );
  await story.settle();
}

/** Everything that somebody was told directly. */
export const said = (story: Story, name: string): string => story.told(name).join('\n');
