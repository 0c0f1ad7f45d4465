import { confirm, identifier, imageFields, imageSource, option, plainText } from './composition.ts';
import { richText } from './rich-text.ts';
import {
  across,
  all,
  boolean,
  list,
  number,
  oneOf,
  pattern,
  type Rule,
  shape,
  string,
} from './rules.ts';

const actionable = { action_id: identifier };
const confirmable = { ...actionable, confirm };
const field = { ...confirmable, focus_on_load: boolean, placeholder: plainText(150) };
const input = {
  ...actionable,
  focus_on_load: boolean,
  placeholder: plainText(150),
  dispatch_action_config: shape(
    {},
    { trigger_actions_on: list(oneOf('on_enter_pressed', 'on_character_entered'), 2) },
  ),
};
const date = pattern(/^\d{4}-\d{2}-\d{2}$/, 'a date such as 2026-11-21');
const time = pattern(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as 09:30');
const many = { max_selected_items: number(1) };
const id = string(255);
const filter = shape(
  {},
  {
    include: list(oneOf('im', 'mpim', 'private', 'public'), 4),
    exclude_external_shared_channels: boolean,
    exclude_bot_users: boolean,
  },
);

const element = (type: string, required: Record<string, Rule>, optional: Record<string, Rule>) =>
  shape({ type: oneOf(type), ...required }, optional);

const menu = (type: string, optional: Record<string, Rule>) =>
  all(
    element(
      type,
      {},
      {
        ...field,
        ...optional,
        options: list(option(), 100),
        option_groups: list(shape({ label: plainText(75), options: list(option(), 100) }), 100),
      },
    ),
    across((value) =>
      (value.options === undefined) === (value.option_groups === undefined)
        ? 'needs exactly one of options and option_groups'
        : undefined,
    ),
  );

const textInput = (type: string, optional: Record<string, Rule> = {}) =>
  element(type, {}, { ...input, initial_value: string(3000), ...optional });

/** What a person presses or picks from, wherever it stands. */
export const controls: Record<string, Rule> = {
  button: element(
    'button',
    { text: plainText(75) },
    {
      ...confirmable,
      value: string(2000),
      url: string(3000),
      style: oneOf('primary', 'danger'),
      accessibility_label: string(75),
    },
  ),
  overflow: element('overflow', { options: list(option(), 5) }, confirmable),
  static_select: menu('static_select', { initial_option: option() }),
  multi_static_select: menu('multi_static_select', {
    ...many,
    initial_options: list(option(), 100),
  }),
  external_select: element(
    'external_select',
    {},
    { ...field, initial_option: option(), min_query_length: number(0) },
  ),
  users_select: element('users_select', {}, { ...field, initial_user: id }),
  multi_users_select: element(
    'multi_users_select',
    {},
    { ...field, ...many, initial_users: list(id, 100) },
  ),
  channels_select: element(
    'channels_select',
    {},
    { ...field, initial_channel: id, response_url_enabled: boolean },
  ),
  conversations_select: element(
    'conversations_select',
    {},
    {
      ...field,
      initial_conversation: id,
      default_to_current_conversation: boolean,
      response_url_enabled: boolean,
      filter,
    },
  ),
  multi_conversations_select: element(
    'multi_conversations_select',
    {},
    { ...field, ...many, initial_conversations: list(id, 100), filter },
  ),
  datepicker: element('datepicker', {}, { ...field, initial_date: date }),
  timepicker: element('timepicker', {}, { ...field, initial_time: time, timezone: string(100) }),
  datetimepicker: element(
    'datetimepicker',
    {},
    {
      ...confirmable,
      focus_on_load: boolean,
      initial_date_time: number(1_000_000_000, 9_999_999_999),
    },
  ),
  checkboxes: element(
    'checkboxes',
    { options: list(option(true), 10) },
    { ...confirmable, focus_on_load: boolean, initial_options: list(option(true), 10) },
  ),
  radio_buttons: element(
    'radio_buttons',
    { options: list(option(true), 10) },
    { ...confirmable, focus_on_load: boolean, initial_option: option(true) },
  ),
};

/** What a person types into; only an input block may hold these. */
export const inputs: Record<string, Rule> = {
  plain_text_input: all(
    textInput('plain_text_input', {
      initial_value: string(3000, 0),
      multiline: boolean,
      min_length: number(0, 3000),
      max_length: number(1, 3000),
    }),
    across((value) =>
      typeof value.initial_value === 'string' &&
      typeof value.max_length === 'number' &&
      value.initial_value.length > value.max_length
        ? 'initial_value is longer than max_length'
        : undefined,
    ),
  ),
  email_text_input: textInput('email_text_input'),
  url_text_input: textInput('url_text_input'),
  number_input: element(
    'number_input',
    { is_decimal_allowed: boolean },
    { ...input, initial_value: string(100), min_value: string(100), max_value: string(100) },
  ),
  rich_text_input: element(
    'rich_text_input',
    {},
    { ...input, initial_value: richText, min_lines: number(1), max_lines: number(1) },
  ),
  file_input: element(
    'file_input',
    {},
    { ...actionable, filetypes: list(string(50), 100), max_files: number(1, 10) },
  ),
};

/** A picture beside a section or within a context. */
export const imageElement: Rule = all(
  element('image', { alt_text: string(2000) }, imageFields),
  imageSource,
);
