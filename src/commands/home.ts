import { ok, refuse } from '../domain/result.ts';
import { REFRESH } from '../domain/views/home.ts';
import { defineCommand, read } from './command.ts';
import { readable } from './slack-tokens.ts';

/** What the Home tab shows; its button that shows it as it is now types this. */
export const home = defineCommand({
  name: REFRESH,
  aliases: [],
  usage: ['home'],
  example: 'home',
  summary: 'Shows what waits for you, your incidents and action items, and who is on call.',
  about: 'workspace',

  parse(rest) {
    if (rest.trim() === '') return ok(read({ type: 'home' }));
    return refuse(
      '“home” stands alone. To put a line on the timeline, begin with log.',
      `log home ${readable(rest.trim()).slice(0, 200)}`,
    );
  },
});
