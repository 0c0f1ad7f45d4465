import { isJson, type Json, jsonList } from '../limits/rules.ts';
import { showDate } from './dates.ts';
import { wrap } from './measure.ts';
import type { Ink } from './pen.ts';
import { atChannel, atGroup, atUser, emoji, type Reader } from './reader.ts';

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

const LEAVES: Readonly<Record<string, (leaf: Json, reader: Reader) => [string, ...Ink[]]>> = {
  text: (leaf) => [text(leaf.text)],
  link: (leaf) => [text(leaf.text) || text(leaf.url), 'underline', 'blue'],
  user: (leaf, reader) => [atUser(reader, text(leaf.user_id)), 'cyan'],
  channel: (leaf, reader) => [atChannel(reader, text(leaf.channel_id)), 'cyan'],
  usergroup: (leaf, reader) => [atGroup(reader, text(leaf.usergroup_id)), 'yellow'],
  broadcast: (leaf) => [`@${text(leaf.range)}`, 'yellow', 'bold'],
  emoji: (leaf) => [emoji(text(leaf.name))],
  date: (leaf, reader) => [
    showDate(reader, Number(leaf.timestamp), text(leaf.format), text(leaf.fallback)),
  ],
  color: (leaf) => [text(leaf.value)],
};

function styles(leaf: Json): Ink[] {
  const style = isJson(leaf.style) ? leaf.style : {};
  const inks = (['bold', 'italic', 'strike', 'underline'] satisfies Ink[]).filter(
    (ink) => style[ink] === true,
  );
  return style.code === true ? [...inks, 'yellow'] : inks;
}

function showLeaf(reader: Reader, leaf: Json): string {
  const [shown, ...inks] = LEAVES[text(leaf.type)]?.(leaf, reader) ?? [''];
  return reader.pen(shown, ...inks, ...styles(leaf));
}

/** The elements of one section, on one line as long as it takes. */
export function showLeaves(reader: Reader, elements: unknown): string {
  return jsonList(elements)
    .map((leaf) => showLeaf(reader, leaf))
    .join('');
}

function hang(reader: Reader, bullet: string, body: string, width: number): string[] {
  return wrap(body, width - bullet.length).map(
    (line, index) =>
      `${index === 0 ? reader.pen(bullet, 'dim') : ' '.repeat(bullet.length)}${line}`,
  );
}

function showList(reader: Reader, list: Json, width: number): string[] {
  const indent = '  '.repeat(typeof list.indent === 'number' ? list.indent : 0);
  const first = typeof list.offset === 'number' ? list.offset : 0;
  return jsonList(list.elements).flatMap((item, index) => {
    const bullet = list.style === 'ordered' ? `${first + index + 1}. ` : '• ';
    const body = showLeaves(reader, item.elements);
    return hang(reader, `${indent}${bullet}`, body, width);
  });
}

/** A `rich_text` block as lines of at most this width. */
export function showRichText(reader: Reader, block: Json, width: number): string[] {
  return jsonList(block.elements).flatMap((element) => {
    if (element.type === 'rich_text_list') return showList(reader, element, width);
    const body = showLeaves(reader, element.elements).replace(/\n$/, '');
    if (element.type === 'rich_text_section') return wrap(body, width);
    const quoted = wrap(body, width - 2);
    return quoted.map((line) => `${reader.pen('▎', 'dim')} ${line}`);
  });
}
