import type { FormName, Intent } from '../commands/command.ts';
import type { Incident } from '../domain/incident.ts';
import type { Permission } from '../domain/permissions.ts';
import { asksWhoTakesPart, levelOf, standingOf, whyDenied } from '../domain/permitting.ts';
import type { Refusal } from '../domain/result.ts';
import type { Ports } from '../ports.ts';
import type { Input } from './input.ts';
import { isOfIncident } from './repairs.ts';

/** What a form does when it is sent: whoever may not do that need not fill it in. */
const DONE_BY: Readonly<Record<FormName, Permission>> = {
  declare: 'open',
  update: 'update',
  severity: 'severity',
  escalate: 'page',
  entry: 'log',
  edit: 'edit',
  snooze: 'snooze',
  import: 'import',
  section: 'section text',
  role: 'role',
  action: 'action item',
  resolve: 'resolve',
  status: 'status',
};

/** What an intent that changes no incident needs; null where the rules of the incident decide. */
function permissionOf(intent: Intent): Permission | null {
  switch (intent.type) {
    case 'read':
      return intent.read.type;
    case 'form':
      return DONE_BY[intent.form];
    case 'on call':
      return 'override';
    case 'doctor':
      if (intent.repair === null) return 'doctor';
      return isOfIncident(intent.repair) ? null : 'mend';
    // A form of its own shows what would be imported.
    case 'change':
      return intent.action.type === 'import' ? 'import' : null;
    case 'confirm':
      return null;
  }
}

/** What the same words mean here: an incident's own action items, and the form that declares one. */
function inPlace(what: Permission, incident: Incident | null): Permission {
  if (what === 'actions' && incident !== null) return 'card';
  return what === 'card' && incident === null ? 'open' : what;
}

/** Why whoever asks may not do this; null where they may, or where it is decided with the change. */
export async function whyNotPermitted(
  intent: Intent,
  incident: Incident | null,
  input: Pick<Input, 'actor' | 'source'>,
  ports: Pick<Ports, 'store' | 'settings'>,
): Promise<Refusal | null> {
  const needed = permissionOf(intent);
  if (needed === null) return null;
  const what = inPlace(needed, incident);
  return whyNot(what, incident, input, ports);
}

/** The same for something that is named. */
export async function whyNot(
  what: Permission,
  incident: Incident | null,
  { actor, source }: Pick<Input, 'actor' | 'source'>,
  { store, settings }: Pick<Ports, 'store' | 'settings'>,
): Promise<Refusal | null> {
  const decides = incident !== null && asksWhoTakesPart(levelOf(settings, what));
  const takesPart = decides && (await store.takesPart(incident.id, actor.id));
  const asker = { id: actor.id, standing: actor.standing ?? 'unknown', takesPart } as const;
  return whyDenied({ what, asker, incident, source }, settings);
}

/** The line with who typed it, as Slack has described them. */
export async function introduced<T extends Pick<Input, 'actor' | 'workspace'>>(
  input: T,
  { store, settings }: Pick<Ports, 'store' | 'settings'>,
): Promise<T> {
  const { actor, workspace } = input;
  if (actor.standing !== undefined) return input;
  const standing = standingOf(actor.id, await store.person(workspace, actor.id), settings);
  return { ...input, actor: { ...actor, standing } };
}
