import { messageBlock, viewBlock } from './limits/blocks.ts';
import { identifier, plainText } from './limits/composition.ts';
import {
  across,
  all,
  boolean,
  isJson,
  type Json,
  jsonList,
  list,
  oneOf,
  type Report,
  type Rule,
  shape,
  string,
  variants,
} from './limits/rules.ts';
import { visibleLength } from './limits/tables.ts';

const MESSAGE_BLOCKS = 50;
const VIEW_BLOCKS = 100;
const VIEW_BYTES = 250_000;
const TABLE_CHARACTERS = 10_000;
const MARKDOWN_CHARACTERS = 12_000;

function inspect(rule: Rule, value: unknown, root: string): string[] {
  const problems: string[] = [];
  rule(value, root, (path, reason) => problems.push(`${path}: ${reason}`));
  return problems;
}

function interactiveElements(block: Json): Json[] {
  const inside = block.type === 'rich_text' ? [] : jsonList(block.elements);
  return [...inside, ...[block.accessory, block.element].filter(isJson)];
}

function reportRepeats(values: readonly unknown[], path: string, what: string, report: Report) {
  const seen = new Set<string>();
  for (const value of values) {
    if (typeof value !== 'string') continue;
    if (seen.has(value)) report(path, `${what} "${value}" is used twice`);
    seen.add(value);
  }
}

/** Slack wants block ids unique in the payload and action ids unique in their block; we want both unique in the payload. */
const uniqueIds: Rule = (value, path, report) => {
  const blocks = jsonList(value);
  const ids = blocks.map((block) => block.block_id);
  const actions = blocks.flatMap(interactiveElements).map((element) => element.action_id);
  reportRepeats(ids, path, 'block_id', report);
  reportRepeats(actions, path, 'action_id', report);
};

const sharedBudgets: Rule = (value, path, report) => {
  const blocks = jsonList(value);
  const markdown = blocks.filter((block) => block.type === 'markdown');
  const written = markdown.reduce((sum, block) => sum + String(block.text ?? '').length, 0);
  if (written > MARKDOWN_CHARACTERS) {
    report(path, `markdown blocks hold ${written} characters together, the limit is 12,000`);
  }
  const tables = blocks.filter((block) => block.type === 'table' || block.type === 'data_table');
  const shown = tables.reduce((sum, block) => sum + visibleLength(block.rows), 0);
  if (shown > TABLE_CHARACTERS) {
    report(path, `tables hold ${shown} characters together, the limit is 10,000`);
  }
};

const messageBlocks = all(list(messageBlock, MESSAGE_BLOCKS, 0), uniqueIds, sharedBudgets);
const viewBlocks = all(list(viewBlock, VIEW_BLOCKS, 0), uniqueIds);

const viewFields = {
  private_metadata: string(3000, 0),
  callback_id: identifier,
  external_id: string(255, 0),
};

const submitForInputs = across((view) =>
  view.submit === undefined && jsonList(view.blocks).some((block) => block.type === 'input')
    ? 'submit is required when there is an input block'
    : undefined,
);

const view: Rule = variants({
  modal: all(
    shape(
      { type: oneOf('modal'), title: plainText(24), blocks: viewBlocks },
      {
        ...viewFields,
        submit: plainText(24),
        close: plainText(24),
        clear_on_close: boolean,
        notify_on_close: boolean,
        submit_disabled: boolean,
      },
    ),
    submitForInputs,
  ),
  home: shape({ type: oneOf('home'), blocks: viewBlocks }, viewFields),
});

/** What Slack would object to in the blocks of a message; empty when nothing. */
export function blockProblems(blocks: unknown): string[] {
  return inspect(messageBlocks, blocks, '/blocks');
}

/** What Slack would object to in a modal or Home tab; empty when nothing. */
export function viewProblems(candidate: unknown): string[] {
  return inspect(view, candidate, '/view');
}

/** Whether a view is too heavy for Slack (250 KB). */
export function viewTooLarge(candidate: unknown): boolean {
  return Buffer.byteLength(JSON.stringify(candidate)) > VIEW_BYTES;
}
