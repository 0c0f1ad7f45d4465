import { ok, refuse } from '../domain/result.ts';
import { change, defineCommand } from './command.ts';
import { readable } from './slack-tokens.ts';
import { entryNumber, firstWord } from './words-in.ts';

/** Takes out what must not be kept. */
export const redact = defineCommand({
  name: 'redact',
  aliases: [],
  usage: ['redact <n> <reason>'],
  example: 'redact 7 an access key was in it',
  summary: 'Removes for good what an entry says, here and in Slack: a secret, a name. Asks first.',
  about: 'incident',

  parse(text) {
    const { word, rest } = firstWord(text);
    const entry = entryNumber(word);
    if (entry === null)
      return refuse('Begin with the number of the entry, as timeline shows it.', this.example);
    if (rest === '')
      return refuse(
        'Say why: the reason stays on the record.',
        `redact ${entry} an access key was in it`,
      );
    return ok(change({ type: 'redact', entry, reason: readable(rest), confirmed: false }));
  },
});
