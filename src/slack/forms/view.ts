import type { types, ViewOutput } from '@slack/bolt';
import type { Filled, FormName } from '../../commands/command.ts';
import { type Carried, readCarried } from './carried.ts';
import type { Answers, Complaint, Form, FormContext, Preview } from './form.ts';
import { FORMS } from './index.ts';

const CALLBACK_PREFIX = 'form:';

/** What a form has to remember until it comes back. */
export interface FormMemory {
  /** How a command names the incident, or null for a form about none. */
  readonly incident: string | null;
  readonly channel: string;
  /** Where the answer goes: good for half an hour. */
  readonly responseUrl: string | null;
  /** Whether it was opened on the Home tab, where the answer goes then. */
  readonly home?: boolean;
  /** What was shown of the answers. */
  readonly seal?: string | null;
  /** Filled values that the form needs again. */
  readonly kept?: Filled;
  /** The message that it was filled with. */
  readonly message?: Carried | null;
}

/** A form as Slack shows it. */
export function formView(
  name: FormName,
  context: FormContext,
  memory: FormMemory,
  preview: Preview | null = null,
): types.ModalView {
  const form = FORMS[name];
  const kept = {
    ...memory,
    ...(preview === null ? {} : { seal: preview.seal }),
    ...(form.keeps === undefined ? {} : { kept: keptOf(form, context.filled) }),
  };
  return {
    type: 'modal',
    callback_id: `${CALLBACK_PREFIX}${name}`,
    private_metadata: JSON.stringify(kept),
    title: { type: 'plain_text', text: form.title },
    submit: { type: 'plain_text', text: preview?.submit ?? form.submit },
    close: { type: 'plain_text', text: 'Cancel' },
    blocks: preview?.blocks ?? form.fields(context),
  };
}

const keptOf = ({ keeps = [], remembers }: Form, filled: Filled): Filled => ({
  ...Object.fromEntries(keeps.map((name) => [name, filled[name] ?? ''])),
  ...remembers?.(filled),
});

/** The name of the form that a submitted view is; null for a view that is none of ours. */
export function formNameOf({ callback_id: id }: Pick<ViewOutput, 'callback_id'>): FormName | null {
  const names = Object.keys(FORMS) as FormName[];
  return names.find((name) => id === `${CALLBACK_PREFIX}${name}`) ?? null;
}

/** The form that a submitted view is; null for a view that is none of ours. */
export function formOf(view: Pick<ViewOutput, 'callback_id'>): Form | null {
  const name = formNameOf(view);
  return name === null ? null : FORMS[name];
}

/** What the form was asked to remember; nothing when it cannot be read. */
export function memoryOf({
  private_metadata: metadata,
}: Pick<ViewOutput, 'private_metadata'>): FormMemory {
  try {
    const { incident, channel, responseUrl, home, ...rest } = Object(JSON.parse(metadata));
    const { seal, kept, message } = rest;
    return {
      incident: typeof incident === 'string' ? incident : null,
      channel: typeof channel === 'string' ? channel : '',
      responseUrl: typeof responseUrl === 'string' ? responseUrl : null,
      home: home === true,
      seal: typeof seal === 'string' ? seal : null,
      kept: Object.fromEntries(
        Object.entries(Object(kept)).map(([name, value]) => [name, String(value)]),
      ),
      message: readCarried(message),
    };
  } catch {
    return { incident: null, channel: '', responseUrl: null };
  }
}

/** What somebody filled in, whatever kind of field it was. */
export function answersOf({ state }: Pick<ViewOutput, 'state'>): Answers {
  const valuesOf = (field: string) => Object.values(state.values[field] ?? {})[0];
  return {
    fields: Object.keys(state.values),
    text: (field) => (valuesOf(field)?.value ?? valuesOf(field)?.selected_date)?.trim() ?? '',
    chosen(field) {
      const value = valuesOf(field);
      if (!value) return [];
      const one = value.selected_option ? [value.selected_option] : [];
      const options = [...one, ...(value.selected_options ?? [])].map((option) => option.value);
      const people = [value.selected_user ?? [], value.selected_users ?? []].flat();
      return [...options, ...people];
    },
  };
}

/** Anything but blanks and what no text can hold. */
const WORDS = /[^\s\0\p{Surrogate}]/u;

/** A text that has to be there and is nothing but blanks: Slack takes those for a text. */
export function blankIn(view: Pick<ViewOutput, 'blocks' | 'state'>): Complaint | null {
  const answers = answersOf(view);
  const blank = (view.blocks as types.KnownBlock[]).find(
    (block) =>
      block.type === 'input' &&
      block.optional !== true &&
      block.element.type === 'plain_text_input' &&
      !WORDS.test(answers.text(block.block_id ?? '')),
  );
  if (blank?.block_id === undefined) return null;
  return { field: blank.block_id, reason: 'Write something, or cancel.' };
}
