import { type Address, addressed } from '../domain/addressed.ts';

interface Common {
  /** The folder that each record is written to first; null for none. */
  readonly exportTo: string | null;
  /** Whether it is to be done, and not only told. */
  readonly yes: boolean;
}

/** What is to be purged. */
export type Asked = Common &
  (
    | { readonly type: 'due'; readonly workspace: string | null }
    | { readonly type: 'workspace'; readonly workspace: string; readonly reason: string }
    | {
        readonly type: 'one';
        readonly address: Address;
        readonly workspace: string | null;
        readonly reason: string;
      }
  );

export const PURGE_USAGE =
  'Type purge --due for what the retention in muster.yaml says, purge INC-42 <why> for one, purge --workspace T0123 <why> for all of a workspace; with --export <folder> to keep each record as a file, or --no-export; with --yes to do it.';

const WITH_VALUE = ['--export', '--workspace', '--in'] as const;
const WHY = 'Say why: the reason is kept.';
const FLAGS = ['--due', '--yes', '--no-export'];

/** The options with their values, and the other words; null where an option has no value. */
function sorted(words: readonly string[]) {
  const options = new Map<string, string>();
  const rest: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const value = words[at + 1];
    if (WITH_VALUE.some((one) => one === word)) {
      if (value === undefined || value.startsWith('--')) return null;
      options.set(word, value);
      at += 1;
    } else if (word.startsWith('--')) options.set(word, '');
    else rest.push(word);
  }
  return { options, rest };
}

const isKnown = (option: string): boolean =>
  FLAGS.includes(option) || WITH_VALUE.some((known) => known === option);

/** What was typed after `purge`, or why it makes no sense. */
export function readPurge(words: readonly string[]): Asked | string {
  const read = sorted(words);
  if (read === null) return 'An option has no value.';
  const { options, rest } = read;
  const unknown = [...options.keys()].find((option) => !isKnown(option));
  if (unknown !== undefined) return `${unknown} makes no sense here.`;
  const exportTo = options.get('--export') ?? null;
  const yes = options.has('--yes');
  if (yes && (exportTo === null) === !options.has('--no-export'))
    return 'Say whether the records are to be kept as files first: --export <folder>, or --no-export.';
  return meant(options, rest.join(' ').trim(), { exportTo, yes });
}

/** Everything that is due, a workspace, or one incident. */
function meant(options: ReadonlyMap<string, string>, line: string, common: Common): Asked | string {
  const workspace = options.get('--workspace');
  const within = options.get('--in') ?? null;
  if (options.has('--due'))
    return line === '' && workspace === undefined
      ? { ...common, type: 'due', workspace: within }
      : 'With --due nothing is named.';
  if (workspace !== undefined)
    return line === '' ? WHY : { ...common, type: 'workspace', workspace, reason: line };
  const { address, rest: reason } = addressed(line);
  if (address === null) return 'Nothing is named that could be purged.';
  return reason === '' ? WHY : { ...common, type: 'one', address, workspace: within, reason };
}
