import type { MemberEvent } from '../channel-event.ts';
import { COMMANDER, hasLeft, type Incident } from '../incident.ts';
import { code, type Line, user } from '../text.ts';
import { tellChannel } from './announcing.ts';
import { type Change, patch } from './change.ts';

/**
 * Whoever leaves the channel of a private incident sees nothing of it any more, whatever they wrote
 * or were given; whoever is in it again does. Nothing where that is known. No entry: the instant
 * stands with the incident and in the audit, and whoever reads the timeline has no use for it.
 */
export function moved(change: Change, { type, user: id }: MemberEvent): Line | null {
  const { incident, now } = change;
  if (!incident.private || hasLeft(incident, id) === (type === 'member left')) return null;
  if (type === 'member back') {
    comeBack(change, [id]);
    return [user(id), ' is back.'];
  }
  patch(change, { departed: { ...incident.departed, [id]: now } });
  tellOfRoles(change, id);
  return [user(id), ' left.'];
}

/** Somebody inside says that these people belong to it: by giving them something to do, or calling them. */
export function comeBack(change: Change, people: readonly string[]): void {
  const { incident } = change;
  if (!people.some((id) => hasLeft(incident, id))) return;
  const left = Object.entries(incident.departed ?? {}).filter(([id]) => !people.includes(id));
  patch(change, { departed: Object.fromEntries(left) });
}

/**
 * Entries that are brought over make their authors take part: who had left the one that they come from
 * has left this one, too, unless somebody has put them here.
 */
export function stayAway(change: Change, from: Incident): void {
  const { incident } = change;
  const { declaredBy, departed = {}, roles } = incident;
  const here = [declaredBy, ...Object.values(roles)];
  const away = Object.entries(from.departed ?? {}).filter(([id]) => !here.includes(id));
  if (away.length > 0) patch(change, { departed: { ...Object.fromEntries(away), ...departed } });
}

/** The role stays theirs in the record; those who are left must know that nobody sees to it. */
function tellOfRoles(change: Change, id: string): void {
  const { incident } = change;
  const roles = Object.entries(incident.roles).flatMap(([role, who]) => (who === id ? [role] : []));
  if (roles.length === 0 || incident.channel.state !== 'ready') return;
  const line: Line = [
    user(id),
    `, who is ${roles.join(' and ')}, left this channel and sees nothing of the incident any more.`,
  ];
  const typed = roles.map((role): Line => {
    const command =
      role === COMMANDER ? '/incident lead @somebody' : `/incident role ${role} @somebody`;
    return ['To give it to somebody else: ', code(command)];
  });
  tellChannel(change, line, { lines: typed });
}
