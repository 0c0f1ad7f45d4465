import type { Entry } from '../domain/entry.ts';
import { COMMANDER } from '../domain/incident.ts';
import type { Line, Message } from '../domain/text.ts';
import {
  announcement as announcementView,
  topic as topicView,
} from '../domain/views/announcement.ts';
import { brief } from '../domain/views/brief.ts';
import { card as cardView } from '../domain/views/card.ts';
import { howItWent as howItWentView } from '../domain/views/how-it-went.ts';
import { somebody } from '../domain/views/phrases.ts';
import { idsToName } from '../domain/views/roster-facts.ts';
import { unmentioned } from '../domain/views/unmentioned.ts';
import type { ExportFormat, PresetName } from '../domain/words.ts';
import { type Export, writeExport } from '../exports/index.ts';
import { CannotDeliver, type Errand, glanceOf, incidentOf } from './notices/errand.ts';
import { standIns } from './notices/on-call.ts';

/** The card, from the record as it is now and not as it was when the card was asked for. */
export async function card(errand: Errand): Promise<Message> {
  const { settings, members, delivery } = errand;
  const [glance, overrides] = await Promise.all([glanceOf(errand), standIns(errand)]);
  const ids = idsToName(glance.incident, settings, overrides);
  const names = await members.names(delivery.workspace, ids);
  return cardView(glance, settings, { overrides, names });
}

/** The announcement, likewise. */
export async function announcement(errand: Errand): Promise<Message> {
  const incident = await incidentOf(errand);
  return announcementView(incident, await errand.store.lastUpdate(incident.id));
}

/** The channel's topic, in which Slack shows no mentions: the commander's name stands for one. */
export async function topic(errand: Errand): Promise<string> {
  const incident = await incidentOf(errand);
  const commander = incident.roles[COMMANDER];
  if (commander === undefined) return topicView(incident, null);
  const person = await errand.store.person(incident.workspace, commander);
  // Whoever was assigned by somebody else has perhaps never been seen here.
  const name = person?.name ?? (await errand.calls.nameOf(commander).catch(() => null));
  return topicView(incident, name ?? commander);
}

/** What somebody must know who takes a role now. */
/** What whoever gave the role had to say to it. */
const noteOf = (given: Entry | undefined): Line =>
  given?.detail?.type === 'role' && given.detail.note !== null
    ? [somebody(given.author, 'Muster'), `: “${given.detail.note}” `]
    : [];

export async function briefing(errand: Errand, role: string): Promise<Message> {
  const { delivery, store, settings } = errand;
  const record = delivery.incident === null ? null : await store.record(delivery.incident);
  if (!record) throw new CannotDeliver('its incident is not known');
  const reader = delivery.to.type === 'user' ? delivery.to.id : (record.incident.roles[role] ?? '');
  // Whoever takes a role does something by that: what counts is what they did before.
  const given = record.entries.findLast(
    ({ detail }) => detail?.type === 'role' && detail.role === role && detail.user === reader,
  );
  const [overrides, last] = await Promise.all([
    standIns(errand),
    store.lastHere(record.incident.id, reader, given?.recordedAt),
  ]);
  const message = brief(record, reader, settings, { last, overrides });
  const lead: Message['blocks'][number] = {
    type: 'paragraph',
    line: [
      'You are now ',
      { type: 'bold', text: role },
      '. ',
      ...noteOf(given),
      'Where things stand:',
    ],
  };
  const whole: Message = {
    summary: [`You are now ${role}. `, ...message.summary],
    blocks: [lead, ...message.blocks],
  };
  // That of a drill is posted in its channel, and must call nobody.
  return record.incident.drill ? unmentioned(whole, record.people) : whole;
}

/** What a drill came to. */
export async function howItWent(errand: Errand): Promise<Message> {
  const { delivery, store, settings } = errand;
  const record = delivery.incident === null ? null : await store.record(delivery.incident);
  if (!record) throw new CannotDeliver('its drill is not known');
  const overrides = await store.overrides(delivery.workspace);
  return howItWentView(record, settings, overrides);
}

/** The record as a file, as it is now; the Markdown is the newest draft, where there is one and no other form is wanted. */
export async function exported(
  { delivery, store, settings }: Pick<Errand, 'delivery' | 'store' | 'settings'>,
  format: ExportFormat,
  preset: PresetName | null = null,
): Promise<Export> {
  const [archive, ...others] =
    delivery.incident === null ? [] : await store.archives(delivery.incident);
  if (!archive) throw new CannotDeliver('its incident is not known');
  const draft = await store.draft(archive.incident.id);
  return writeExport(format, { archive, others, settings, draft, preset });
}
