import { isJson, type Json, jsonList } from './limits/rules.ts';

/** Something to press, pick or fill in, with the block it stands in. */
export interface Control {
  readonly block: Json;
  readonly element: Json;
}

/** What somebody enters: a text, a number, an option's value or label, ids, or several of them. */
export type Entered = string | number | readonly string[];

/** The words of a text object, or nothing. */
export function words(value: unknown): string {
  return isJson(value) && typeof value.text === 'string' ? value.text : '';
}

/** Everything in these blocks that a person can use. */
export function controlsIn(blocks: readonly Json[]): Control[] {
  return blocks.flatMap((block) => {
    const within = block.type === 'actions' ? jsonList(block.elements) : [];
    const elements = [...within, ...[block.accessory, block.element].filter(isJson)];
    return elements
      .filter((element) => element.action_id !== undefined)
      .map((element) => ({ block, element }));
  });
}

const plain = (text: string) =>
  text
    .replace(/:[a-z0-9_+-]+:|\p{Extended_Pictographic}|\uFE0F/gu, '')
    .trim()
    .toLowerCase();

/** The control with this action id, or with this on its label; an error that lists what there is. */
export function findControl(blocks: readonly Json[], wanted: string): Control {
  const controls = controlsIn(blocks);
  const label = ({ block, element }: Control) =>
    element.type === 'overflow'
      ? 'more actions'
      : plain(words(element.text) || words(block.label) || words(element.placeholder));
  const found =
    controls.find(({ element }) => element.action_id === wanted) ??
    controls.find((control) => label(control) === plain(wanted)) ??
    controls.find((control) => plain(wanted) !== '' && label(control).includes(plain(wanted)));
  if (found) return found;
  const there = controls.map(
    (control) => `${label(control)} (${String(control.element.action_id)})`,
  );
  throw new Error(
    `Nothing here is called "${wanted}". There is: ${there.join(', ') || 'nothing'}.`,
  );
}

function optionsOf(element: Json): Json[] {
  return [
    ...jsonList(element.options),
    ...jsonList(element.option_groups).flatMap((group) => jsonList(group.options)),
  ];
}

function pick(element: Json, wanted: string): Json {
  const options = optionsOf(element);
  const found = options.find((option) => option.value === wanted || words(option.text) === wanted);
  if (found) return found;
  const there = options
    .map((option) => `${words(option.text)} (${String(option.value)})`)
    .join(', ');
  throw new Error(`There is no option "${wanted}". There is: ${there}.`);
}

type Fill = (element: Json, entered: Entered | undefined) => Json;

const one =
  (field: string, initial: string): Fill =>
  (element, entered) => ({
    [field]: entered === undefined ? (element[initial] ?? null) : entered,
  });

const several =
  (field: string, initial: string): Fill =>
  (element, entered) => ({
    [field]: entered === undefined ? (element[initial] ?? []) : [entered].flat(),
  });

const option: Fill = (element, entered) => ({
  selected_option:
    entered === undefined ? (element.initial_option ?? null) : pick(element, String(entered)),
});

const options: Fill = (element, entered) => ({
  selected_options:
    entered === undefined
      ? (element.initial_options ?? [])
      : [entered].flat().map((wanted) => pick(element, String(wanted))),
});

const typed: Fill = (element, entered) => {
  const value = entered ?? element.initial_value;
  return { value: value === undefined || value === '' ? null : String(value) };
};

const richTyped: Fill = (element, entered) => {
  if (entered === undefined) return { rich_text_value: element.initial_value ?? null };
  const text = { type: 'text', text: String(entered) };
  const section = { type: 'rich_text_section', elements: [text] };
  return { rich_text_value: { type: 'rich_text', elements: [section] } };
};

const FILLS: Readonly<Record<string, Fill>> = {
  button: (element) => ({ text: element.text, value: element.value }),
  static_select: option,
  external_select: option,
  radio_buttons: option,
  overflow: option,
  multi_static_select: options,
  checkboxes: options,
  users_select: one('selected_user', 'initial_user'),
  channels_select: one('selected_channel', 'initial_channel'),
  conversations_select: one('selected_conversation', 'initial_conversation'),
  multi_users_select: several('selected_users', 'initial_users'),
  multi_conversations_select: several('selected_conversations', 'initial_conversations'),
  datepicker: one('selected_date', 'initial_date'),
  timepicker: one('selected_time', 'initial_time'),
  datetimepicker: one('selected_date_time', 'initial_date_time'),
  plain_text_input: typed,
  email_text_input: typed,
  url_text_input: typed,
  number_input: typed,
  rich_text_input: richTyped,
};

/** A control's state as Slack's payloads carry it, after somebody entered something or left it alone. */
export function filled({ element }: Control, entered?: Entered): Json {
  const fill = FILLS[String(element.type)];
  return { type: element.type, ...fill?.(element, entered) };
}
