import { randomUUID } from 'node:crypto';
import { typedText } from '../../commands/slack-tokens.ts';
import type { Actor } from '../../domain/action.ts';
import type { Reply } from '../../domain/decision.ts';
import { standingOf } from '../../domain/permitting.ts';
import { masked } from '../../domain/secrets/index.ts';
import { note, paragraph } from '../../domain/text.ts';
import type { Handled } from '../../handle.ts';
import { StoreUnavailable } from '../../ports.ts';
import { plainLine } from '../blocks/mrkdwn.ts';
import { type Door, openDoor } from '../forms/door.ts';
import { formIn, openForm } from '../forms/open.ts';
import type { Asked } from './asked.ts';
import type { Conversation } from './conversation.ts';
import type { Desk } from './desk.ts';

/**
 * Who asked, with their zone. For somebody whose profile was never read Slack has to be asked, and
 * Slack is only asked things after the acknowledgement.
 */
export async function actorOf(
  { people, ports: { settings } }: Desk,
  { acknowledge }: Pick<Conversation, 'acknowledge'>,
  { workspace, user }: Pick<Asked, 'workspace' | 'user'>,
): Promise<Actor> {
  const known = await people.known(workspace, user);
  if (known) return { id: user, zone: known.zone, standing: standingOf(user, known, settings) };
  await acknowledge();
  const person = await people.ask(workspace, user);
  return { id: user, zone: person?.zone ?? null, standing: standingOf(user, person, settings) };
}

/** The same without the database: nobody becomes a member by its being away. */
function rememberedActor(
  { people, ports: { settings } }: Desk,
  { workspace, user }: Pick<Asked, 'workspace' | 'user'>,
): Actor {
  const person = people.remembered(workspace, user);
  return { id: user, zone: null, standing: standingOf(user, person, settings) };
}

const UNAVAILABLE =
  'Muster’s database does not answer, so this may not be recorded. Timers fire as soon as it is back. Your text, to send again then:';

const unexplained = (fault: string): string =>
  `Muster ran into an error (${fault}) and cannot say whether this was done. Look at the timeline, then try again:`;

/** What a fault looks like to whoever ran into it: what is wrong, the number to quote, what they typed. */
export function faultReply(fault: string, typed: string, error: unknown): Reply {
  const what = error instanceof StoreUnavailable ? UNAVAILABLE : unexplained(fault);
  return {
    message: {
      summary: [what],
      blocks: [
        paragraph(what),
        { type: 'quote', text: `/incident ${masked(typed).text}`.trim() },
        note(`If it happens again, give your administrator this number: ${fault}`),
      ],
    },
    to: 'asker',
    outcome: 'refused',
  };
}

/** The same at a field of a form, which stays open with everything that was typed. */
export const faultAtField = (fault: string, error: unknown): string =>
  error instanceof StoreUnavailable
    ? 'Muster’s database does not answer, so this may not be recorded. Your text stays here: press the button again in a moment. Nothing is done twice.'
    : `Muster ran into an error (${fault}) and cannot say whether this was done. Your text stays here: press the button again, nothing is done twice. If it happens again, give your administrator this number.`;

/** Logs a fault under a number that the person sees too. */
export function reportFault({ log }: Desk, error: unknown, facts: Record<string, string>): string {
  const fault = randomUUID().slice(0, 8);
  log.error('request failed', { fault, ...facts }, error);
  return fault;
}

async function show(
  desk: Desk,
  conversation: Conversation,
  asked: Asked,
  outcome: Handled,
  door: Door,
): Promise<void> {
  const answer = async (reply: Reply): Promise<void> => {
    await conversation.answer(reply);
    await door.shut(plainLine(reply.message.summary));
  };
  if (outcome.type === 'reply') return answer(outcome.reply);
  if (outcome.type === 'later') {
    await conversation.acknowledge();
    return answer(await outcome.reply());
  }
  const { form, incident } = outcome;
  const line = { ...asked, text: typedIn(asked) };
  const refused = await openForm(desk, line, form, incident, outcome, null, door);
  await (refused ? answer(refused) : conversation.acknowledge());
}

/** The line as it was typed: Slack escapes what comes from a command, and nothing else. */
const typedIn = ({ source, text }: Pick<Asked, 'source' | 'text'>): string =>
  source === 'command' ? typedText(text) : text;

/**
 * Does what a line asks for: with the database, or without it what can be done without. Throws
 * where neither was possible.
 */
export async function handled(
  desk: Desk,
  conversation: Conversation,
  asked: Pick<
    Asked,
    'workspace' | 'key' | 'user' | 'channel' | 'text' | 'source' | 'message' | 'present'
  >,
): Promise<Handled> {
  const receivedAt = Date.now();
  const { user, ...line } = asked;
  let actor = rememberedActor(desk, asked);
  try {
    [actor] = await Promise.all([
      actorOf(desk, conversation, asked),
      desk.people.meet(asked.workspace, typedIn(asked)),
    ]);
    return await desk.handle({ ...line, actor });
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error;
    const kept = await desk.keep({ ...line, actor }, receivedAt);
    if (kept === null) throw error;
    return kept;
  }
}

/** Does what somebody asked for and answers it. Never throws. */
export async function ask(desk: Desk, conversation: Conversation, asked: Asked): Promise<void> {
  const expected = formIn({ ...asked, text: typedIn(asked) }, desk.ports.settings);
  const door = openDoor(desk, asked, expected, conversation.acknowledge);
  try {
    const { workspace, key, user, channel, text, source } = asked;
    const line = { workspace, key, user, channel, text, source };
    await show(desk, conversation, asked, await handled(desk, conversation, line), door);
  } catch (error) {
    const fault = reportFault(desk, error, { source: asked.source, user: asked.user });
    const reply = faultReply(fault, typedIn(asked), error);
    await door.shut(plainLine(reply.message.summary));
    await conversation.answer(reply).catch((failure: unknown) => {
      desk.log.error('fault not told', { fault }, failure);
    });
  }
  // The answer is out: now is the time to catch up with a profile that may have changed.
  await desk.people.refresh(asked.workspace, asked.user);
}
