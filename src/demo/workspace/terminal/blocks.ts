import { words } from '../controls.ts';
import { isJson, type Json, jsonList } from '../limits/rules.ts';
import { cells, pad, wrap } from './measure.ts';
import { showMarkdown, showMrkdwn, showPlain } from './mrkdwn.ts';
import type { Ink } from './pen.ts';
import type { Reader } from './reader.ts';
import { showRichText } from './rich-text.ts';
import { showTable } from './tables.ts';

const GAP = 2;

function showText(reader: Reader, value: unknown): string {
  if (!isJson(value)) return '';
  return value.type === 'mrkdwn' ? showMrkdwn(reader, words(value)) : showPlain(words(value));
}

function chosen(element: Json): string {
  const option = isJson(element.initial_option) ? words(element.initial_option.text) : '';
  const many = jsonList(element.initial_options).map((each) => words(each.text));
  const value =
    element.initial_value ?? element.initial_date ?? element.initial_time ?? element.initial_user;
  return option || many.join(', ') || (typeof value === 'string' ? value : '');
}

function showButton(reader: Reader, button: Json): string {
  const inks: Ink[] =
    button.style === 'danger' ? ['red'] : button.style === 'primary' ? ['green', 'bold'] : [];
  return reader.pen(`[ ${showPlain(words(button.text))} ]`, ...inks);
}

function showChoices(element: Json): string {
  const picked = chosen(element).split(', ');
  const [on, off] = element.type === 'checkboxes' ? ['☑', '☐'] : ['◉', '○'];
  return jsonList(element.options)
    .map((option) => words(option.text))
    .map((label) => `${picked.includes(label) ? on : off} ${label}`)
    .join('  ');
}

function showElement(reader: Reader, element: Json): string {
  const { type } = element;
  if (type === 'button') return showButton(reader, element);
  if (type === 'image') return reader.pen(`🖼 ${String(element.alt_text)}`, 'dim');
  if (type === 'overflow') return '[ … ]';
  if (type === 'checkboxes' || type === 'radio_buttons') return showChoices(element);
  const hint = words(element.placeholder);
  const value = chosen(element);
  const menu = String(type).includes('select') || String(type).includes('picker');
  const inside = value || reader.pen(hint || (menu ? 'Choose' : ''), 'dim');
  return menu ? `[ ${inside} ▾ ]` : `│ ${inside}`;
}

/** Puts pieces side by side and goes on below when a line is full. */
function flow(pieces: readonly string[], width: number): string[] {
  const lines: string[] = [];
  for (const piece of pieces) {
    const last = lines.at(-1);
    const longer = last === undefined ? '' : `${last}${' '.repeat(GAP)}${piece}`;
    if (longer && cells(longer) <= width) lines[lines.length - 1] = longer;
    else lines.push(piece);
  }
  return lines;
}

function showFields(reader: Reader, fields: readonly Json[], width: number): string[] {
  const column = Math.floor((width - GAP) / 2);
  const shown = fields.map((field) => wrap(showText(reader, field), column));
  const lines: string[] = [];
  for (let index = 0; index < shown.length; index += 2) {
    const [left = [], right = []] = shown.slice(index, index + 2);
    for (let line = 0; line < Math.max(left.length, right.length); line += 1) {
      const row = `${pad(left[line] ?? '', column)}${' '.repeat(GAP)}${right[line] ?? ''}`;
      lines.push(row.trimEnd());
    }
  }
  return lines;
}

function showSection(reader: Reader, block: Json, width: number): string[] {
  const text = block.text === undefined ? [] : wrap(showText(reader, block.text), width);
  const accessory = isJson(block.accessory) ? [showElement(reader, block.accessory)] : [];
  return [...text, ...showFields(reader, jsonList(block.fields), width), ...accessory];
}

function showInput(reader: Reader, block: Json, width: number): string[] {
  const label = reader.pen(words(block.label), 'bold');
  const optional = block.optional === true ? reader.pen(' (optional)', 'dim') : '';
  const hint = words(block.hint);
  return [
    `${label}${optional}`,
    ...(isJson(block.element) ? wrap(`  ${showElement(reader, block.element)}`, width) : []),
    ...(hint ? wrap(`  ${reader.pen(hint, 'dim')}`, width) : []),
  ];
}

type Show = (reader: Reader, block: Json, width: number) => string[];

const SHOW: Readonly<Record<string, Show>> = {
  header: (reader, block, width) =>
    wrap(showText(reader, block.text), width).map((line) => reader.pen(line, 'bold')),
  section: showSection,
  context: (reader, block, width) => {
    const parts = jsonList(block.elements).map((element) =>
      element.type === 'image' ? '🖼' : showText(reader, element),
    );
    return wrap(parts.join('  '), width).map((line) => reader.pen(line, 'dim'));
  },
  actions: (reader, block, width) =>
    flow(
      jsonList(block.elements).map((element) => showElement(reader, element)),
      width,
    ),
  divider: (reader, _block, width) => [reader.pen('─'.repeat(width), 'dim')],
  image: (reader, block) => [
    reader.pen(`🖼 ${words(block.title) || String(block.alt_text)}`, 'dim'),
  ],
  input: showInput,
  rich_text: showRichText,
  table: showTable,
  data_table: showTable,
  markdown: (reader, block, width) => wrap(showMarkdown(reader, String(block.text)), width),
  alert: (reader, block, width) => wrap(`⚠ ${showText(reader, block.text)}`, width),
  file: (_reader, block) => [`📎 ${String(block.external_id)}`],
};

/** A block as lines of at most this width. */
export function showBlock(reader: Reader, block: Json, width: number): string[] {
  return SHOW[String(block.type)]?.(reader, block, width) ?? [`[${String(block.type)}]`];
}
