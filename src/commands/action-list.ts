import { type Intent, read } from './command.ts';

/** What may stand after `list`; `all` and `open` are what is listed anyway. */
const WORDS = ['mine', 'overdue', 'all', 'open'];

/** `list`, `list mine overdue`, `list 2`, `mine`; null when the words are the text of an action item. */
export function actionListIn(rest: string): Intent | null {
  const all = rest.trim().toLowerCase().split(/\s+/, 6);
  const [first = '', ...others] = all;
  if (first !== 'list' && first !== 'mine' && first !== 'overdue') return null;
  const words = first === 'list' ? others : all;
  const page = words.find((word) => /^\d{1,4}$/.test(word));
  const known = words.every((word) => WORDS.includes(word) || word === page);
  if (!known) return null;
  const filter = { mine: words.includes('mine'), overdue: words.includes('overdue') };
  return read({ type: 'actions', filter: { ...filter, page: Math.max(1, Number(page ?? 1)) } });
}
