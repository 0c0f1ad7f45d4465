import { ok, refuse } from '../domain/result.ts';
import { STATUSES, type Status } from '../domain/words.ts';
import { change, defineCommand, form } from './command.ts';
import { readable } from './slack-tokens.ts';
import { timeThenText } from './when.ts';
import { optionOf } from './words-in.ts';

const NAMED: Readonly<Record<string, Status>> = {
  investigating: 'investigating',
  identified: 'identified',
  monitoring: 'monitoring',
  resolved: 'resolved',
  cancelled: 'cancelled',
  canceled: 'cancelled',
};

/** Moves the status. */
export const status = defineCommand({
  name: 'status',
  aliases: ['identified', 'monitoring'],
  usage: ['status <investigating, identified, monitoring> [<time>] [text]'],
  example: 'status identified 14:50 the migration holds a lock',
  summary: 'Moves the incident to another status.',
  about: 'incident',

  parse(typed) {
    if (typed.trim() === '') return ok(form('status'));
    const { option: to, rest } = optionOf(typed, NAMED);
    if (to === null) return refuse(`A status is one of ${STATUSES.join(', ')}.`, this.example);
    const { when, text: said } = timeThenText(rest);
    const text = said === null ? null : readable(said);
    // Closing has rules of its own (the draft, the acknowledgement), so it goes their way.
    if (to === 'resolved') return ok(change({ type: 'resolve', when, text, confirmed: false }));
    if (to !== 'cancelled') return ok(change({ type: 'status', to, when, text }));
    if (rest === '') return refuse('Cancelling needs a reason.', 'cancel false alarm');
    return ok(change({ type: 'cancel', reason: readable(rest) }));
  },
});

/** Tells everybody where things stand. */
export const update = defineCommand({
  name: 'update',
  aliases: [],
  usage: ['update <text>'],
  example: 'update Rollback is running, errors are falling. Next update at 15:30 UTC.',
  summary: 'Posts a status update to channel and announcement, and resets the update timer.',
  about: 'incident',

  parse(rest) {
    const text = readable(rest.trim());
    return ok(text === '' ? form('update') : change({ type: 'update', text }));
  },
});
