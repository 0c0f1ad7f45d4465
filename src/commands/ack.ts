import type { TypedWhen } from '../domain/action.ts';
import { ok } from '../domain/result.ts';
import { change, defineCommand } from './command.ts';
import { pointTo } from './milestones.ts';
import { timeThenText } from './when.ts';
import { entryPointed } from './words-in.ts';

/** Says that somebody is on it. */
export const ack = defineCommand({
  name: 'ack',
  aliases: ['acknowledge'],
  usage: ['ack [<time>]', 'ack too'],
  example: 'ack',
  summary: 'Says that you are on it. Stops the pings; tells you which timers still run.',
  about: 'incident',

  parse(rest) {
    const pointed = entryPointed(rest);
    if (pointed !== null) return ok(pointTo('acknowledged', pointed));
    if (/^too\b/i.test(rest.trim())) return ok(change({ type: 'ack', when: null, too: true }));
    return ok(change({ type: 'ack', when: ackTime(rest.trim()) }));
  },
});

/** Words after `ack` never stop it: only something with a figure in it is taken for a time. */
function ackTime(text: string): TypedWhen {
  const { when } = timeThenText(text);
  if (when !== null) return when;
  return /^(?:at\s+)?\S*\d/i.test(text) ? text : null;
}
