import type { Pen } from './pen.ts';

interface Named {
  readonly name: string;
}

/** Who looks at a message and where: decides names, zone and width. */
export interface Reader {
  readonly pen: Pen;
  readonly width: number;
  readonly zone: string;
  /** For "today" and "5 minutes ago", in milliseconds. */
  readonly now: number;
  readonly users: ReadonlyMap<string, Named>;
  readonly channels: ReadonlyMap<string, Named>;
  readonly userGroups: ReadonlyMap<string, { readonly handle: string }>;
}

/** A person as mentioned. */
export const atUser = (reader: Reader, id: string, fallback = id): string =>
  `@${reader.users.get(id)?.name ?? fallback}`;

/** A channel as mentioned. */
export const atChannel = (reader: Reader, id: string, fallback = id): string =>
  `#${reader.channels.get(id)?.name || fallback}`;

/** A group as mentioned. */
export const atGroup = (reader: Reader, id: string, fallback = id): string =>
  `@${reader.userGroups.get(id)?.handle ?? fallback.replace(/^@/, '')}`;

const EMOJI: Readonly<Record<string, string>> = {
  rotating_light: '🚨',
  white_check_mark: '✅',
  heavy_check_mark: '✔️',
  x: '❌',
  pushpin: '📌',
  warning: '⚠️',
  fire: '🔥',
  eyes: '👀',
  bell: '🔔',
  mega: '📣',
  memo: '📝',
  hourglass_flowing_sand: '⏳',
  stopwatch: '⏱️',
  red_circle: '🔴',
  large_red_circle: '🔴',
  large_orange_circle: '🟠',
  large_yellow_circle: '🟡',
  large_green_circle: '🟢',
  large_blue_circle: '🔵',
  white_circle: '⚪',
  lock: '🔒',
  pager: '📟',
  tada: '🎉',
  wave: '👋',
  bar_chart: '📊',
  paperclip: '📎',
  '+1': '👍',
  thumbsup: '👍',
  question: '❓',
};

/** An emoji by its name; unknown ones stay as they were typed. */
export const emoji = (name: string): string => EMOJI[name] ?? `:${name}:`;
