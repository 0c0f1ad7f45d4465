import { addressed } from '../addressed.ts';
import type { Reply } from '../decision.ts';
import type { Choice, Refusal } from '../result.ts';
import {
  type Block,
  buttons,
  code,
  type Line,
  type Message,
  note,
  paragraph,
  user,
} from '../text.ts';
import { shortened } from './phrases.ts';

/** What Slack takes in one text, less the words around it. */
const LONGEST = 2800;
/** And in one line of small print. */
const LONGEST_SMALL = 300;

/**
 * Says no: what was wrong, what would work, and the typed text ready to resend.
 *
 * The text is repeated only when it holds more than the verb: one word is quickly typed again. Where
 * what would work is the same text put right, that is what stands ready, and not the line that would
 * be refused again; what somebody may not do stands ready for whoever may.
 */
export function refusalMessage(
  { reason, example, choices = [], ask = [], denied }: Refusal,
  typed: string,
): Message {
  const said = typed.trim();
  const blocks: Block[] = [paragraph(reason)];
  if (ask.length > 0) blocks.push(paragraph('Ask ', ...whoever(ask, denied), ' to do it.'));
  if (example !== undefined && isPutRight(example, said)) {
    blocks.push(
      paragraph('This would work:'),
      { type: 'quote', text: `/incident ${example}` },
      ...pressable(choices),
      note('What you typed: ', code(`/incident ${said}`)),
    );
    return { summary: [reason], blocks };
  }
  if (example !== undefined) blocks.push(paragraph('This would work: ', ...asTyped(example, said)));
  blocks.push(...pressable(choices));
  const ready = ask.length === 0 ? 'resend' : 'pass on';
  if (/\s/.test(said)) blocks.push(...resend(said, ready));
  return { summary: [reason], blocks };
}

const pressable = (choices: readonly Choice[]): readonly Block[] =>
  choices.length === 0 ? [] : [buttons(...choices)];

/** Whether it is the whole line that was typed with another beginning, and fits in small print. */
function isPutRight(example: string, said: string): boolean {
  const [, after = ''] = /^\S+\s+(.+)$/.exec(said) ?? [];
  return (
    after !== '' && said.length <= LONGEST_SMALL && example.endsWith(after) && example !== said
  );
}

/** A command with its mentions as people see them; what was typed stays what was typed, and mentions nobody. */
const asTyped = (example: string, said: string): Line =>
  `/incident ${example}`.split(/(<@\w+>)/).flatMap((part): Line => {
    const [, id] = /^<@(\w+)>$/.exec(part) ?? [];
    if (id !== undefined && !said.includes(part)) return [user(id)];
    return part === '' ? [] : [code(part)];
  });

/** `@ana or @bo`; a guest may ask any member for what every member may do. */
const whoever = (ids: readonly string[], denied: Refusal['denied']): Line => [
  ...ids.flatMap((id, index): Line => [...(index === 0 ? [] : [' or ']), user(id)]),
  ...(denied?.standing === 'guest' && denied.needs === 'anyone' ? [', or any full member,'] : []),
];

/** The typed text in a quote, whole or as far as Slack takes it. */
export function resend(typed: string, ready = 'resend'): readonly Block[] {
  const whole = shortened(typed.trim(), LONGEST);
  const cut = whole !== typed.trim() ? ' Only its beginning fits here.' : '';
  return [
    paragraph(`What you typed, ready to ${ready}:${cut}`),
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
