import type { Action } from '../domain/action.ts';
import type { Notice, Reply } from '../domain/decision.ts';
import { type Incident, incidentName } from '../domain/incident.ts';
import { type Instant, MINUTE } from '../domain/instant.ts';
import { type Block, buttons, type Message, note, paragraph } from '../domain/text.ts';
import { resend } from '../domain/views/refusal.ts';
import type { Ports } from '../ports.ts';
import type { Handled, Input } from './input.ts';
import { typedBy } from './refused.ts';

/** A question, and what yes will do. */
export interface Question {
  /** Names the stored question: what `confirm` is typed with. */
  readonly key: string;
  readonly message: Message;
  /** What the button says. */
  readonly yes: string;
  readonly incident: Incident;
  readonly action: Action;
}

/** Asks, keeps what yes will do, and reminds after a minute of silence. */
export async function ask(question: Question, input: Input, { store }: Ports): Promise<Handled> {
  const { key, message, yes, incident, action } = question;
  const { workspace, actor } = input;
  const confirm = buttons({ label: yes, command: `confirm ${key}`, style: 'primary' });
  const reply: Reply = {
    message: { summary: message.summary, blocks: [...message.blocks, confirm] },
    to: 'asker',
    outcome: 'asked',
  };
  const stored = await store.answer({
    workspace,
    key,
    actor,
    typed: typedBy(input),
    reply,
    notices: [reminder(question, confirm, input, await store.now())],
    pending: { incident: incident.id, action },
    ...(input.journaled ? { typedAt: input.journaled.at } : {}),
  });
  return { type: 'reply', reply: stored };
}

/** The typed text once more, and the button; dropped when the question is answered. */
function reminder(
  { key, message, incident }: Question,
  confirm: Block,
  input: Input,
  now: Instant,
): Notice {
  const what = `You were asked about ${incidentName(incident)} and have not answered. Nothing has been done.`;
  return {
    key: `confirm:${key}`,
    // A Home tab and a global shortcut are in no channel.
    to:
      input.channel === ''
        ? { type: 'user', id: input.actor.id }
        : { type: 'ephemeral', channel: input.channel, user: input.actor.id },
    collapse: `confirm:${key}`,
    notBefore: now + MINUTE,
    what: {
      type: 'message',
      message: {
        summary: [what],
        blocks: [
          paragraph(what),
          paragraph(...message.summary),
          ...resend(typedBy(input)),
          confirm,
          note('Confirmed, it counts from when you typed it.'),
        ],
      },
    },
  };
}
