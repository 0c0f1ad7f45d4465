import { type Control, controlsIn, type Entered, filled, words } from './controls.ts';
import type { Json } from './limits/rules.ts';
import type { View } from './types.ts';

/** A filled form: its values as Slack sends them, and what Slack itself refuses to send. */
export interface Filled {
  readonly values: Record<string, Json>;
  readonly errors: Record<string, string>;
}

/** What the person may call a field: `block/action`, the action, the block, or its label. */
function namesOf({ block, element }: Control): string[] {
  const blockId = String(block.block_id);
  const actionId = String(element.action_id);
  return [`${blockId}/${actionId}`, actionId, blockId, words(block.label), words(element.text)];
}

function isEmpty(value: Json): boolean {
  return Object.entries(value)
    .filter(([field]) => field !== 'type')
    .every(([, entered]) => entered === null || (Array.isArray(entered) && entered.length === 0));
}

/** What Slack's own form says before it sends anything. */
function complaint({ block, element }: Control, value: Json): string | undefined {
  if (block.type !== 'input') return undefined;
  if (isEmpty(value)) {
    return block.optional === true ? undefined : 'Please complete this required field.';
  }
  const { length } = String(value.value ?? '');
  if (typeof element.max_length === 'number' && length > element.max_length) {
    return `Please enter fewer than ${element.max_length} characters.`;
  }
  if (typeof element.min_length === 'number' && length < element.min_length) {
    return `Please enter more than ${element.min_length} characters.`;
  }
  return undefined;
}

/** Fills in a view; a name that no field has is a mistake of the test. */
export function fillForm(view: View, entered: Readonly<Record<string, Entered>>): Filled {
  const controls = controlsIn(view.blocks).filter(({ element }) => element.type !== 'button');
  const known = new Set(controls.flatMap(namesOf));
  const stray = Object.keys(entered).find((name) => !known.has(name));
  if (stray !== undefined) {
    const there = controls.map((control) => namesOf(control)[1]).join(', ');
    throw new Error(`The form "${view.title}" has no field "${stray}". It has: ${there}.`);
  }
  const values: Record<string, Json> = {};
  const errors: Record<string, string> = {};
  for (const control of controls) {
    const name = namesOf(control).find((candidate) => entered[candidate] !== undefined);
    const value = filled(control, name === undefined ? undefined : entered[name]);
    const blockId = String(control.block.block_id);
    values[blockId] = { ...values[blockId], [String(control.element.action_id)]: value };
    const said = complaint(control, value);
    if (said) errors[blockId] = said;
  }
  return { values, errors };
}
