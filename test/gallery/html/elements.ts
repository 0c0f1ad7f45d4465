import { words } from '../../../src/demo/workspace/controls.ts';
import { isJson, type Json, jsonList } from '../../../src/demo/workspace/limits/rules.ts';
import { showPlain } from '../../../src/demo/workspace/terminal/mrkdwn.ts';
import type { Reader } from '../../../src/demo/workspace/terminal/reader.ts';
import { literal } from '../../../src/exports/html/literal.ts';

const label = (value: unknown): string => literal(showPlain(words(value)));

function button(element: Json): string {
  const style = typeof element.style === 'string' ? ` ${element.style}` : '';
  return `<span class="button${style}">${label(element.text)}</span>`;
}

const MARKS: Readonly<Record<string, readonly [on: string, off: string]>> = {
  checkboxes: ['☑', '☐'],
  radio_buttons: ['◉', '○'],
};

function choices(element: Json): string {
  const chosen = [
    ...jsonList(element.initial_options),
    ...[element.initial_option].filter(isJson),
  ].map(({ value }) => value);
  const [on, off] = MARKS[String(element.type)] ?? ['', ''];
  return jsonList(element.options)
    .map((option) => {
      const mark = chosen.includes(option.value) ? on : off;
      const more = isJson(option.description)
        ? `<div class="hint">${label(option.description)}</div>`
        : '';
      return `<div class="choice">${mark} ${label(option.text)}${more}</div>`;
    })
    .join('');
}

/** What a field holds before anybody touches it. */
function held(reader: Reader, element: Json): string {
  const people = [element.initial_user, element.initial_users]
    .flat()
    .filter((id) => typeof id === 'string')
    .map((id) => `@${reader.users.get(id)?.name ?? id}`);
  const options = [element.initial_option, element.initial_options]
    .flat()
    .filter(isJson)
    .map((option) => showPlain(words(option.text)));
  const typed = [element.initial_value, element.initial_date, element.initial_time].filter(
    (value) => typeof value === 'string',
  );
  return [...people, ...options, ...typed].join(', ');
}

const isMenu = (type: string): boolean => type.includes('select') || type.includes('picker');

function field(reader: Reader, element: Json): string {
  const type = String(element.type);
  const value = held(reader, element);
  const hint = showPlain(words(element.placeholder)) || (isMenu(type) ? 'Choose an option' : '');
  const inside = value === '' ? `<span class="hint">${literal(hint)}</span>` : literal(value);
  const kind = isMenu(type) ? 'menu' : element.multiline === true ? 'field tall' : 'field';
  return `<div class="${kind}">${inside.replaceAll('\n', '<br>')}</div>`;
}

/** Something to press, choose or fill in. */
export function element(reader: Reader, json: Json): string {
  const type = String(json.type);
  if (type === 'button') return button(json);
  if (type === 'overflow') return '<span class="button">⋯</span>';
  if (type === 'image') return `<span class="hint">🖼 ${literal(String(json.alt_text))}</span>`;
  if (MARKS[type]) return choices(json);
  return field(reader, json);
}
