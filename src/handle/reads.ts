import type { Read } from '../commands/command.ts';
import { commandNamed, GROUPS, VERBS } from '../commands/index.ts';
import { nearest } from '../commands/nearest.ts';
import type { Incident } from '../domain/incident.ts';
import { buttons, instant, type Message, note, paragraph, say } from '../domain/text.ts';
import { pageOf } from '../domain/timeline-pages.ts';
import { type ActionFilter, actionList, actionsOf } from '../domain/views/action-list.ts';
import { brief } from '../domain/views/brief.ts';
import { card } from '../domain/views/card.ts';
import { DENIALS_SHOWN, denialList } from '../domain/views/denials.ts';
import { helpFor, helpOverview, shortHelp } from '../domain/views/help.ts';
import { incidentList } from '../domain/views/list.ts';
import { whoIsNext } from '../domain/views/next.ts';
import { button, oneLine, titled } from '../domain/views/phrases.ts';
import { preview, previews } from '../domain/views/preview.ts';
import { resend } from '../domain/views/refusal.ts';
import { idsToName } from '../domain/views/roster-facts.ts';
import { timelinePage } from '../domain/views/timeline-page.ts';
import type { Ports } from '../ports.ts';
import { counted } from './counting.ts';
import { drafted } from './drafted.ts';
import { homeShown } from './home.ts';
import { type Handled, type Input, shown } from './input.ts';
import { onCallShown, standIns } from './on-call.ts';
import { GONE, refused } from './refused.ts';
import { searched } from './searching.ts';
import { sectionList } from './section-form.ts';

/** Shows what was asked for, to whoever asked. */
export async function looked(
  read: Read,
  incident: Incident | null,
  input: Input,
  ports: Ports,
): Promise<Handled> {
  if (incident !== null && read.type !== 'denied') return aboutOne(read, incident, input, ports);
  switch (read.type) {
    case 'list': {
      const found = await ports.store.list(input.workspace, read.what, input.actor.id);
      return shown(incidentList(found, read.what));
    }
    case 'find':
      return searched(read, input, ports);
    case 'actions':
      return shown(await everybodysActions(read.filter, input, ports));
    case 'stats':
      return counted(read, input, ports);
    case 'preview':
      return shown(await previewed(read.severity, input, ports));
    case 'oncall':
      return shown(await onCallShown(read.schedule, input, ports));
    case 'denied':
      return shown(await refusedSoFar(input, ports));
    case 'home':
      return shown(await homeShown({ workspace: input.workspace, user: input.actor.id }, ports));
    case 'last':
      return shown(await lastRefused(input, ports));
    case 'help':
      return helped(read.verb, input, ports);
    // Nothing else is asked without an incident, but for a bare `/incident`: there is something to declare.
    default:
      return { type: 'form', form: 'declare', incident: null };
  }
}

async function aboutOne(
  read: Read,
  incident: Incident,
  input: Input,
  ports: Ports,
): Promise<Handled> {
  if (read.type === 'card' || read.type === 'next') {
    const glance = await ports.store.glance(incident.id);
    if (glance === null) return refused(GONE, input, ports);
    const overrides = await standIns(input, ports);
    if (read.type === 'next') return shown(whoIsNext(glance, ports.settings, overrides));
    const ids = idsToName(incident, ports.settings, overrides);
    const names = await ports.store.names(input.workspace, ids);
    return shown(card(glance, ports.settings, { overrides, names }));
  }
  const preset = read.type === 'draft' ? (read.preset ?? null) : null;
  if (read.type === 'draft' && preset === null) return shown(await draftOf(incident, ports));
  if (preset !== null) return drafted(incident, preset, input, ports);
  if (read.type === 'timeline') {
    const lines = await ports.store.timeline(incident.id, (places) => pageOf(places, read));
    if (lines === null) return refused(GONE, input, ports);
    return shown(timelinePage(lines, input.actor, read.all));
  }
  return ofWholeRecord(read, incident, input, ports);
}

/** What is told of all entries. */
async function ofWholeRecord(
  read: Read,
  incident: Incident,
  input: Input,
  ports: Ports,
): Promise<Handled> {
  const record = await ports.store.record(incident.id);
  if (record === null) return refused(GONE, input, ports);
  if (read.type === 'actions') {
    const asked = { viewer: input.actor.id, now: record.asOf, here: incident };
    return shown(actionList(actionsOf(record), read.filter, asked));
  }
  if (read.type === 'sections') return shown(sectionList(record, ports.settings));
  const [overrides, last] = await Promise.all([
    standIns(input, ports),
    ports.store.lastHere(incident.id, input.actor.id),
  ]);
  return shown(brief(record, input.actor.id, ports.settings, { last, overrides }));
}

async function draftOf(incident: Incident, { store }: Ports): Promise<Message> {
  const draft = await store.draft(incident.id);
  const refresh = button(incident, 'Compose it now', 'postmortem refresh');
  if (draft === null) {
    const line = `${titled(incident)} has no draft yet. It is composed when the incident is resolved.`;
    return { summary: [line], blocks: [paragraph(line), buttons(refresh)] };
  }
  const { message, version, at } = draft;
  const about = note(`Version ${version} of the draft, composed `, instant(at, 'full'));
  return { summary: message.summary, blocks: [...message.blocks.slice(0, 48), about] };
}

/** Of every incident that whoever asks may see. */
async function everybodysActions(
  filter: ActionFilter,
  { workspace, actor }: Input,
  { store }: Ports,
): Promise<Message> {
  const [now, all] = await Promise.all([store.now(), store.actionItems(workspace, actor.id)]);
  return actionList(all, filter, { viewer: actor.id, now, here: null });
}

/** As it would be now, with whoever is on call now. */
async function previewed(
  severity: string | null,
  { workspace, actor }: Input,
  { store, settings }: Ports,
): Promise<Message> {
  const [now, overrides] = await Promise.all([store.now(), store.overrides(workspace)]);
  // Nothing comes of it, so nothing needs a name.
  const world = { now, settings, overrides, newId: () => '' };
  return severity === null ? previews(actor.id, world) : preview(severity, actor.id, world);
}

async function refusedSoFar({ workspace, actor }: Input, { store }: Ports): Promise<Message> {
  const { attempts, count } = await store.denied(workspace, actor.id, DENIALS_SHOWN);
  return denialList(attempts, count);
}

async function lastRefused({ workspace, actor }: Input, { store }: Ports): Promise<Message> {
  const last = await store.lastRefused(workspace, actor.id);
  if (last === null) return say('Nothing that you typed was refused in the last 24 hours.');
  return {
    summary: ['What you typed last and was refused'],
    blocks: [
      paragraph('Refused ', instant(last.at, 'ago'), `: ${last.reason}`),
      ...resend(last.typed),
    ],
  };
}

async function helped(verb: string | null, input: Input, ports: Ports): Promise<Handled> {
  if (verb === null) return shown(helpOverview(GROUPS));
  const named = commandNamed(verb);
  if (named !== null) return shown(helpFor(named.command));
  const meant = nearest(verb, VERBS);
  return refused(
    {
      reason: `Muster does not know the verb “${oneLine(verb, 40)}”.`,
      example: meant === null ? 'help' : `help ${meant}`,
      more: shortHelp(),
    },
    input,
    ports,
  );
}
