import type { NoticeBody } from '../../domain/decision.ts';
import { type Incident, isOver } from '../../domain/incident.ts';
import { brief } from '../../domain/views/brief.ts';
import { welcome, welcomeAfter } from '../../domain/views/welcome.ts';
import type { Delivered, Person } from '../../ports.ts';
import { slackCode } from '../outcome.ts';
import { renderMessage } from '../render.ts';
import { CannotDeliver, channelOf, type Errand, incidentOf } from './errand.ts';
import { standIns } from './on-call.ts';

const UNWANTED: Delivered = { type: 'done', unwanted: true };
/** They have left again, or never were there. */
const NOT_HERE = ['user_not_in_channel', 'user_not_found', 'not_in_channel', 'channel_not_found'];

/** A profile, read where nobody has read it yet. */
async function personOf({ calls, store, delivery }: Errand, user: string): Promise<Person | null> {
  const known = await store.person(delivery.workspace, user);
  if (known !== null) return known;
  const person = await calls.profile(user);
  if (person !== null) await store.savePerson(delivery.workspace, person);
  return person;
}

/** Whoever declared it, or was briefed for a role, knows. */
const knows = ({ declaredBy, roles }: Incident, user: string): boolean =>
  declaredBy === user || Object.values(roles).includes(user);

async function words(errand: Errand, incident: Incident, user: string) {
  const { calls, store, settings } = errand;
  if (isOver(incident)) {
    const draft = await store.post(incident.id, 'draft');
    const link = draft === null ? null : await calls.permalink(draft).catch(() => null);
    return welcomeAfter(incident, link);
  }
  const record = await store.record(incident.id);
  if (record === null) throw new CannotDeliver('its incident is not known');
  const [last, overrides] = await Promise.all([
    store.lastHere(incident.id, user),
    standIns(errand),
  ]);
  return welcome(brief(record, user, settings, { last, overrides }));
}

/** Tells somebody who came into the channel where things stand; nobody else sees it. */
export async function deliverWelcome(
  { user }: Extract<NoticeBody, { type: 'welcome' }>,
  errand: Errand,
): Promise<Delivered> {
  const incident = await incidentOf(errand);
  if (!isOver(incident) && knows(incident, user)) return UNWANTED;
  try {
    if ((await personOf(errand, user))?.bot === true) return UNWANTED;
    const parts = renderMessage(await words(errand, incident, user));
    for (const part of parts) await errand.calls.whisper(channelOf(incident), user, part);
    return { type: 'done' };
  } catch (error) {
    if (!NOT_HERE.includes(slackCode(error) ?? '')) throw error;
    return UNWANTED;
  }
}
