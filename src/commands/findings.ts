import { ok, refuse } from '../domain/result.ts';
import type { CauseRole, LessonSort } from '../domain/words.ts';
import { change, defineCommand, type Intent } from './command.ts';
import { pointTo } from './milestones.ts';
import { readable } from './slack-tokens.ts';
import { leadingTime, timeThenText } from './when.ts';
import { bare, entryPointed, firstWord, optionOf } from './words-in.ts';

const ROLES: Readonly<Record<string, CauseRole>> = {
  trigger: 'trigger',
  root: 'root',
  contributing: 'contributing',
  worsened: 'worsened',
  limited: 'limited',
};

/** Why it happened. */
export const cause = defineCommand({
  name: 'cause',
  aliases: [],
  usage: [
    'cause [trigger, root, contributing, worsened, limited] [<time>] <text>',
    'cause found [<time>] [<text>]',
  ],
  example: 'cause root 15:10 the migration held a lock on orders',
  summary: 'Records a cause, several if need be. With a time: when it was found.',
  about: 'incident',

  parse(rest) {
    const found = causeFound(rest);
    if (found !== null) return ok(found);
    const { option: role, rest: said } = optionOf(rest, ROLES);
    const { when, text } = leadingTime(said);
    if (text === '') return refuse('Say what the cause is.', this.example);
    return ok(change({ type: 'cause', role: role ?? 'contributing', when, text: readable(text) }));
  },
});

/**
 * `cause found`, alone, with a time or `#7`, is the moment; with a time and a text it is the cause and its moment, as without
 * the word; “found in the logs …” is a cause.
 */
function causeFound(text: string): Intent | null {
  const { word, rest } = firstWord(text);
  if (bare(word) !== 'found') return null;
  const pointed = entryPointed(rest);
  if (pointed !== null) return pointTo('cause found', pointed);
  const { when, text: more } = timeThenText(rest);
  if (more !== null) {
    if (when === null) return null;
    return change({ type: 'cause', role: 'contributing', when, text: readable(more) });
  }
  return change({ type: 'milestone', milestone: 'cause found', when, by: null, text: null });
}

const PERMANENCE: Readonly<Record<string, 'temporary' | 'permanent'>> = {
  temporary: 'temporary',
  temp: 'temporary',
  permanent: 'permanent',
};

/** What repaired it. */
export const fix = defineCommand({
  name: 'fix',
  aliases: ['solution'],
  usage: ['fix [temporary, permanent] [<time>] <text>'],
  example: 'fix permanent migration rewritten to run in batches',
  summary: 'Records what repaired it, and whether that will last.',
  about: 'incident',

  parse(rest) {
    const { option: permanence, rest: said } = optionOf(rest, PERMANENCE);
    const { when, text } = leadingTime(said);
    if (text === '') return refuse('Say what repaired it.', this.example);
    return ok(change({ type: 'fix', permanence, when, text: readable(text) }));
  },
});

/** How users could work meanwhile. */
export const workaround = defineCommand({
  name: 'workaround',
  aliases: [],
  usage: ['workaround [<time>] <text>', 'workaround none'],
  example: 'workaround orders can be taken by phone',
  summary: 'Records how users can work meanwhile; none is an answer too.',
  about: 'incident',

  parse(rest) {
    const { when, text } = leadingTime(rest);
    if (text === '') return refuse('Say what the workaround is, or none.', this.example);
    const said = bare(text) === 'none' ? null : readable(text);
    return ok(change({ type: 'workaround', when, text: said }));
  },
});

const SORTS: Readonly<Record<string, LessonSort>> = {
  well: 'well',
  badly: 'badly',
  luck: 'luck',
  lucky: 'luck',
};

/** What was learned. */
export const lesson = defineCommand({
  name: 'lesson',
  aliases: [],
  usage: ['lesson [well, badly, luck] <text>'],
  example: 'lesson well the rollback took four minutes',
  summary: 'Records what went well, badly, or was luck.',
  about: 'incident',

  parse(rest) {
    const { option: sort, rest: text } = optionOf(
      rest.trim().replace(/^went\s+(?=well|badly)/i, ''),
      SORTS,
    );
    if (text === '') return refuse('Say what was learned.', this.example);
    return ok(change({ type: 'lesson', sort, text: readable(text) }));
  },
});
