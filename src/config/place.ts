import { type Document, isMap, isNode, isScalar, isSeq, type LineCounter, type Node } from 'yaml';
import type { Problem } from './problem.ts';

/** Keys as people write a path: `policies.platform.levels[1].after`. */
export const pathText = (keys: readonly PropertyKey[]): string =>
  keys.reduce<string>((path, key) => {
    if (typeof key === 'number') return `${path}[${key}]`;
    return path === '' ? String(key) : `${path}.${String(key)}`;
  }, '') || 'the file';

/** Where the deepest part of a path stands that is written at all. */
export function placeOf(
  document: Document,
  lines: LineCounter,
  keys: readonly PropertyKey[],
): Problem['at'] {
  let here: unknown = document.contents;
  let offset: number | undefined;
  for (const key of keys) {
    const found = step(here, key);
    if (found === null) break;
    offset = found.named.range?.[0] ?? offset;
    here = found.node;
  }
  if (offset === undefined) return undefined;
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}

/** The part below a key, and the node that a reader looks for: the key, or the item of a list. */
function step(parent: unknown, key: PropertyKey): { node: unknown; named: Node } | null {
  if (isSeq(parent)) {
    const item = parent.items[Number(key)];
    return isNode(item) ? { node: item, named: item } : null;
  }
  if (!isMap(parent)) return null;
  const pair = parent.items.find(({ key: at }) => isScalar(at) && String(at.value) === String(key));
  return isNode(pair?.key) ? { node: pair.value, named: pair.key } : null;
}
