import { ok, refuse } from '../domain/result.ts';
import { defineCommand, read } from './command.ts';
import { filtersIn } from './find-filters.ts';
import { partsOf, termsOf } from './find-words.ts';

const LONGEST = 300;
const MOST_TERMS = 20;

/** Looks through incidents and their entries. */
export const find = defineCommand({
  name: 'find',
  aliases: ['search'],
  usage: [
    'find <words> [sev1] [open, resolved] [since <date>] [by <@person>] [kind:<kind>]',
    'find "exact phrase" -not this or that',
    'find in INC-42 <words>',
    'find drills <words>',
  ],
  example: 'find checkout pool since last month',
  summary: 'Finds incidents and entries by their words, the best match first.',
  about: 'workspace',

  parse(rest, context) {
    const [, given, line = ''] = /^(?:page:(\d{1,4})(?:\s+|$))?(.*)$/is.exec(rest.trim()) ?? [];
    if (line.trim() === '') return refuse('Say what to look for.', this.example);
    if (line.length > LONGEST)
      return refuse('That is too long to look for. A few words find more.', this.example);
    const filtered = filtersIn(partsOf(line), context);
    if (!filtered.ok) return filtered;
    const { filters, rest: words } = filtered.value;
    const terms = termsOf(words);
    const bare = words.some(({ text }) => text !== '') && terms.length === 0;
    if (bare) return refuse('There is no word in that to look for.', this.example);
    if (terms.length > MOST_TERMS)
      return refuse(`At most ${MOST_TERMS} words at once. A few find more.`, this.example);
    const narrowed = filters.kinds.length > 0 || filters.by !== null;
    if (terms.length > 0 && terms.every(({ not }) => not) && !narrowed)
      return refuse('Say what to look for, too, besides what to leave out.', this.example);
    const page = Math.max(1, Number(given ?? 1));
    return ok(read({ type: 'find', search: { ...filters, terms }, typed: line.trim(), page }));
  },
});
