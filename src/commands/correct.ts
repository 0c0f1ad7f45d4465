import type { TypedWhen } from '../domain/action.ts';
import { ok, type Result, refuse } from '../domain/result.ts';
import { change, defineCommand, form, type Intent } from './command.ts';
import { readable } from './slack-tokens.ts';
import { splitKinds } from './tags.ts';
import { timeThenText } from './when.ts';
import { entryNumber, firstWord } from './words-in.ts';

/** Reads the entry's number, or says that it is missing. */
function numbered(
  text: string,
  example: string,
  then: (entry: number, rest: string) => Result<Intent>,
): Result<Intent> {
  const { word, rest } = firstWord(text);
  const entry = entryNumber(word);
  if (entry !== null) return then(entry, rest);
  return refuse('Begin with the number of the entry, as timeline shows it.', example);
}

/** Corrects an entry. */
export const edit = defineCommand({
  name: 'edit',
  aliases: ['amend'],
  usage: [
    'edit <n>',
    'edit <n> <text>',
    'edit <n> at <time>',
    'edit <n> #kind…',
    'edit <n> at <time>, <text> #kind…',
  ],
  example: 'edit 7 at 14:35',
  summary:
    'Corrects an entry: its time, text or kinds; by its number alone: the form. The original is kept.',
  about: 'incident',

  parse(text) {
    return numbered(text, this.example, (entry, rest) => {
      const { text: tagged, kinds } = splitKinds(rest);
      const timed = correction(tagged);
      if (timed.when === null && timed.text === null && kinds.length === 0)
        return ok(form('edit', { entry: String(entry) }));
      const corrected = timed.text === null ? null : readable(timed.text);
      return ok(change({ type: 'edit', entry, when: timed.when, text: corrected, kinds }));
    });
  },
});

/** A time, a text or both; after `text:` everything is text, even what looks like a time. */
function correction(typed: string): { when: TypedWhen; text: string | null } {
  const [, literal] = /^text:\s*([\s\S]+)$/i.exec(typed) ?? [];
  return literal === undefined ? timeThenText(typed) : { when: null, text: literal };
}

/** Takes an entry off the timeline. */
export const strike = defineCommand({
  name: 'strike',
  aliases: [],
  usage: ['strike <n> [reason]'],
  example: 'strike 7 wrong incident',
  summary: 'Takes an entry off the timeline. It stays in the audit trail and can come back.',
  about: 'incident',

  parse(text) {
    return numbered(text, this.example, (entry, rest) =>
      ok(change({ type: 'strike', entry, reason: rest === '' ? null : readable(rest) })),
    );
  },
});

/** Brings back what a strike or an edit took away. */
export const restore = defineCommand({
  name: 'restore',
  aliases: [],
  usage: ['restore <n>'],
  example: 'restore 7',
  summary: 'Brings back what a strike or the last edit took away.',
  about: 'incident',
  hidden: true,

  parse(text) {
    return numbered(text, this.example, (entry) => ok(change({ type: 'restore', entry })));
  },
});

/** Strikes my last entry. */
export const undo = defineCommand({
  name: 'undo',
  aliases: [],
  usage: ['undo'],
  example: 'undo',
  summary: 'Strikes your own last entry.',
  about: 'incident',

  parse(rest) {
    if (rest.trim() === '') return ok(change({ type: 'undo' }));
    const entry = entryNumber(firstWord(rest).word);
    return refuse(
      'Undo takes back your last entry and needs nothing after it. Strike names an entry.',
      entry === null ? 'undo' : `strike ${entry}`,
    );
  },
});
