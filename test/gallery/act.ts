import type { Story } from '../support/story.ts';
import type { StoryOptions } from '../support/story-options.ts';
import type { Shown } from './html/page.ts';

/** One picture of the gallery. */
export interface Screen {
  /** The picture's file, without its ending. */
  readonly name: string;
  /** What is seen, and by whom; it is also what the picture says to who cannot see it. */
  readonly caption: string;
  /** As wide as Slack is; a phone's screen has 390 points. */
  readonly width?: number;
}

/** Takes a picture of what somebody sees now. */
export type Shoot = (screen: Screen, who: string, shown: Shown) => Promise<void>;

/** A story that is told for the pictures in it. */
export interface Act {
  readonly title: string;
  readonly options?: StoryOptions;
  play(story: Story, shoot: Shoot): Promise<void>;
}

/** The last thing that only this person saw. */
export function whispered(story: Story, who: string): Shown {
  const last = story.workspace.seenBy(story.idOf(who)).at(-1);
  if (last === undefined) throw new Error(`${who} has seen nothing`);
  return [last];
}

/** The newest direct message. */
export function told(story: Story, who: string): Shown {
  const last = story.workspace.directMessages(story.idOf(who)).at(-1);
  if (last === undefined) throw new Error(`${who} was told nothing`);
  return [last];
}

/** The form that is open. */
export function form(story: Story, who: string): Shown {
  const view = story.workspace.viewOf(story.idOf(who));
  if (view === undefined) throw new Error(`${who} has no form`);
  return view;
}

/** The newest messages of the incident's channel, the last one at the bottom. */
export const channelEnd = (story: Story, count: number, number = 1): Shown =>
  story.channel(number).messages.slice(-count);

/** What came after a notice in the incident's channel. */
export function after(story: Story, notice: RegExp): Shown {
  const { messages } = story.channel();
  const place = messages.findLastIndex(({ text }) => notice.test(text));
  if (place < 0) throw new Error(`nothing in the channel says ${notice}`);
  return messages.slice(place + 1);
}
