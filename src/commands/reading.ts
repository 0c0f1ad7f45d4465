import { ok, refuse } from '../domain/result.ts';
import { oneLine } from '../domain/views/phrases.ts';
import { defineCommand, read } from './command.ts';
import { readable } from './slack-tokens.ts';
import { bare, firstWord } from './words-in.ts';

/** The timeline, paged. */
export const timeline = defineCommand({
  name: 'timeline',
  aliases: [],
  usage: ['timeline [all] [<page>]'],
  example: 'timeline',
  summary: 'Shows the timeline in your time and UTC; all includes struck entries.',
  about: 'incident',

  parse(rest) {
    const words = rest
      .toLowerCase()
      .split(/\s+/)
      .filter((word) => word !== '' && word !== 'page');
    const [, all, page] = /^(all)?\s*(\d{1,4})?$/.exec(words.join(' ')) ?? [];
    if (words.length > 2 || (words.length > 0 && all === undefined && page === undefined))
      return refuse('To add to the timeline, begin with log.', `log ${asEntry(rest)}`);
    return ok(
      read({ type: 'timeline', all: all !== undefined, page: Math.max(1, Number(page ?? 1)) }),
    );
  },
});

/** The words as they could be logged, when they are words. */
function asEntry(text: string): string {
  const line = oneLine(readable(text), 80);
  return /^\p{L}/u.test(line) ? line : 'rollback started';
}

/** For whoever joins late. */
export const brief = defineCommand({
  name: 'brief',
  aliases: ['catchup'],
  usage: ['brief'],
  example: 'brief',
  summary: 'Tells you what is known, what is being done, what is next, and what you missed.',
  about: 'incident',
  parse: () => ok(read({ type: 'brief' })),
});

/** Which incidents there are. */
export const list = defineCommand({
  name: 'list',
  aliases: [],
  usage: ['list [all, drills]'],
  example: 'list',
  summary: 'Lists the open incidents; all includes the closed ones, drills lists the drills.',
  about: 'workspace',

  parse(rest) {
    const what = bare(firstWord(rest).word);
    if (what === '' || what === 'open') return ok(read({ type: 'list', what: 'open' }));
    if (what === 'all') return ok(read({ type: 'list', what: 'all' }));
    if (what === 'drills' || what === 'drill') return ok(read({ type: 'list', what: 'drills' }));
    return refuse('A list is of open incidents, of all, or of drills.', 'list all');
  },
});

/** What I typed and was refused. */
export const last = defineCommand({
  name: 'last',
  aliases: [],
  usage: ['last'],
  example: 'last',
  summary: 'Shows what you typed last and was refused, ready to resend. Kept for 24 hours.',
  about: 'workspace',
  parse: () => ok(read({ type: 'last' })),
});

/** How to use it. */
export const help = defineCommand({
  name: 'help',
  aliases: [],
  usage: ['help [<verb>]'],
  example: 'help log',
  summary: 'Shows what there is, or how to use one verb.',
  about: 'workspace',

  parse(rest) {
    const verb = bare(firstWord(rest).word);
    return ok(read({ type: 'help', verb: verb === '' ? null : verb }));
  },
});

/** Who is pinged next. */
export const next = defineCommand({
  name: 'next',
  aliases: [],
  usage: ['next'],
  example: 'next',
  summary: 'Says who is pinged next, and when.',
  about: 'incident',
  hidden: true,
  parse: () => ok(read({ type: 'next' })),
});
