import type { WebClient } from '@slack/web-api';
import { within } from '../deadline.ts';
import { notSeen } from '../domain/denial.ts';
import { standingOf } from '../domain/permitting.ts';
import { type Answer, type Ports, StoreUnavailable } from '../ports.ts';
import { GONE, isMember } from './channels/membership.ts';
import type { Log } from './log.ts';
import { slackCode } from './outcome.ts';

/** Of the three seconds that a form has to be answered in. */
const WITHIN_MS = 900;

/** Whether somebody is where they opened a form; `unsaid` where nobody can tell in time. */
export type Presence = 'there' | 'gone' | 'unsaid';

interface Looking {
  readonly client: WebClient;
  readonly ports: Pick<Ports, 'store'>;
  readonly log: Log;
}

interface Place {
  readonly workspace: string;
  readonly user: string;
  /** Where the form was opened. */
  readonly channel: string;
}

/** What Slack says of whether somebody is in a channel. */
async function inChannel({ client, log }: Looking, { channel, user }: Place): Promise<Presence> {
  const looking = isMember(client, channel, user);
  try {
    const found = await within(
      WITHIN_MS,
      looking,
      () => new Error('Slack did not say who is in the channel'),
    );
    return found ? 'there' : 'gone';
  } catch (error) {
    if (GONE.includes(slackCode(error) ?? '')) return 'gone';
    log.info('members of a channel not read', { channel });
    return 'unsaid';
  }
}

/**
 * Whether whoever sends a form is still where they opened it. Slack is only asked where that
 * decides what they may see: who opened it was there then, and may have been removed since.
 */
export async function presenceOf(looking: Looking, place: Place): Promise<Presence> {
  if (place.channel === '') return 'there';
  try {
    const incident = await looking.ports.store.inChannel(place.workspace, place.channel);
    return incident?.private === true ? await inChannel(looking, place) : 'there';
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error;
    // Nobody can tell whether the incident is private: the line is kept, and looked at when it is done.
    return (await inChannel(looking, place)) === 'there' ? 'there' : 'unsaid';
  }
}

const NOT_THERE =
  'You are not in this channel any more, and its incident is private. Ask somebody there to add you, and press the button again: your text stays here.';
const UNKNOWN =
  'Slack does not say whether you are still in this private channel. Your text stays here: press the button again in a moment.';

/** Why a form of a private incident cannot be sent by this person; null where it can. */
export async function whyNotThere(
  presence: Presence,
  { ports: { store } }: Looking,
  { workspace, channel, user }: Place,
): Promise<string | null> {
  if (presence === 'there') return null;
  if (presence === 'gone') return NOT_THERE;
  try {
    const incident = await store.inChannel(workspace, channel);
    if (incident === null || (await store.takesPart(incident.id, user))) return null;
    return UNKNOWN;
  } catch (error) {
    if (error instanceof StoreUnavailable) return null;
    throw error;
  }
}

/** Writes down that somebody sent a form of a private incident in whose channel they are not any more. */
export async function noteTurnedAway(
  { ports: { store, settings } }: { readonly ports: Pick<Ports, 'store' | 'settings'> },
  { workspace, channel, user }: Place,
  { key, typed, reply }: Pick<Answer, 'key' | 'typed' | 'reply'>,
): Promise<void> {
  try {
    const [incident, person] = await Promise.all([
      store.inChannel(workspace, channel),
      store.person(workspace, user),
    ]);
    if (incident === null) return;
    const standing = standingOf(user, person, settings);
    const actor = { id: user, zone: person?.zone ?? null, standing };
    const denied = notSeen(incident.id, standing, 'form');
    // A key of its own: once they are back the same form is sent again, and taken.
    await store.answer({ workspace, key: `${key}:away`, actor, typed, reply, denied });
  } catch (error) {
    if (!(error instanceof StoreUnavailable)) throw error;
  }
}
