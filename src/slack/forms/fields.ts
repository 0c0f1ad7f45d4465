import type { types } from '@slack/bolt';
import type { Offer } from '../../commands/command.ts';
import { isTime } from '../../commands/when.ts';
import { cut, tidy } from '../blocks/literal.ts';
import type { Answers, Complaint } from './form.ts';

/** What Slack takes in a text field. */
export const TEXT_CHARACTERS = 3000;
const OPTIONS = 100;
const OPTION_CHARACTERS = 75;

const plain = (text: string, max: number): types.PlainTextElement => ({
  type: 'plain_text',
  text: cut(tidy(text), max) || '…',
  emoji: false,
});

interface Field {
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly optional?: boolean;
}

const input = (
  { name, label, hint, optional = false }: Field,
  element: types.InputBlock['element'],
): types.InputBlock => ({
  type: 'input',
  block_id: name,
  label: plain(label, 150),
  optional,
  ...(hint ? { hint: plain(hint, 300) } : {}),
  element,
});

/** A line, or several, to be typed. */
export const textField = (
  field: Field & {
    readonly multiline?: boolean;
    readonly max?: number;
    readonly placeholder?: string;
    readonly filled?: string | undefined;
  },
): types.InputBlock => {
  const max = field.max ?? TEXT_CHARACTERS;
  const filled = cut(tidy(field.filled ?? ''), max);
  return input(field, {
    type: 'plain_text_input',
    action_id: field.name,
    multiline: field.multiline ?? false,
    max_length: max,
    ...(field.placeholder ? { placeholder: plain(field.placeholder, 150) } : {}),
    ...(filled ? { initial_value: filled } : {}),
  });
};

/** A day, chosen from a calendar; `filled` is `2026-05-07`. */
export const dayField = (
  field: Field & { readonly filled?: string | undefined },
): types.InputBlock =>
  input(field, {
    type: 'datepicker',
    action_id: field.name,
    ...(field.filled ? { initial_date: field.filled } : {}),
  });

/** Something to be chosen. */
export type Choice = Offer;

const option = ({ value, label }: Choice): types.PlainTextOption => ({
  text: plain(label, OPTION_CHARACTERS),
  value,
});

/** Choices as a menu takes them: more than a hundred have to be in groups of a hundred. */
export function choices(
  all: readonly Choice[],
): Pick<types.StaticSelect, 'options' | 'option_groups'> {
  const options = all.filter(({ value }) => value.length <= OPTION_CHARACTERS).map(option);
  if (options.length <= OPTIONS) return { options };
  const groups: NonNullable<types.StaticSelect['option_groups']> = [];
  for (let start = 0; start < options.length && groups.length < OPTIONS; start += OPTIONS) {
    const part = options.slice(start, start + OPTIONS);
    const label = `${part[0]?.text.text ?? ''} to ${part.at(-1)?.text.text ?? ''}`;
    groups.push({ label: plain(label, OPTION_CHARACTERS), options: part });
  }
  return { option_groups: groups };
}

/** One of several. */
export const selectField = (
  field: Field & { readonly choices: readonly Choice[]; readonly chosen?: string | undefined },
): types.InputBlock => {
  const chosen = field.choices.find(({ value }) => value === field.chosen);
  return input(field, {
    type: 'static_select',
    action_id: field.name,
    ...choices(field.choices),
    ...(chosen ? { initial_option: option(chosen) } : {}),
  });
};

/** One of a few, all of them in sight. */
export const radioField = (
  field: Field & { readonly choices: readonly Choice[]; readonly chosen: string },
): types.InputBlock => {
  const chosen = field.choices.find(({ value }) => value === field.chosen);
  return input(field, {
    type: 'radio_buttons',
    action_id: field.name,
    options: field.choices.map(option),
    ...(chosen ? { initial_option: option(chosen) } : {}),
  });
};

/** Any of several. */
export const multiSelectField = (
  field: Field & { readonly choices: readonly Choice[] },
): types.InputBlock =>
  input(field, { type: 'multi_static_select', action_id: field.name, ...choices(field.choices) });

/** Any of the people in the workspace. */
export const peopleField = (field: Field): types.InputBlock =>
  input(field, { type: 'multi_users_select', action_id: field.name });

/** One of the people in the workspace. */
export const personField = (field: Field): types.InputBlock =>
  input(field, { type: 'users_select', action_id: field.name });

/** Something that is so or not. */
export const checkField = (
  field: Field & { readonly choice: Choice; readonly checked?: boolean },
): types.InputBlock =>
  input(
    { ...field, optional: true },
    {
      type: 'checkboxes',
      action_id: field.name,
      options: [option(field.choice)],
      ...(field.checked ? { initial_options: [option(field.choice)] } : {}),
    },
  );

/** A time, in every form that people write one. */
export const timeField = (
  name: string,
  label: string,
  filled?: string | undefined,
  empty = 'Empty means now.',
): types.InputBlock =>
  textField({
    name,
    label,
    optional: true,
    max: 120,
    placeholder: '14:31, 12m ago, yesterday 23:50, 2026-03-08 14:31 UTC',
    hint: `${empty} A time without a zone is read in your own.`,
    filled,
  });

/** Says at its field that a time cannot be read. */
export function unreadable(answers: Answers, field: string): Complaint | null {
  const typed = answers.text(field);
  if (typed === '' || isTime(typed)) return null;
  const reason = `“${cut(typed, 60)}” cannot be read as a time. Try 14:05, 12m ago or 2026-03-08 14:05 UTC.`;
  return { field, reason };
}
