import { addressed } from '../domain/addressed.ts';
import { ok, refuse } from '../domain/result.ts';
import type { LinkSort } from '../domain/words.ts';
import { change, defineCommand } from './command.ts';
import { firstWord, optionOf } from './words-in.ts';

const SORTS: Readonly<Record<string, LinkSort>> = {
  recurrence: 'recurrence',
  recurring: 'recurrence',
  duplicate: 'duplicate',
  dup: 'duplicate',
  related: 'related',
};

/** Says what this incident is of another one. */
export const link = defineCommand({
  name: 'link',
  aliases: [],
  usage: ['link <n> <recurrence, duplicate, related>'],
  example: 'link 41 recurrence',
  summary: 'Links another incident: this one is a recurrence or duplicate of it, or related to it.',
  about: 'incident',

  parse(text) {
    // `link duplicate of 41` says the same.
    const before = optionOf(text.replace(/^(?:as|to|with)\s+/i, ''), SORTS);
    const { address, rest } = addressed(before.rest.replace(/^(?:of|to|with)\s+/i, ''));
    if (address === null || address.number === 0)
      return refuse('Say which incident by its number, and what this one is of it.', this.example);
    const after = optionOf(rest.replace(/^(?:as|is)\s+(?:a\s+)?/i, ''), SORTS);
    const as = before.option ?? after.option;
    const name = address.drill ? `DRILL-${address.number}` : `${address.number}`;
    if (as === null || firstWord(after.rest).word !== '')
      return refuse(
        'Say what this incident is of that one: recurrence, duplicate or related.',
        `link ${name} ${as ?? 'related'}`,
      );
    return ok(change({ type: 'link', other: address, as }));
  },
});
