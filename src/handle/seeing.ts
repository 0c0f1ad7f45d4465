import type { Incident } from '../domain/incident.ts';
import type { Ports } from '../ports.ts';
import type { Input } from './input.ts';

/**
 * Whether somebody may know of an incident: the one answer for every command, button and form. What
 * is listed asks the database the same by `visibleTo` (`src/db/visible.ts`).
 *
 * A private one is for those who take part and those who are in its channel; guests see no other
 * one either. That something was typed or pressed in its channel shows that they are there; for a
 * form, which remembers only where it was opened, Slack was asked.
 */
export async function maySee(
  incident: Pick<Incident, 'id' | 'private' | 'channel'>,
  { actor, channel, source, present }: Pick<Input, 'actor' | 'channel' | 'source' | 'present'>,
  { store }: { readonly store: Pick<Ports['store'], 'takesPart'> },
): Promise<boolean> {
  if (!incident.private && actor.standing !== 'guest') return true;
  const isThere = source !== 'form' || present === true;
  if (isThere && channel !== '' && channel === incident.channel.id) return true;
  return store.takesPart(incident.id, actor.id);
}
