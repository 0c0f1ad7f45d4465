import { eventually, type Story } from './story.ts';

/**
 * Somebody comes into the channel of an incident for the first time; goes on when they were welcomed,
 * so that what they see next is the answer to what they do next.
 */
export async function joins(story: Story, name: string, channel: string): Promise<void> {
  const id = story.idOf(name);
  const before = story.workspace.seenBy(id).length;
  await story.workspace.join(id, channel);
  await eventually(() => story.workspace.seenBy(id).length > before, `${name} is welcomed`);
  await story.settle();
}
