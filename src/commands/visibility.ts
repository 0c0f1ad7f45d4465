import { ok, refuse } from '../domain/result.ts';
import { change, defineCommand } from './command.ts';
import { readable } from './slack-tokens.ts';
import { firstWord } from './words-in.ts';

/** Says who may read the incident. */
export const visibility = defineCommand({
  name: 'visibility',
  aliases: ['public', 'private'],
  usage: ['visibility public [reason]'],
  example: 'visibility public customers have been told',
  summary: 'Opens a private incident to everybody. Asks first, for there is no way back.',
  about: 'incident',

  parse(rest) {
    const { word, rest: after } = firstWord(rest);
    const to = word.toLowerCase().replace(/:$/, '');
    const reason = readable(after).trim();
    if (to === 'private' && reason !== '')
      return refuse(
        'To declare a private incident, begin with open.',
        `open private: ${reason.slice(0, 200)}`,
      );
    if (to !== 'public' && to !== 'private')
      return refuse('Say whom it is to be open to: public.', this.example);
    return ok(
      change({
        type: 'visibility',
        private: to === 'private',
        reason: reason === '' ? null : reason,
        confirmed: false,
      }),
    );
  },
});
