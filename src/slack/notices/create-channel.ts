import type { Notice } from '../../domain/decision.ts';
import { type Incident, incidentName } from '../../domain/incident.ts';
import type { Delivered } from '../../ports.ts';
import type { OwnChannel } from '../calls.ts';
import { slackCode } from '../outcome.ts';
import { CannotDeliver, type Errand, followedBy, incidentOf } from './errand.ts';
import { LOOK_BACK_MS } from './posting.ts';

/** Slack's limit for a name. */
const NAME_CHARACTERS = 80;
const SUFFIXES = 30;

function suffixed(name: string, attempt: number): string {
  const suffix = attempt === 0 ? '' : `-${attempt + 1}`;
  return `${name.slice(0, NAME_CHARACTERS - suffix.length)}${suffix}`;
}

/** The name it is to get, and one that no workspace reserves, each with its suffixes. */
const candidates = (incident: Incident): string[][] =>
  [incident.channel.name, `${incidentName(incident).toLowerCase()}-incident`].map((name) =>
    Array.from({ length: SUFFIXES }, (_, attempt) => suffixed(name, attempt)),
  );

/** The channel that an earlier attempt made: its answer was lost, the channel was not. */
async function madeEarlier(errand: Errand, incident: Incident): Promise<OwnChannel | undefined> {
  const names = candidates(incident).flat();
  const own = await errand.calls.ownChannels();
  return own.find(
    ({ name, creator, created, archived }) =>
      names.includes(name) &&
      creator === errand.botUserId &&
      // Slack counts in seconds, and its clock is not ours.
      created >= incident.openedAt - LOOK_BACK_MS &&
      !archived,
  );
}

/** Tries one name; Slack's word where the name is the trouble. */
async function tryName(
  { calls }: Errand,
  incident: Incident,
  name: string,
): Promise<{ readonly id: string; readonly name: string } | 'taken' | 'invalid'> {
  try {
    return await calls.createChannel(name, incident.private);
  } catch (error) {
    const code = slackCode(error);
    if (code === 'name_taken') return 'taken';
    if (code?.startsWith('invalid_name')) return 'invalid';
    throw error;
  }
}

/** Goes through names until one is free, or turns out to be ours already. */
async function firstFree(
  errand: Errand,
  incident: Incident,
): Promise<{ readonly id: string; readonly name: string }> {
  let looked = false;
  for (const names of candidates(incident)) {
    for (const name of names) {
      const made = await tryName(errand, incident, name);
      if (typeof made === 'object') return made;
      if (made === 'invalid') break;
      const earlier = looked ? undefined : await madeEarlier(errand, incident);
      looked = true;
      if (earlier) return earlier;
    }
  }
  throw new CannotDeliver(`no channel name like ${incident.channel.name} is free`);
}

/**
 * Makes the incident's channel, or finds the one that an earlier attempt made.
 *
 * Resumable at every step: looks before it makes when in doubt, and again when the name is taken,
 * because the first request may have arrived late.
 */
export async function createChannel(errand: Errand): Promise<Delivered> {
  const incident = await incidentOf(errand);
  if (incident.channel.id !== null) return { type: 'done' };
  const inDoubt = errand.delivery.unsureSince !== null;
  const earlier = inDoubt ? await madeEarlier(errand, incident) : undefined;
  const { id, name } = earlier ?? (await firstFree(errand, incident));
  return followedBy({ type: 'done', channel: { id, name } }, announced(errand, incident));
}

/** The announcement may have gone out before there was a channel to point to. */
function announced({ settings, delivery }: Errand, incident: Incident): Notice[] {
  const { announce } = settings;
  if (announce === null || incident.private || incident.recorded || incident.drill) return [];
  return [
    {
      key: `${delivery.key}:announced`,
      to: { type: 'channel', id: announce },
      collapse: 'announcement',
      what: { type: 'announcement' },
    },
  ];
}
