import { ok, refuse } from '../domain/result.ts';
import { change, defineCommand } from './command.ts';
import { readable } from './slack-tokens.ts';
import { timeThenText } from './when.ts';

/** Ends the incident. */
export const resolve = defineCommand({
  name: 'resolve',
  aliases: ['close'],
  usage: ['resolve [<time>] [text]'],
  example: 'resolve 15:28 rolled back, error rate is normal',
  summary: 'Resolves the incident and posts the draft. The channel stays open.',
  about: 'incident',

  parse(rest) {
    const { when, text } = timeThenText(rest);
    const said = text === null ? null : readable(text);
    return ok(change({ type: 'resolve', when, text: said, confirmed: false }));
  },
});

/** Takes the end back. */
export const reopen = defineCommand({
  name: 'reopen',
  aliases: [],
  usage: ['reopen [<time>] [reason]'],
  example: 'reopen errors are back',
  summary: 'Opens it again: status, timers and pings start anew.',
  about: 'incident',

  parse(rest) {
    const { when, text } = timeThenText(rest);
    return ok(change({ type: 'reopen', when, reason: text === null ? null : readable(text) }));
  },
});

/** Says that it never was one. */
export const cancel = defineCommand({
  name: 'cancel',
  aliases: [],
  usage: ['cancel <reason>'],
  example: 'cancel false alarm, the probe was broken',
  summary: 'Says that it was no incident, and why.',
  about: 'incident',

  parse(rest) {
    const reason = readable(rest.trim());
    if (reason === '') return refuse('Say why: it stays on the record.', this.example);
    return ok(change({ type: 'cancel', reason }));
  },
});
