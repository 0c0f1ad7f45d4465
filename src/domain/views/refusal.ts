import { addressed } from '../addressed.ts';
import type { Reply } from '../decision.ts';
import type { Refusal } from '../result.ts';
import { type Block, buttons, code, type Line, type Message, paragraph, user } from '../text.ts';
import { shortened } from './phrases.ts';

/** What Slack takes in one text, less the words around it. */
const LONGEST = 2800;

/**
 * Says no: what was wrong, what would work, and the typed text ready to resend.
 *
 * The text is repeated only when it holds more than the verb: one word is quickly typed again.
 */
export function refusalMessage(
  { reason, example, choices = [], ask = [] }: Refusal,
  typed: string,
): Message {
  const said = typed.trim();
  const blocks: Block[] = [paragraph(reason)];
  if (ask.length > 0) blocks.push(paragraph('Ask ', ...whoever(ask), '.'));
  if (example !== undefined)
    blocks.push(paragraph('This would work: ', code(`/incident ${example}`)));
  if (choices.length > 0) blocks.push(buttons(...choices));
  if (/\s/.test(said)) blocks.push(...resend(said));
  return { summary: [reason], blocks };
}

/** `@ana or @bo`. */
const whoever = (ids: readonly string[]): Line =>
  ids.flatMap((id, index): Line => [...(index === 0 ? [] : [' or ']), user(id)]);

/** The typed text in a quote, whole or as far as Slack takes it. */
export function resend(typed: string): readonly Block[] {
  const whole = shortened(typed.trim(), LONGEST);
  const cut = whole !== typed.trim() ? ' Only its beginning fits here.' : '';
  return [
    paragraph(`What you typed, ready to resend:${cut}`),
    { type: 'quote', text: `/incident ${whole}` },
  ];
}

/** What is not about one incident takes no number before it. */
const NUMBERLESS = /^(?:\d|#|(?:open|record|list|last|help|drill|preview)(?:\s|$))/;

/** The reply to a change that the rules refused: the example names the incident as the line did. */
export function refusalReply({ reason, example, ask = [] }: Refusal, typed: string): Reply {
  const { typed: name, rest } = addressed(typed.trim());
  const named = name === '' || rest === '' ? '' : `${name} `;
  const shown = example === undefined || NUMBERLESS.test(example) ? example : `${named}${example}`;
  const refusal = shown === undefined ? { reason, ask } : { reason, ask, example: shown };
  return { message: refusalMessage(refusal, typed), to: 'asker', outcome: 'refused' };
}
