import { ok, type Refusal, type Result, refuse } from '../domain/result.ts';
import type { Settings } from '../domain/settings.ts';
import { oneLine } from '../domain/views/phrases.ts';
import { defineCommand, type Intent, read } from './command.ts';
import { nearest } from './nearest.ts';
import { leadingMention, readable } from './slack-tokens.ts';
import { isDeadline } from './when.ts';
import { bare, firstWord } from './words-in.ts';

/** Longer than anything that means something here. */
const LONGEST = 400;

/** Who is on call, and who stands in. */
export const oncall = defineCommand({
  name: 'oncall',
  aliases: [],
  usage: [
    'oncall [schedule] [override <@person> until <time>]',
    'oncall <schedule> override <@person> from <time> until <time>',
    'oncall <schedule> end',
  ],
  example: 'oncall platform override <@U012DEE|dee> until 18:00',
  summary: 'Shows who is on call now and next; lets somebody stand in until a time, and ends that.',
  about: 'workspace',

  parse(rest, { settings, actor }) {
    const text = rest.replace(/\s+/g, ' ').trim().slice(0, LONGEST);
    if (text === '') return ok(read({ type: 'oncall', schedule: null }));
    const found = scheduleIn(text, settings);
    if (!found.ok) return found;
    const { schedule, rest: after } = found.value;
    if (after === '') return ok(read({ type: 'oncall', schedule }));
    return asked(schedule, after, actor);
  },
});

/** What an override or its end begins with: then the schedule may be left out where there is one. */
const VERB = /^(?:override|cover|end|stop)(?:\s|$)/i;

function scheduleIn(
  text: string,
  { schedules }: Settings,
): Result<{ schedule: string; rest: string }> {
  const names = Object.keys(schedules);
  const named = names
    .toSorted((a, b) => b.length - a.length)
    .find((name) => `${text} `.toLowerCase().startsWith(`${name.toLowerCase()} `));
  if (named !== undefined) return ok({ schedule: named, rest: text.slice(named.length).trim() });
  if (names.length === 0)
    return refuse('No schedule is configured, so nobody is on call.', 'oncall');
  const [only, another] = names;
  const verbless = VERB.test(text) || leadingMention(text) !== null;
  if (verbless && only !== undefined && another === undefined)
    return ok({ schedule: only, rest: text });
  const shown = names.slice(0, 10).join(', ');
  if (verbless) return asWith(`Which schedule? There is ${shown}.`, names, text);
  const { word, rest } = firstWord(text);
  const reason = `There is no schedule “${readable(word).slice(0, 40)}”. There is ${shown}.`;
  const meant = nearest(bare(word), names);
  return asWith(reason, meant === null ? names : [meant], rest);
}

/** The line as it was typed, with each schedule that may have been meant. */
function asWith(
  reason: string,
  names: readonly string[],
  rest: string,
): { ok: false; refusal: Refusal } {
  const line = (name: string): string => `oncall ${name} ${rest}`.trim();
  const choices = names.slice(0, 5).map((name) => ({ label: name, command: line(name) }));
  return {
    ok: false,
    refusal: { reason, example: readable(line(names[0] ?? '')), choices },
  };
}

function asked(schedule: string, text: string, actor: string): Result<Intent> {
  const [ending, id = null] = /^(?:end|stop)(?: ([0-9a-f-]{4,36}))?\.?$/i.exec(text) ?? [];
  if (ending !== undefined) return ok(arranging({ type: 'end', schedule, override: id }));
  const stated = text.replace(/^(?:override|cover)(?: with| by)?(?= |$)\s*/i, '');
  const person = personIn(stated, actor);
  if (person === null) {
    const named = nameIn(MENTION.exec(stated)?.[0] ?? '');
    const [span = 'until 18:00'] = SPAN.exec(stated) ?? [];
    const reason =
      stated === text
        ? `I cannot read “${readable(text).slice(0, 60)}”. Name who stands in, and until when.`
        : 'Who stands in? Name the person with @ and pick them from the list that Slack offers.';
    return refuse(reason, example(schedule, named, span));
  }
  const { named } = person;
  const [, from = null, until] =
    /^(?:(?:from|starting) (.+?) )??(?:until|till|til|to|for) (.+)$/i.exec(person.rest) ?? [];
  if (until === undefined)
    return refuse(
      'Until when? Every override has an end.',
      example(schedule, named, endOf(person)),
    );
  return ok(arranging({ type: 'override', schedule, user: person.id, named, from, until }));
}

const MENTION = /<@[^<>]+>/;
const SPAN = /(?:^|(?<= ))(?:(?:from|starting) .+? )??(?:until|till|til|to|for) .+$/i;

const example = (schedule: string, named: string, span: string): string =>
  oneLine(`oncall ${schedule} override ${named} ${readable(span)}`, 200);

/** The end that a line without one was to have: `@bo 18:00` is until then. */
function endOf({ rest }: Person): string {
  if (/^(?:from|starting) ./i.test(rest)) return `${rest} until 18:00`;
  return isDeadline(rest) ? `until ${rest}` : 'until 18:00';
}

const arranging = (action: Extract<Intent, { type: 'on call' }>['action']): Intent => ({
  type: 'on call',
  action,
});

/** Somebody named in a line, how they were named, and what follows. */
interface Person {
  readonly id: string;
  readonly named: string;
  readonly rest: string;
}

function personIn(text: string, actor: string): Person | null {
  const { word, rest } = firstWord(text);
  if (bare(word) === 'me') return { id: actor, named: 'me', rest };
  const found = leadingMention(text);
  if (found === null || found.mention.type !== 'user') return null;
  const token = text.slice(0, text.indexOf('>') + 1);
  return { id: found.mention.id, named: nameIn(token), rest: found.rest };
}

/** `@bo`, where Slack said what they are called. */
const nameIn = (token: string): string => {
  const name = readable(token);
  return name.startsWith('@') ? name : '@somebody';
};
