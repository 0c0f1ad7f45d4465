import { createHash } from 'node:crypto';
import type { types } from '@slack/bolt';
import type { Block, Button } from '../../domain/text.ts';
import { cut, tidy } from './literal.ts';
import type { Counter, Piece } from './piece.ts';
import { quote } from './quote.ts';

type Buttons = Extract<Block, { type: 'buttons' }>;

/** Slack takes 25 and shows them all in one heap; five are still a row. */
const IN_A_ROW = 5;
const LABEL_CHARACTERS = 75;
const COMMAND_CHARACTERS = 2000;
const OPTIONS = 100;
const OVERFLOW_ITEMS = 5;
const OPTION_CHARACTERS = 75;
const PLACEHOLDER_CHARACTERS = 150;

/** What the ids of our buttons begin with. */
export const BUTTON_PREFIX = 'do:';

const plain = (text: string, max: number): types.PlainTextElement => ({
  type: 'plain_text',
  text: cut(tidy(text), max).trim() || '…',
  emoji: false,
});

const confirmation = ({
  title,
  text,
  yes,
}: NonNullable<Button['confirm']>): types.ConfirmationDialog => ({
  title: plain(title, 100),
  text: plain(text, 300),
  confirm: plain(yes, 30),
  deny: plain('Not now', 30),
});

/** Keeps Slack's clients from mistaking one button for another when a message is edited. */
const hashOf = (command: string): string =>
  createHash('sha256').update(command).digest('hex').slice(0, 8);

function button({ label, command, style, confirm }: Button, counter: Counter): types.Button {
  return {
    type: 'button',
    text: plain(label, LABEL_CHARACTERS),
    action_id: `${BUTTON_PREFIX}${counter.next()}:${hashOf(command)}`,
    value: command,
    ...(style ? { style } : {}),
    ...(confirm ? { confirm: confirmation(confirm) } : {}),
  };
}

/** Items behind three dots, each of which types its command; Slack takes five. */
function overflow(wanted: readonly Button[], counter: Counter): types.Overflow {
  const items = wanted.slice(0, OVERFLOW_ITEMS);
  return {
    type: 'overflow',
    action_id: `${BUTTON_PREFIX}${counter.next()}:${hashOf(items.map(({ command }) => command).join('\n'))}`,
    options: items.map(({ label, command }) => ({
      text: plain(label, OPTION_CHARACTERS),
      value: tidy(command),
    })),
  };
}

/** A menu, each item of which types its command; items whose command Slack has no room for are left out. */
function menu(name: string, wanted: readonly Button[], counter: Counter): Piece[] {
  const fitting = wanted.filter(({ command }) => tidy(command).length <= OPTION_CHARACTERS);
  const options = fitting.slice(0, OPTIONS).map(({ label, command }) => ({
    text: plain(label, OPTION_CHARACTERS),
    value: tidy(command),
  }));
  if (options.length === 0) return [];
  const hash = hashOf(options.map(({ value }) => value).join('\n'));
  const element: types.StaticSelect = {
    type: 'static_select',
    placeholder: plain(name, PLACEHOLDER_CHARACTERS),
    action_id: `${BUTTON_PREFIX}${counter.next()}:${hash}`,
    options,
  };
  return [{ block: { type: 'actions', elements: [element] }, size: name.length }];
}

/** Buttons in rows; a command too long for a button is shown, to be copied and typed. */
export function buttons(
  { buttons: wanted, menu: name, more = [] }: Buttons,
  counter: Counter,
): Piece[] {
  if (name !== undefined) return menu(name, wanted, counter);
  const result: Piece[] = [];
  const fitting = wanted.filter(
    ({ command }) => command !== '' && tidy(command).length <= COMMAND_CHARACTERS,
  );
  for (let start = 0; start < fitting.length; start += IN_A_ROW) {
    const row = fitting.slice(start, start + IN_A_ROW);
    const last = start + IN_A_ROW >= fitting.length;
    const elements = [
      ...row.map((one) => button({ ...one, command: tidy(one.command) }, counter)),
      ...(last && more.length > 0 ? [overflow(more, counter)] : []),
    ];
    result.push({ block: { type: 'actions', elements }, size: 30 * elements.length });
  }
  const long = wanted.filter(({ command }) => tidy(command).length > COMMAND_CHARACTERS);
  return [
    ...result,
    ...long.flatMap(({ label, command }) =>
      quote({ type: 'quote', text: `${label}: /incident ${command}` }),
    ),
  ];
}
