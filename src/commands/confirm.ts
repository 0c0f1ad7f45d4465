import { ok, refuse } from '../domain/result.ts';
import { defineCommand } from './command.ts';
import { firstWord } from './words-in.ts';

/** Answers a question with yes. */
export const confirm = defineCommand({
  name: 'confirm',
  aliases: [],
  usage: ['confirm <key>'],
  example: 'confirm 1234.5678',
  summary: 'Does what was asked about, as it was typed then.',
  about: 'workspace',
  hidden: true,

  parse(rest) {
    const { word } = firstWord(rest);
    if (word === '' || word.length > 500)
      return refuse('Press the button of the question to confirm it.', 'last');
    return ok({ type: 'confirm', key: word });
  },
});
