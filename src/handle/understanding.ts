import { type Command, type Intent, read } from '../commands/command.ts';
import { commandNamed, VERBS } from '../commands/index.ts';
import { nearest } from '../commands/nearest.ts';
import { readable } from '../commands/slack-tokens.ts';
import { bare, firstWord } from '../commands/words-in.ts';
import { type Address, addressed } from '../domain/addressed.ts';
import { addressOf } from '../domain/incident.ts';
import { ok, type Refusal, type Result } from '../domain/result.ts';
import type { Settings } from '../domain/settings.ts';
import { shortHelp } from '../domain/views/help.ts';
import { oneLine } from '../domain/views/phrases.ts';
import type { Input } from './input.ts';
import type { Refused } from './refused.ts';

/** What a line asks for, and the incident it names. */
export interface Understood {
  readonly intent: Intent;
  /** What stands before the verb, or null: the channel's incident is meant. */
  readonly address: Address | null;
  /** Whether it needs an incident; `maybe` for a bare `/incident`, which declares where there is none. */
  readonly about: Command['about'] | 'maybe';
}

const no = (refusal: Refused): { ok: false; refusal: Refused } => ({ ok: false, refusal });

/** Reads the number, the verb and what stands after it. */
export function understood(
  { text, actor }: Pick<Input, 'text' | 'actor'>,
  settings: Settings,
): Result<Understood, Refused> {
  const card = read({ type: 'card' });
  if (text === '') return ok({ intent: card, address: null, about: 'maybe' });
  const { address, rest } = addressBefore(text);
  if (rest === '') return ok({ intent: card, address, about: 'incident' });
  const { word, rest: after } = firstWord(rest);
  const named = commandNamed(word);
  if (named === null) return no(unknownVerb(text, word, address));
  const { command, carries } = named;
  if (address !== null && command.about === 'workspace') return no(numberless(command, after));
  const parsed = command.parse([carries, after].join(' ').trim(), { settings, actor: actor.id });
  if (parsed.ok)
    return ok({ intent: parsed.value, address, about: aboutWhat(parsed.value, command) });
  return no(address === null ? parsed.refusal : about(address, parsed.refusal));
}

/** A list of action items needs no incident, though its verb does otherwise. */
const aboutWhat = (intent: Intent, { about }: Command): Command['about'] =>
  intent.type === 'read' && intent.read.type === 'actions' ? 'maybe' : about;

/** What would work, for the incident that the line named. */
function about(address: Address, { reason, example, choices = [] }: Refusal): Refusal {
  return {
    reason,
    ...(example === undefined ? {} : { example: prefixed(address, example) }),
    choices: choices.map(({ label, command }) => ({ label, command: prefixed(address, command) })),
  };
}

/** A number names an incident only alone or before a verb: `500 errors on checkout` is a sentence. */
function addressBefore(text: string): { address: Address | null; rest: string } {
  const { address, rest, loose } = addressed(text);
  if (address === null) return { address, rest };
  const { word } = firstWord(rest);
  const near = commandNamed(word) !== null || (!loose && nearest(bare(word), VERBS) !== null);
  return rest === '' || near ? { address, rest } : { address: null, rest: text };
}

const prefixed = (address: Address | null, line: string): string =>
  address === null ? line : `${addressOf(address)} ${line}`;

function unknownVerb(text: string, word: string, address: Address | null): Refused {
  const verb = oneLine(readable(word), 40);
  const reason = `Muster does not know the verb “${verb}”.`;
  const meant = nearest(bare(word), VERBS);
  const after = firstWord(addressBefore(text).rest).rest;
  if (meant !== null) {
    const line = prefixed(address, `${meant} ${readable(after)}`);
    const example = oneLine(line, 200);
    const harmless = example === line && commandNamed(meant)?.command.name === 'log';
    const command = prefixed(address, `${meant} ${after}`);
    const choices = harmless ? [{ label: 'Log it', command }] : [];
    return { reason, example, choices, more: shortHelp() };
  }
  if (after === '') return { reason, example: 'help', more: shortHelp() };
  return {
    reason: `${reason} To put a line on the timeline, begin with log.`,
    example: `log ${oneLine(readable(text), 200)}`,
    more: shortHelp(),
  };
}

const numberless = ({ name }: Command, rest: string): Refused => ({
  reason: `${name} is not about one incident: leave the number out.`,
  example: oneLine(readable(`${name} ${rest}`), 200),
});
