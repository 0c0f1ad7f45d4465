import type {
  AllMiddlewareArgs,
  GlobalShortcut,
  MessageShortcut,
  SlackShortcutMiddlewareArgs,
} from '@slack/bolt';
import { orNull, within } from '../../deadline.ts';
import type { Reply } from '../../domain/decision.ts';
import type { Incident } from '../../domain/incident.ts';
import type { Instant } from '../../domain/instant.ts';
import type { SlackMessage } from '../../domain/message.ts';
import { standingOf } from '../../domain/permitting.ts';
import { oneLine } from '../../domain/views/phrases.ts';
import { StoreUnavailable } from '../../ports.ts';
import { inUtc } from '../blocks/instants.ts';
import { carry } from '../forms/carried.ts';
import { openForm } from '../forms/open.ts';
import { messageSoon } from '../messages/look.ts';
import { isOwn, type RawMessage, type Self } from '../messages/raw.ts';
import { workspaceOf } from '../whose.ts';
import type { Asked } from './asked.ts';
import { ask, faultReply, reportFault } from './asking.ts';
import { type Conversation, startConversation } from './conversation.ts';
import type { Desk } from './desk.ts';
import { tell } from './tell.ts';

/** The callback ids that the manifest gives the shortcuts. */
export const SHORTCUTS = {
  declare: 'incident_declare',
  entry: 'timeline_add',
  declareFrom: 'incident_declare_from',
} as const;

type Shortcut = GlobalShortcut | MessageShortcut;

const askedBy = (shortcut: Shortcut): Asked => ({
  workspace: workspaceOf(shortcut),
  key: shortcut.trigger_id,
  user: shortcut.user.id,
  channel: shortcut.type === 'message_action' ? shortcut.channel.id : '',
  text: '',
  source: 'form',
  trigger: shortcut.trigger_id,
  responseUrl: shortcut.type === 'message_action' ? shortcut.response_url : null,
});

/** Of the three seconds that a form has to open in, what is left for looking things up. */
const LOOK_WITHIN_MS = 900;
/** Then, for what the message may be already. */
const LOOK_AGAIN_WITHIN_MS = 500;

/** Whose channel it is: null for nobody's, undefined where the database cannot say. */
async function incidentIn(
  { ports }: Desk,
  { workspace, channel }: Asked,
): Promise<Incident | null | undefined> {
  const late = () => new StoreUnavailable('no answer before the form has to open', 'late');
  try {
    return await within(LOOK_WITHIN_MS, ports.store.inChannel(workspace, channel), late);
  } catch (error) {
    if (error instanceof StoreUnavailable) return undefined;
    throw error;
  }
}

const timeOf = (at: Instant): string => inUtc(at, 'full');

/** What the form holds at first: the entry that the message is already, else the message. */
async function filledFrom(
  { ports }: Desk,
  incident: Incident | null | undefined,
  { ts, text, at }: SlackMessage,
): Promise<Record<string, string>> {
  const known = incident
    ? await orNull(LOOK_AGAIN_WITHIN_MS, ports.store.entryOf(incident.id, ts))
    : null;
  if (known === null || known.struck !== null) return { text, time: timeOf(at) };
  return { text: known.text, ...(known.at === null ? {} : { time: timeOf(known.at) }) };
}

/** *Add to timeline*: the form, filled with the message; in no incident's channel, which one is meant. */
async function addToTimeline(
  desk: Desk,
  conversation: Conversation,
  asked: Asked,
  { message: raw, channel, message_ts: ts }: MessageShortcut,
  self: Self,
): Promise<void> {
  const where = { workspace: asked.workspace, channel: channel.id, ts };
  const looking = { ...desk, store: desk.ports.store };
  const [incident, message] = await Promise.all([
    incidentIn(desk, asked),
    messageSoon(looking, where, raw as RawMessage, LOOK_WITHIN_MS),
  ]);
  const filled = await filledFrom(desk, incident, message);
  if (incident === null) {
    // It says whose channel this is not, which incidents are open, and the line that would do it.
    const text = `log at ${timeOf(message.at)}, ${message.text}`;
    return ask(desk, conversation, { ...asked, text });
  }
  // What Muster says itself is no message to be followed.
  const carried = isOwn(raw as RawMessage, self) ? null : carry(message);
  const refused = await openForm(desk, asked, 'entry', incident ?? null, { filled }, carried);
  await (refused ? conversation.answer(refused) : conversation.acknowledge());
}

/**
 * What whoever may not declare is told, instead of a form that would be refused when it is sent.
 * Where nobody can say in time who asks, the form opens: it is decided when it is sent anyway.
 */
async function whyNotDeclared(desk: Desk, asked: Asked): Promise<Reply | null> {
  const { people, ports } = desk;
  const { workspace, key, user: id, source } = asked;
  const who = people.known(workspace, id).then((known) => known ?? people.ask(workspace, id));
  try {
    const person = await orNull(LOOK_WITHIN_MS, who);
    if (person === null) return null;
    const standing = standingOf(id, person, ports.settings);
    const actor = { id, zone: person.zone, standing };
    // A bare `/incident` in no channel asks for the same form.
    const handled = await desk.handle({ workspace, key, source, actor, channel: '', text: '' });
    const refused = handled.type === 'reply' && handled.reply.outcome === 'refused';
    return refused ? handled.reply : null;
  } catch (error) {
    if (error instanceof StoreUnavailable) return null;
    throw error;
  }
}

/** *Declare an incident*: the empty form. */
async function declare(desk: Desk, conversation: Conversation, asked: Asked): Promise<void> {
  const no = await whyNotDeclared(desk, asked);
  const refused = no ?? (await openForm(desk, asked, 'declare', null));
  await (refused ? conversation.answer(refused) : conversation.acknowledge());
}

/** A title is a line; what the message says beyond it is in its entry. */
const TITLE_CHARACTERS = 120;

/** *Declare an incident* on a message: the form, whose first entry is that message. */
async function declareFrom(
  desk: Desk,
  conversation: Conversation,
  asked: Asked,
  { message: raw, channel, message_ts: ts }: MessageShortcut,
): Promise<void> {
  const where = { workspace: asked.workspace, channel: channel.id, ts };
  const looking = { ...desk, store: desk.ports.store };
  const [no, message] = await Promise.all([
    whyNotDeclared(desk, asked),
    messageSoon(looking, where, raw as RawMessage, LOOK_WITHIN_MS),
  ]);
  const filled = { title: oneLine(message.text, TITLE_CHARACTERS), text: message.text };
  const refused = no ?? (await openForm(desk, asked, 'declare', null, { filled }, carry(message)));
  await (refused ? conversation.answer(refused) : conversation.acknowledge());
}

async function open(
  desk: Desk,
  conversation: Conversation,
  shortcut: Shortcut,
  self: Self,
): Promise<void> {
  const asked = askedBy(shortcut);
  if (shortcut.callback_id === SHORTCUTS.entry && shortcut.type === 'message_action') {
    await addToTimeline(desk, conversation, asked, shortcut, self);
  } else if (shortcut.callback_id === SHORTCUTS.declareFrom && shortcut.type === 'message_action') {
    await declareFrom(desk, conversation, asked, shortcut);
  } else if (shortcut.callback_id === SHORTCUTS.declare) {
    await declare(desk, conversation, asked);
  } else return conversation.acknowledge();
  // By the time the form comes back we want to know whose clock its times are read off.
  await desk.people.refresh(asked.workspace, asked.user);
}

/** *Declare an incident*, anywhere and on a message, and *Add to timeline*. An unknown shortcut is acknowledged. */
export const onShortcut =
  (desk: Desk) =>
  async ({
    shortcut,
    ack,
    context,
  }: SlackShortcutMiddlewareArgs & AllMiddlewareArgs): Promise<void> => {
    if (shortcut.type !== 'shortcut' && shortcut.type !== 'message_action') return;
    const asked = askedBy(shortcut);
    const conversation = startConversation({
      ack: () => ack(),
      showsAck: false,
      responseUrl: asked.responseUrl,
      otherwise: (reply) => tell(desk, asked, reply),
      deadlineMs: desk.deadlineMs,
      apiUrl: desk.apiUrl,
      log: desk.log,
    });
    try {
      const { botUserId, botId } = context;
      await open(desk, conversation, shortcut, { botUserId, botId });
    } catch (error) {
      const fault = reportFault(desk, error, { source: 'shortcut', user: asked.user });
      await conversation.answer(faultReply(fault, '', error));
    }
  };
