import { createHash } from 'node:crypto';
import type {
  AllMiddlewareArgs,
  SlackViewMiddlewareArgs,
  types,
  ViewSubmitAction,
} from '@slack/bolt';
import type { Reply } from '../../domain/decision.ts';
import { masked } from '../../domain/secrets/index.ts';
import { paragraph } from '../../domain/text.ts';
import { cut } from '../blocks/literal.ts';
import { plainLine } from '../blocks/mrkdwn.ts';
import { unpacked } from '../forms/carried.ts';
import type { Complaint, Form } from '../forms/form.ts';
import { answersOf, blankIn, formOf, memoryOf } from '../forms/view.ts';
import { noteTurnedAway, presenceOf, whyNotThere } from '../present.ts';
import { workspaceOf } from '../whose.ts';
import { faultAtField, faultReply, handled, reportFault } from './asking.ts';
import { type Conversation, startConversation } from './conversation.ts';
import type { Desk } from './desk.ts';
import { previewOf } from './previewing.ts';
import { tell } from './tell.ts';

const ERROR_CHARACTERS = 300;

/** A form's answer: it stays open with a complaint at a field, or closes. */
class FormClosing {
  readonly #ack: SlackViewMiddlewareArgs<ViewSubmitAction>['ack'];
  #answered = false;

  constructor(ack: SlackViewMiddlewareArgs<ViewSubmitAction>['ack']) {
    this.#ack = ack;
  }

  /** Shows the form anew; nothing when it is closed already. */
  async show(view: types.ModalView): Promise<void> {
    if (this.#answered) return;
    this.#answered = true;
    await this.#ack({ response_action: 'update', view });
  }

  /** Shows what is wrong at its field; false when the form is closed already. */
  async complain({ field, reason }: Complaint): Promise<boolean> {
    if (this.#answered) return false;
    this.#answered = true;
    const errors = { [field]: cut(reason, ERROR_CHARACTERS) };
    await this.#ack({ response_action: 'errors', errors });
    return true;
  }

  async close(): Promise<void> {
    if (this.#answered) return;
    this.#answered = true;
    await this.#ack();
  }
}

interface Submission {
  readonly workspace: string;
  readonly user: string;
  readonly view: ViewSubmitAction['view'];
  readonly form: Form;
}

/** The command that a form stands for. */
function commandOf({ view, form }: Submission): string {
  const { incident, kept = {} } = memoryOf(view);
  const text = form.text(answersOf(view), kept);
  return incident === null ? text : `${incident} ${text}`;
}

// Slack's own hash stays the same while the person corrects what was refused, so what they typed
// has to be part of the key: or they would get the first refusal again.
const keyOf = ({ view }: Submission, text: string): string =>
  `${view.id}:${createHash('sha256').update(`${view.hash}\n${text}`).digest('hex').slice(0, 16)}`;

async function settle(
  submission: Submission,
  closing: FormClosing,
  conversation: Conversation,
  reply: Reply,
): Promise<void> {
  const field = submission.form.blame(answersOf(submission.view));
  const reason = plainLine(reply.message.summary);
  if (reply.outcome === 'refused' && (await closing.complain({ field, reason }))) return;
  await closing.close();
  await conversation.answer(reply);
}

/** Shows what the answers come to, where the form does that before anything is done. */
async function previewed(
  desk: Desk,
  { workspace, user, view, form }: Submission,
  closing: FormClosing,
  present: boolean,
): Promise<boolean> {
  if (form.preview === undefined) return false;
  const shown = await previewOf(desk, { workspace, user, view, present });
  if (shown === null) return false;
  await ('field' in shown ? closing.complain(shown) : closing.show(shown));
  return true;
}

async function submit(
  desk: Desk,
  submission: Submission,
  closing: FormClosing,
  conversation: Conversation,
): Promise<void> {
  const { view, form, workspace, user } = submission;
  const { channel, message, kept = {} } = memoryOf(view);
  const complaint = blankIn(view) ?? form.check(answersOf(view), kept);
  if (complaint) {
    await closing.complain(complaint);
    return conversation.acknowledge();
  }
  const place = { workspace, user, channel };
  const presence = await presenceOf(desk, place);
  const no = await whyNotThere(presence, desk, place);
  if (no !== null) {
    const typed = masked(commandOf(submission)).text;
    const reply = turnedAway(no, typed);
    if (presence === 'gone') {
      const key = keyOf(submission, typed);
      await noteTurnedAway(desk, place, { key, typed, reply });
      // They opened it there, so they were there once: should Slack's word of it be lost, this is it.
      void desk.channels.moved({ ...place, key: `${key}:left`, type: 'member left' });
    }
    const stands = await closing.complain({ field: form.blame(answersOf(view)), reason: no });
    // Where the form is gone already what was typed goes back to whoever typed it.
    return stands ? conversation.acknowledge() : conversation.answer(reply);
  }
  const present = presence === 'there';
  if (await previewed(desk, submission, closing, present)) return conversation.acknowledge();
  const text = commandOf(submission);
  const key = keyOf(submission, text);
  const taken = message
    ? { message: unpacked(message, channel, answersOf(view).text('text')) }
    : {};
  const line = { workspace, key, user, channel, text, source: 'form', present, ...taken } as const;
  const outcome = await handled(desk, conversation, line);
  if (outcome.type !== 'reply') {
    // What was typed reads as if nothing had been: then the line asks for the form that is open.
    await closing.complain({ field: form.blame(answersOf(view)), reason: SAYS_NOTHING });
    return conversation.acknowledge();
  }
  await settle(submission, closing, conversation, outcome.reply);
  await conversation.acknowledge();
}

const SAYS_NOTHING =
  'What you typed cannot be read as it stands. Say it in other words, or cancel.';

/** What was typed, for whoever may not send it. */
const turnedAway = (reason: string, typed: string): Reply => ({
  message: {
    summary: [reason],
    blocks: [paragraph(reason), { type: 'quote', text: `/incident ${typed}` }],
  },
  to: 'asker',
  outcome: 'refused',
});

const STILL =
  'This takes longer than Slack waits. Your text stays here: press the button again in a moment. Nothing is done twice.';

/** What was previewed is much to type again, so such a form stays until it is known what became of it. */
async function giveWay({ form, view }: Submission, closing: FormClosing): Promise<void> {
  if (form.preview === undefined) return closing.close();
  await closing.complain({ field: form.blame(answersOf(view)), reason: STILL });
}

/** A submitted form: the command that it stands for. A view that is none of ours is closed. */
export const onSubmission =
  (desk: Desk) =>
  async ({
    ack,
    body,
    view,
  }: SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs): Promise<void> => {
    const form = formOf(view);
    if (!form) return ack();
    const workspace = workspaceOf(body);
    const user = body.user.id;
    const submission: Submission = { workspace, user, view, form };
    const closing = new FormClosing(ack);
    const { channel, responseUrl, home = false } = memoryOf(view);
    const conversation = startConversation({
      ack: () => giveWay(submission, closing),
      showsAck: false,
      responseUrl,
      otherwise: (reply) => tell(desk, { workspace, channel, user, home }, reply),
      deadlineMs: desk.deadlineMs,
      apiUrl: desk.apiUrl,
      log: desk.log,
    });
    try {
      await submit(desk, submission, closing, conversation);
    } catch (error) {
      const fault = reportFault(desk, error, { source: 'form', user });
      const field = form.blame(answersOf(view));
      if (await closing.complain({ field, reason: faultAtField(fault, error) }))
        return conversation.acknowledge();
      await conversation.answer(faultReply(fault, commandOf(submission), error));
    }
  };
