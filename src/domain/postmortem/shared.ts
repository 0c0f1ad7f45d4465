import { type Block, type Line, plainText } from '../text.ts';

type List = Extract<Block, { readonly type: 'list' }>;

const SOURCE = / \[([A-Z]+-\d+ #\d+(?:, #\d+)*)\]$/;

/** A statement and where it comes from; null for what names no source at its end. */
function taken(item: Line): { readonly said: string; readonly source: string } | null {
  const text = plainText(item);
  const found = SOURCE.exec(text);
  return found === null ? null : { said: text.slice(0, found.index), source: found[1] ?? '' };
}

/**
 * In a report over several incidents, what was recorded in more than one in the same words stands
 * once, with every source: `No alerts were missed. [INC-1 #37; INC-2 #45]`.
 */
export function sharedOnce(block: Block): Block {
  if (block.type !== 'list' || block.ordered === true) return block;
  return { ...block, items: merged(block) };
}

function merged({ items }: List): readonly Line[] {
  const sources = new Map<string, string[]>();
  for (const item of items) {
    const one = taken(item);
    if (one !== null) sources.set(one.said, [...(sources.get(one.said) ?? []), one.source]);
  }
  const told = new Set<string>();
  return items.flatMap((item) => {
    const one = taken(item);
    const all = one === null ? [] : (sources.get(one.said) ?? []);
    if (one === null || all.length < 2) return [item];
    if (told.has(one.said)) return [];
    told.add(one.said);
    return [[`${one.said} [${all.join('; ')}]`]];
  });
}
