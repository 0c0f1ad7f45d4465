import type { Filled, FormName, Offers } from '../commands/command.ts';
import type { Actor } from '../domain/action.ts';
import type { Reply } from '../domain/decision.ts';
import type { Incident } from '../domain/incident.ts';
import type { MessageInForm } from '../domain/message.ts';
import type { Block, Message } from '../domain/text.ts';
import type { Source } from '../domain/words.ts';
import type { Journaled } from '../ports.ts';

/** One line typed, or what a button stands for. */
export interface Input {
  readonly workspace: string;
  /** Makes a repetition harmless: `trigger_id`, `event_id`, view id. */
  readonly key: string;
  readonly actor: Actor;
  /** Where it was typed. */
  readonly channel: string;
  /** Everything after `/incident`; from a command as Slack escaped it. */
  readonly text: string;
  readonly source: Source;
  /** For a line that was kept in Slack while the database was away. */
  readonly journaled?: Journaled;
  /** The message in Slack that a form was filled with. */
  readonly message?: MessageInForm;
  /** For a form: whether they are in the channel still in which they opened it. */
  readonly present?: boolean;
  /** The kinds of secrets that were taken out of the text. */
  readonly removed?: readonly string[];
}

/** What the edge is to show. */
export type Handled =
  | { readonly type: 'reply'; readonly reply: Reply }
  | {
      readonly type: 'form';
      readonly form: FormName;
      readonly incident: Incident | null;
      /** What its fields hold at first, by their names. */
      readonly filled?: Filled;
      /** What is to be read before them. */
      readonly above?: readonly Block[];
      readonly offers?: Offers;
    }
  /** An answer for which others must be asked, Slack among them: acknowledged first. */
  | { readonly type: 'later'; readonly reply: () => Promise<Reply> };

/** The answer, with something more to read below it. */
export function withMore(handled: Handled, more: readonly Block[]): Handled {
  if (more.length === 0) return handled;
  const added = (reply: Reply): Reply => ({
    ...reply,
    message: { ...reply.message, blocks: [...reply.message.blocks, ...more] },
  });
  switch (handled.type) {
    case 'reply':
      return { type: 'reply', reply: added(handled.reply) };
    case 'later':
      return { type: 'later', reply: async () => added(await handled.reply()) };
    case 'form':
      return { ...handled, above: [...more, ...(handled.above ?? [])] };
  }
}

/** Something looked up, for the eyes of whoever asked. */
export const shown = (message: Message): Handled => ({
  type: 'reply',
  reply: { message, to: 'asker', outcome: 'done' },
});
