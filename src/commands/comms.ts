import { ok, refuse } from '../domain/result.ts';
import type { Audience } from '../domain/words.ts';
import { change, defineCommand } from './command.ts';
import { readable } from './slack-tokens.ts';
import { leadingTime } from './when.ts';
import { optionOf } from './words-in.ts';

const AUDIENCES: Readonly<Record<string, Audience>> = {
  external: 'external',
  internal: 'internal',
};

/** What was told to whom, and when. */
export const comms = defineCommand({
  name: 'comms',
  aliases: [],
  usage: ['comms <external, internal> [<time>] <text>'],
  example: 'comms external 14:50 status page: payments degraded',
  summary: 'Records what was told to whom, and when it was posted.',
  about: 'incident',

  parse(rest) {
    const { option: audience, rest: said } = optionOf(rest, AUDIENCES);
    if (audience === null)
      return refuse('Say first who was told: external or internal.', this.example);
    const { when, text } = leadingTime(said);
    if (text === '') return refuse('Say what was told.', this.example);
    return ok(change({ type: 'comms', audience, when, text: readable(text) }));
  },
});
