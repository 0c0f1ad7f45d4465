// The same build without the chain, for what the chain costs: nothing of the product can switch it
// off, so its module is replaced while it is loaded.

const WITHOUT = `export const extend = (changes, at) =>
  changes.map(({ pieces, ...row }) => ({ ...row, at, seals: null, hash: null }));`;

const HOOKS = `export async function load(url, context, next) {
  return url.endsWith('/dist/db/chain/extend.js')
    ? { format: 'module', shortCircuit: true, source: ${JSON.stringify(WITHOUT)} }
    : next(url, context);
}`;

const asModule = (source: string): string => `data:text/javascript,${encodeURIComponent(source)}`;

/** What Node is told, so that a child seals nothing. */
export const UNSEALED: readonly string[] = [
  '--import',
  asModule(`import { register } from 'node:module'; register(${JSON.stringify(asModule(HOOKS))});`),
];
