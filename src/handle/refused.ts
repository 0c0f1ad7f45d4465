import { readable } from '../commands/slack-tokens.ts';
import type { Refusal } from '../domain/result.ts';
import type { Block } from '../domain/text.ts';
import { refusalMessage } from '../domain/views/refusal.ts';
import type { Ports } from '../ports.ts';
import type { Handled, Input } from './input.ts';

/** A refusal with what else helps: incidents to choose from, the short help. */
export interface Refused extends Refusal {
  readonly more?: readonly Block[];
}

/** It was there a moment ago. */
export const GONE: Refused = { reason: 'That incident is not there any more.', example: 'list' };

/** What was typed, as its author reads it. */
export const typedBy = ({ text }: Pick<Input, 'text'>): string => readable(text);

/** Says no, and keeps what was typed for `last`. */
export async function refused(
  { more = [], ...refusal }: Refused,
  input: Input,
  { store }: Pick<Ports, 'store'>,
): Promise<Handled> {
  const { workspace, key, actor } = input;
  const typed = typedBy(input);
  const { summary, blocks } = refusalMessage(refusal, typed);
  const reply = await store.answer({
    workspace,
    key,
    actor,
    typed,
    reply: {
      message: { summary, blocks: [...blocks, ...more] },
      to: 'asker',
      outcome: 'refused',
    },
    ...(refusal.denied === undefined ? {} : { denied: refusal.denied }),
  });
  return { type: 'reply', reply };
}
