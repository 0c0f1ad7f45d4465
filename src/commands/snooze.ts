import { MINUTE } from '../domain/instant.ts';
import type { PingingName } from '../domain/ping.ts';
import { ok, type Result, refuse } from '../domain/result.ts';
import { readDuration, scanLength } from '../domain/time/duration.ts';
import { oneLine } from '../domain/views/phrases.ts';
import { change, defineCommand, form, type Intent } from './command.ts';
import { readable } from './slack-tokens.ts';
import { afterWord, firstWord } from './words-in.ts';

/** What people call the timers, besides the name that Muster shows. */
const CALLED: Readonly<Record<Exclude<PingingName, 'presence'>, readonly string[]>> = {
  acknowledge: ['acknowledge', 'ack', 'acknowledgement', 'acknowledgment'],
  commander: ['commander', 'take command', 'command', 'lead'],
  update: ['update', 'status update', 'updates', 'status updates', 'status'],
  mitigate: ['mitigate', 'mitigated', 'mitigation'],
  resolve: ['resolve', 'resolved', 'resolution'],
  policy: ['policy', 'escalation', 'escalate', 'pings', 'paging'],
  postmortem: ['postmortem', 'pm', 'retro', 'draft'],
  actions: ['actions', 'action items', 'action item', 'action', 'follow-ups', 'followups'],
};

/** Every name, the longest first, so that `status update` is not read as `status`. */
const NAMES = (Object.keys(CALLED) as (keyof typeof CALLED)[])
  .flatMap((timer) => CALLED[timer].map((name) => ({ timer, name })))
  .toSorted((a, b) => b.name.length - a.name.length);

/** The timer that a text begins with, by any of its names; `the` and `timer` say nothing. */
function timerAtStart(text: string): { timer: PingingName; rest: string } | null {
  const plain = text.replace(/^the\s+/i, '');
  const start = plain.slice(0, 40).toLowerCase().replaceAll(/\s/g, ' ');
  const found = NAMES.find(
    ({ name }) => start.startsWith(name) && /^$|^[\s:,;.]/.test(start.slice(name.length)),
  );
  if (found === undefined) return null;
  const rest = plain.slice(found.name.length).replace(/^\s+(?:timer|clock)(?=$|[\s:,;])/i, '');
  return { timer: found.timer, rest: afterWord(rest.replace(/^[:,;.]/, '')) };
}

/** A length of time that a text begins with, and what stands after it. */
function lengthAtStart(text: string): { ms: number; typed: string; rest: string } | null {
  const plain = text.replace(/^(?:for|by)\s+/i, '');
  const length = scanLength(plain, 0);
  if (length === null || !/^$|^[\s:,;.–—-]/.test(plain.slice(length.end))) return null;
  const rest = plain.slice(length.end).replace(/^[\s:,;.–—-]+/, '');
  return { ms: length.ms, typed: plain.slice(0, length.end), rest };
}

/** Puts off one clock. */
export const snooze = defineCommand({
  name: 'snooze',
  aliases: ['pause'],
  usage: ['snooze <timer> <duration> <reason>', 'snooze [<timer>]'],
  example: 'snooze update 30 min waiting for the vendor',
  summary: 'Puts off one timer and everything it would do. The reason goes on the timeline.',
  about: 'incident',

  parse(typed) {
    const text = typed.trim();
    const named = timerAtStart(text);
    const rest = named?.rest ?? text;
    const length = lengthAtStart(rest);
    if (named === null && length === null && text !== '') {
      const word = oneLine(readable(firstWord(text).word), 40);
      return refuse(
        `There is no timer “${word}”. Choose one that runs with /incident snooze. They are called status update, acknowledge, take command, mitigate, resolve and escalation.`,
        this.example,
      );
    }
    if (length === null && /^(?:for\s+|by\s+)?\d/i.test(rest)) {
      return withoutUnit(named?.timer ?? 'update', rest.replace(/^(?:for|by)\s+/i, ''));
    }
    const reason = readable(length?.rest ?? rest);
    if (named !== null && length !== null && reason !== '')
      return ok(change({ type: 'snooze', timer: named.timer, ms: length.ms, reason }));
    return ok(
      form('snooze', {
        ...(named === null ? {} : { timer: named.timer }),
        ...(length === null ? {} : { length: length.typed }),
        ...(reason === '' ? {} : { reason }),
      }),
    );
  },
});

/** A figure that is no length by itself; `1:30h` is one. */
function withoutUnit(timer: PingingName, text: string): Result<Intent> {
  const { word, rest } = firstWord(text);
  const read = readDuration(word);
  const reason = readable(rest);
  if (read.ok) {
    const filled = { timer, length: `${read.value.ms / MINUTE} min` };
    return ok(
      reason === ''
        ? form('snooze', filled)
        : change({ type: 'snooze', timer, ms: read.value.ms, reason }),
    );
  }
  const said = oneLine(read.refusal.reason, 200);
  const line = `snooze ${timer} ${read.refusal.example ?? '30 min'} ${reason || 'waiting for the vendor'}`;
  return refuse(/[.?]$/.test(said) ? said : `${said}.`, oneLine(line, 200));
}
