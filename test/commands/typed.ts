import { commandNamed } from '../../src/commands/index.ts';
import { firstWord } from '../../src/commands/words-in.ts';
import { context } from './settings.ts';

/** What a line is read as. */
export function typed(line: string) {
  const { word, rest } = firstWord(line);
  const named = commandNamed(word);
  if (named === null) throw new Error(`no verb: ${word}`);
  return named.command.parse([named.carries, rest].join(' ').trim(), context);
}

/** The action it asks for, or why it is refused. */
export const action = (line: string) => {
  const parsed = typed(line);
  if (!parsed.ok) return `refused: ${parsed.refusal.reason}`;
  const intent = parsed.value;
  return intent.type === 'change' ? intent.action : intent;
};
