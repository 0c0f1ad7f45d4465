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

/** Somebody leaves the channel of a private incident, or is removed by somebody; goes on when that is known. */
export async function leaves(
  story: Story,
  name: string,
  channel: string,
  by?: string,
): Promise<void> {
  const id = story.idOf(name);
  await story.workspace.leave(id, channel, by && story.idOf(by));
  await eventually(async () => {
    const [row] = await story.sql<{ away: boolean }[]>`
      select departed ? ${id} as away from incident where channel_id = ${channel}`;
    return row?.away === true;
  }, `it is known that ${name} left`);
  await story.settle();
}
