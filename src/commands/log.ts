import { ok, refuse } from '../domain/result.ts';
import { change, defineCommand, form } from './command.ts';
import { readable } from './slack-tokens.ts';
import { splitKinds } from './tags.ts';
import { leadingTime, UNTIMED, withoutTime } from './when.ts';
import { entryNumber, firstWord } from './words-in.ts';

/** Adds a line to the timeline. */
export const log = defineCommand({
  name: 'log',
  aliases: ['note', 'add', 'event'],
  usage: ['log [<time>] <text> [#kind…]', 'log at <time>, <text>', 'log --:-- [after <n>] <text>'],
  example: 'log 14:31 rollback started #mitigation',
  summary: 'Adds a line to the timeline, now or at the time you give.',
  about: 'incident',

  parse(rest) {
    const { text: tagged, kinds } = splitKinds(rest);
    if (tagged === '' && kinds.length === 0) return ok(form('entry'));
    const untimed = withoutTime(tagged);
    if (untimed !== null) return unplaced(untimed, kinds);
    const { when, text, otherReading } = leadingTime(tagged);
    if (text === '') return refuse('Say what happened, after the time.', this.example);
    return ok(
      change({
        type: 'log',
        when,
        text: readable(text),
        kinds,
        after: null,
        otherReading: otherReading && { ...otherReading, text: readable(otherReading.text) },
      }),
    );
  },
});

/** `--:-- [after <n>] <text>`: an entry whose time nobody knows, at its place. */
function unplaced(rest: string, kinds: ReturnType<typeof splitKinds>['kinds']) {
  const after = afterEntry(rest);
  const text = readable(after?.rest ?? rest);
  if (text === '')
    return refuse('Say what happened, after the dashes.', 'log --:-- after 4 migrations started');
  return ok(
    change({
      type: 'log',
      when: UNTIMED,
      text,
      kinds,
      after: after?.entry ?? null,
      otherReading: null,
    }),
  );
}

function afterEntry(text: string): { entry: number; rest: string } | null {
  const { word, rest } = firstWord(text);
  if (word.toLowerCase() !== 'after') return null;
  const next = firstWord(rest);
  const entry = entryNumber(next.word);
  return entry === null ? null : { entry, rest: next.rest };
}
