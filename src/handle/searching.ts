import type { Read } from '../commands/command.ts';
import { nearest } from '../commands/nearest.ts';
import type { Search } from '../domain/search.ts';
import { readSince } from '../domain/time/since.ts';
import { foundPage, HITS_PER_PAGE, nothingFound } from '../domain/views/found.ts';
import type { Ports } from '../ports.ts';
import { type Handled, type Input, shown } from './input.ts';
import { refused } from './refused.ts';

/** How many other spellings are offered. */
const OFFERED = 3;

/** Looks for words and shows where they stand. */
export async function searched(
  { search, typed, page }: Extract<Read, { type: 'find' }>,
  input: Input,
  ports: Ports,
): Promise<Handled> {
  const { store } = ports;
  const { workspace, actor } = input;
  const now = await store.now();
  const since = search.since === null ? null : readSince(search.since, { now, zone: actor.zone });
  if (since !== null && !since.ok) {
    const [offer] = since.refusal.offers;
    const example = `find since ${offer?.typed ?? 'yesterday'}`;
    return refused({ reason: `${since.refusal.reason}.`, example }, input, ports);
  }
  const from = since === null ? null : since.value;
  // Whoever types in a private incident's channel is in it.
  const here = (await store.inChannel(workspace, input.channel))?.id ?? null;
  const place = { limit: HITS_PER_PAGE, offset: (page - 1) * HITS_PER_PAGE };
  const query = { ...search, ...place, workspace, viewer: actor.id, here, since: from };
  const found = await store.find(query);
  const asked = { search, typed, since: from, page };
  if (!found.hasWords) {
    const reason = 'There is no word in that to look for.';
    return refused({ reason, example: 'find checkout pool' }, input, ports);
  }
  if (found.hits.length > 0) return shown(foundPage(found, asked));
  if (page > 1) return searched({ type: 'find', search, typed, page: 1 }, input, ports);
  return shown(nothingFound(asked, others(typed, search, found.vocabulary)));
}

/** The line with a word that nobody wrote replaced by one that somebody did. */
function others(typed: string, { terms }: Search, words: readonly string[]): readonly string[] {
  return terms
    .filter(({ not, text }) => !not && !words.some((word) => word.startsWith(text.toLowerCase())))
    .flatMap(({ text }) => {
      const meant = nearest(text, words);
      return meant === null ? [] : [typed.replace(text, () => meant)];
    })
    .filter((other) => other !== typed)
    .slice(0, OFFERED);
}
