import { within } from '../../deadline.ts';
import { StoreUnavailable } from '../../ports.ts';
import { walk } from '../calls.ts';
import { slackCode } from '../outcome.ts';
import type { Desk } from './desk.ts';

/** Of the time that a form has to be answered in, what Slack may take to say who is in a channel. */
const LOOK_WITHIN_MS = 900;
const PAGE = 200;
/** Nobody reads that many people in the time there is; a private incident has fewer. */
const PAGES = 5;

const NOT_INSIDE =
  'You are not in this channel any more, and its incident is private. Ask somebody there to add you, and press the button again: your text stays here.';
const UNKNOWN =
  'Slack does not say whether you are still in this private channel. Your text stays here: press the button again in a moment.';

/** Codes that say that nobody is in it as far as Muster can see: then nobody can be shown to be. */
const GONE = ['channel_not_found', 'not_in_channel'];

interface Place {
  readonly workspace: string;
  readonly user: string;
  /** Where the form was opened. */
  readonly channel: string;
}

/** Whether somebody is in a channel now; null where Slack does not say so in time. */
async function isMember({ client, log }: Desk, { user, channel }: Place): Promise<boolean | null> {
  let found = false;
  const look = walk(
    (cursor) =>
      client.conversations.members({ channel, limit: PAGE, ...(cursor ? { cursor } : {}) }),
    ({ members = [] }) => {
      found = members.includes(user);
      return found;
    },
    PAGES,
  );
  try {
    await within(LOOK_WITHIN_MS, look, () => new Error('Slack did not say who is in the channel'));
    return found;
  } catch (error) {
    if (GONE.includes(slackCode(error) ?? '')) return false;
    log.info('members of a channel not read', { channel });
    return null;
  }
}

/**
 * Why a form that was opened in the channel of a private incident cannot be sent by this person; null
 * where it can. Who opened it was in the channel then, and may have been removed since.
 *
 * While the database is away nobody can tell: the line is kept, and looked at when it is done.
 */
export async function whyNotInside(desk: Desk, place: Place): Promise<string | null> {
  const { store } = desk.ports;
  try {
    const incident = await store.inChannel(place.workspace, place.channel);
    if (incident === null || !incident.private) return null;
    const member = await isMember(desk, place);
    if (member !== null) return member ? null : NOT_INSIDE;
    return (await store.takesPart(incident.id, place.user)) ? null : UNKNOWN;
  } catch (error) {
    if (error instanceof StoreUnavailable) return null;
    throw error;
  }
}
