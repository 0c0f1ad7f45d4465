import type {
  AllMiddlewareArgs,
  GlobalShortcut,
  MessageShortcut,
  SlackShortcutMiddlewareArgs,
} from '@slack/bolt';
import type { Incident } from '../../domain/incident.ts';
import { StoreUnavailable } from '../../ports.ts';
import { inUtc } from '../blocks/instants.ts';
import { openForm } from '../forms/open.ts';
import { type Asked, faultReply, reportFault } from './asking.ts';
import { type Conversation, startConversation } from './conversation.ts';
import type { Desk } from './desk.ts';
import { tell } from './tell.ts';

/** The callback ids that the manifest gives the shortcuts. */
export const SHORTCUTS = { declare: 'incident_declare', entry: 'timeline_add' } as const;

type Shortcut = GlobalShortcut | MessageShortcut;

const askedBy = (shortcut: Shortcut): Asked => ({
  workspace: shortcut.team?.id ?? shortcut.user.team_id ?? '',
  key: shortcut.trigger_id,
  user: shortcut.user.id,
  channel: shortcut.type === 'message_action' ? shortcut.channel.id : '',
  text: '',
  source: 'form',
  trigger: shortcut.trigger_id,
  responseUrl: shortcut.type === 'message_action' ? shortcut.response_url : null,
});

/** A message as the entry form is filled with it: when it was written, and what it says. */
function entryFrom(shortcut: Shortcut): Record<string, string> {
  if (shortcut.type !== 'message_action') return {};
  const { ts, text = '' } = shortcut.message;
  return { time: inUtc(Number(ts) * 1000, 'full'), text };
}

/** Without the database the channel alone says which incident is meant, once the form comes back. */
async function incidentIn(
  { ports }: Desk,
  { workspace, channel }: Asked,
): Promise<Incident | null> {
  try {
    return await ports.store.inChannel(workspace, channel);
  } catch (error) {
    if (error instanceof StoreUnavailable) return null;
    throw error;
  }
}

async function open(desk: Desk, conversation: Conversation, shortcut: Shortcut): Promise<void> {
  const asked = askedBy(shortcut);
  const isEntry = shortcut.callback_id === SHORTCUTS.entry;
  if (!isEntry && shortcut.callback_id !== SHORTCUTS.declare) return conversation.acknowledge();
  const incident = isEntry ? await incidentIn(desk, asked) : null;
  const form = isEntry ? 'entry' : 'declare';
  const refused = await openForm(desk, asked, form, incident, entryFrom(shortcut));
  await (refused ? conversation.answer(refused) : conversation.acknowledge());
  // By the time the form comes back we want to know whose clock its times are read off.
  await desk.people.refresh(asked.workspace, asked.user);
}

/** *Declare an incident* and *Add to timeline*. An unknown shortcut is acknowledged. */
export const onShortcut =
  (desk: Desk) =>
  async ({ shortcut, ack }: SlackShortcutMiddlewareArgs & AllMiddlewareArgs): Promise<void> => {
    if (shortcut.type !== 'shortcut' && shortcut.type !== 'message_action') return;
    const asked = askedBy(shortcut);
    const conversation = startConversation({
      ack: () => ack(),
      showsAck: false,
      responseUrl: asked.responseUrl,
      otherwise: (reply) => tell(desk, asked.channel, asked.user, reply),
      deadlineMs: desk.deadlineMs,
      log: desk.log,
    });
    try {
      await open(desk, conversation, shortcut);
    } catch (error) {
      const fault = reportFault(desk, error, { source: 'shortcut', user: asked.user });
      await conversation.answer(faultReply(fault, '', error));
    }
  };
