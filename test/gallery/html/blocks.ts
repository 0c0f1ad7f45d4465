import { words } from '../../../src/demo/workspace/controls.ts';
import { isJson, type Json, jsonList } from '../../../src/demo/workspace/limits/rules.ts';
import {
  showMarkdown,
  showMrkdwn,
  showPlain,
} from '../../../src/demo/workspace/terminal/mrkdwn.ts';
import type { Reader } from '../../../src/demo/workspace/terminal/reader.ts';
import { showLeaves } from '../../../src/demo/workspace/terminal/rich-text.ts';
import { literal } from '../../../src/exports/html/literal.ts';
import { element } from './elements.ts';
import { asHtml } from './pen.ts';

function text(reader: Reader, value: unknown): string {
  if (!isJson(value)) return '';
  return value.type === 'mrkdwn'
    ? asHtml(showMrkdwn(reader, words(value)))
    : literal(showPlain(words(value)));
}

const leaves = (reader: Reader, elements: unknown): string => asHtml(showLeaves(reader, elements));

const RICH: Readonly<Record<string, (reader: Reader, part: Json) => string>> = {
  rich_text_section: (reader, part) => `<div>${leaves(reader, part.elements)}</div>`,
  rich_text_quote: (reader, part) => `<blockquote>${leaves(reader, part.elements)}</blockquote>`,
  rich_text_preformatted: (reader, part) => `<pre>${leaves(reader, part.elements)}</pre>`,
  rich_text_list: (reader, part) => {
    const tag = part.style === 'ordered' ? 'ol' : 'ul';
    const start = typeof part.offset === 'number' ? ` start="${part.offset + 1}"` : '';
    const items = jsonList(part.elements).map(
      ({ elements }) => `<li>${leaves(reader, elements)}</li>`,
    );
    return `<${tag}${start}>${items.join('')}</${tag}>`;
  },
};

const rich = (reader: Reader, block: Json): string =>
  jsonList(block.elements)
    .map((part) => RICH[String(part.type)]?.(reader, part) ?? unknown(part))
    .join('');

/** What is not drawn is to be seen as such, not to be missing. */
const unknown = ({ type }: Json): string => `<div class="unknown">${literal(String(type))}</div>`;

function cell(reader: Reader, json: Json): string {
  if (json.type === 'rich_text') return rich(reader, json);
  return literal(String(json.text ?? json.value ?? ''));
}

function table(reader: Reader, block: Json): string {
  const rows = Array.isArray(block.rows) ? block.rows : [];
  const drawn = rows.map((row, index) => {
    const tag = index === 0 ? 'th' : 'td';
    const cells = jsonList(row).map((json) => `<${tag}>${cell(reader, json)}</${tag}>`);
    return `<tr>${cells.join('')}</tr>`;
  });
  const caption =
    typeof block.caption === 'string' ? `<caption>${literal(block.caption)}</caption>` : '';
  return `<table>${caption}${drawn.join('')}</table>`;
}

function section(reader: Reader, block: Json): string {
  const fields = jsonList(block.fields).map((one) => `<div>${text(reader, one)}</div>`);
  const grid = fields.length > 0 ? `<div class="fields">${fields.join('')}</div>` : '';
  const beside = isJson(block.accessory) ? `<div>${element(reader, block.accessory)}</div>` : '';
  return `<div class="section"><div class="words">${text(reader, block.text)}${grid}</div>${beside}</div>`;
}

function input(reader: Reader, block: Json): string {
  const optional = block.optional === true ? ' <span class="hint">(optional)</span>' : '';
  const hint = isJson(block.hint) ? `<div class="hint">${text(reader, block.hint)}</div>` : '';
  const inside = isJson(block.element) ? element(reader, block.element) : '';
  return `<div class="input"><div class="label">${text(reader, block.label)}${optional}</div>${inside}${hint}</div>`;
}

const DRAWN: Readonly<Record<string, (reader: Reader, block: Json) => string>> = {
  header: (reader, block) => `<h2>${text(reader, block.text)}</h2>`,
  section,
  context: (reader, block) =>
    `<div class="context">${jsonList(block.elements)
      .map((one) => (one.type === 'image' ? '🖼' : text(reader, one)))
      .join(' ')}</div>`,
  actions: (reader, block) =>
    `<div class="actions">${jsonList(block.elements)
      .map((one) => element(reader, one))
      .join('')}</div>`,
  divider: () => '<hr>',
  image: (reader, block) =>
    `<div class="context">🖼 ${text(reader, block.title) || literal(String(block.alt_text))}</div>`,
  input,
  rich_text: rich,
  table,
  data_table: table,
  markdown: (reader, block) => `<div>${asHtml(showMarkdown(reader, String(block.text)))}</div>`,
  alert: (reader, block) => `<div class="section">⚠ ${text(reader, block.text)}</div>`,
};

/** Blocks as Slack shows them, near enough to judge what a person sees. */
export const blocks = (reader: Reader, shown: readonly Json[]): string =>
  shown
    .map((block) => {
      const drawn = DRAWN[String(block.type)]?.(reader, block) ?? unknown(block);
      return `<div class="block">${drawn}</div>`;
    })
    .join('');
