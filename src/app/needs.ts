import type { Needs } from '../db/snapshot.ts';
import { needs } from '../domain/decide/index.ts';
import type { Change } from '../ports.ts';

/** What the rules must see for a change, in the words of the store. */
export function needsOf({ request: { action, actor } }: Change): Needs {
  const {
    entries,
    mine,
    message,
    action: item,
    section,
    other,
    members,
    milestone,
  } = needs(action);
  return {
    entries,
    mine: mine ? actor.id : null,
    message,
    action: item,
    section,
    milestone,
    members: members === null ? null : { numbers: members, viewer: actor.id },
    other: other === null ? null : { ...other, viewer: actor.id },
  };
}
