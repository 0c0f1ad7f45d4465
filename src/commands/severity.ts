import { ok } from '../domain/result.ts';
import { change, defineCommand, form } from './command.ts';
import { refuseSeverity, severityAtStart } from './open.ts';
import { readable } from './slack-tokens.ts';
import { firstWord } from './words-in.ts';

/** Changes the severity. */
export const sev = defineCommand({
  name: 'sev',
  aliases: ['severity', 'upgrade', 'downgrade'],
  usage: ['sev <severity> [reason]'],
  example: 'sev sev1 all regions are affected',
  summary: 'Changes the severity and re-plans the timers. Lowering it needs a reason.',
  about: 'incident',

  parse(rest, { settings }) {
    const text = rest.trim().replace(/^to\s+/i, '');
    if (text === '') return ok(form('severity'));
    const named = severityAtStart(text, settings) ?? severityAtStart(`sev ${text}`, settings);
    if (named === null) return refuseSeverity(firstWord(text).word, settings, 'sev');
    const reason = named.rest === '' ? null : readable(named.rest);
    return ok(change({ type: 'severity', to: named.name, reason }));
  },
});
