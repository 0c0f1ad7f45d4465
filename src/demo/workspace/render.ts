import { DateTime } from 'luxon';
import { showBlock } from './terminal/blocks.ts';
import { cells, wrap } from './terminal/measure.ts';
import { showMrkdwn } from './terminal/mrkdwn.ts';
import { createPen } from './terminal/pen.ts';
import { emoji, type Reader } from './terminal/reader.ts';
import type { Message, Reply, View } from './types.ts';

/** Who looks and on what; everything has a default. */
export interface RenderOptions {
  readonly width?: number;
  /** ANSI styling; off by default. */
  readonly color?: boolean;
  /** The viewer's zone; UTC by default. */
  readonly zone?: string;
  /** For "today" and "ago", in milliseconds; the real clock by default. */
  readonly now?: number;
  readonly users?: Reader['users'];
  readonly channels?: Reader['channels'];
  readonly userGroups?: Reader['userGroups'];
}

const WIDTH = 80;
const INDENT = '  ';

function createReader(options: RenderOptions): Reader {
  return {
    pen: createPen(options.color ?? false),
    width: options.width ?? WIDTH,
    zone: options.zone ?? 'UTC',
    now: options.now ?? Date.now(),
    users: options.users ?? new Map(),
    channels: options.channels ?? new Map(),
    userGroups: options.userGroups ?? new Map(),
  };
}

function author(reader: Reader, message: Message | Reply): string {
  if ('via' in message) return `${reader.pen('Muster', 'bold')} ${reader.pen('APP', 'dim')}`;
  const user = reader.users.get(message.user);
  const fullName = user && 'realName' in user && user.realName ? String(user.realName) : user?.name;
  const app = message.botId ? ` ${reader.pen('APP', 'dim')}` : '';
  return `${reader.pen(fullName ?? message.user, 'bold')}${app}`;
}

function heading(reader: Reader, message: Message | Reply): string {
  const at = DateTime.fromSeconds(Number(message.ts), { zone: reader.zone }).toFormat('HH:mm');
  const edited = 'edited' in message && message.edited ? ' (edited)' : '';
  const alone = 'via' in message && message.responseType === 'ephemeral';
  const note = `${at}${edited}${alone ? '  Only visible to you' : ''}`;
  return `${author(reader, message)}  ${reader.pen(note, 'dim')}`;
}

function size(bytes: number): string {
  return bytes < 1024 ? `${bytes} B` : `${Math.round(bytes / 102.4) / 10} KB`;
}

function extras(reader: Reader, message: Message | Reply): string[] {
  if ('via' in message) return [];
  const files = message.files.map(
    (file) => `📎 ${file.name} ${reader.pen(`(${size(file.content.length)})`, 'dim')}`,
  );
  const reactions = message.reactions.map(({ name, users }) => `${emoji(name)} ${users.length}`);
  return reactions.length > 0 ? [...files, reactions.join('  ')] : files;
}

/** A message, or a reply that only its reader sees, as a person reads it in a terminal. */
export function renderMessage(message: Message | Reply, options: RenderOptions = {}): string {
  const reader = createReader(options);
  const width = reader.width - INDENT.length;
  // As in Slack, blocks replace the text, which then only serves notifications.
  const body =
    message.blocks.length > 0
      ? message.blocks.flatMap((block) => showBlock(reader, block, width))
      : wrap(showMrkdwn(reader, message.text), width);
  const lines = [...body, ...extras(reader, message)].map((line) => `${INDENT}${line}`.trimEnd());
  return [heading(reader, message), ...lines].join('\n');
}

/** A modal or Home tab as a person sees it in a terminal. */
export function renderView(view: View, options: RenderOptions = {}): string {
  const reader = createReader(options);
  const width = reader.width - 4;
  const title = view.title ? ` ${view.title} ` : '─';
  const body = view.blocks.flatMap((block) => showBlock(reader, block, width));
  const close = view.type === 'modal' ? `[ ${view.close ?? 'Cancel'} ]` : '';
  const submit = view.submit ? reader.pen(`[ ${view.submit} ]`, 'green', 'bold') : '';
  const foot = [close, submit].filter(Boolean).join('  ');
  const lines = [...body, ...(foot ? ['', foot] : [])].map(
    (line) => `${reader.pen('│', 'dim')} ${line}`,
  );
  const top = `╭─${title}${'─'.repeat(Math.max(0, reader.width - 2 - cells(title)))}`;
  const bottom = `╰${'─'.repeat(reader.width - 1)}`;
  return [reader.pen(top, 'dim'), ...lines, reader.pen(bottom, 'dim')].join('\n');
}
