import type { Needs } from '../db/snapshot.ts';
import { needs } from '../domain/decide/index.ts';
import type { Change } from '../ports.ts';

/** What the rules must see for a change, in the words of the store. */
export function needsOf({ request: { action, actor } }: Change): Needs {
  const { entries, mine, message, action: item, section, other } = needs(action);
  return {
    entries,
    mine: mine ? actor.id : null,
    message,
    action: item,
    section,
    other: other === null ? null : { ...other, viewer: actor.id },
  };
}
