import type { Action, Request } from '../action.ts';
import type { Snapshot, World } from '../decision.ts';
import type { Permission } from '../permissions.ts';
import { whyDenied } from '../permitting.ts';
import type { Refusal } from '../result.ts';

/** What people may take back or take out because they wrote it themselves. */
const OWN: readonly Action['type'][] = ['edit', 'strike', 'restore', 'redact'];

/** What is asked for: about an entry of one's own it is no more than writing it was. */
function permissionFor({ action, actor }: Request, snapshot: Snapshot | null): Permission {
  if (!OWN.includes(action.type) || !('entry' in action)) return action.type;
  const entry = snapshot?.entries.find(({ no }) => no === action.entry);
  return entry?.author === actor.id ? 'log' : action.type;
}

/** Why whoever asks may not do this, decided on the incident as it is under its lock; null where they may. */
export function whyNotPermitted(
  request: Request,
  snapshot: Snapshot | null,
  { settings, asker }: World,
): Refusal | null {
  if (request.follows === true) return null;
  const { actor, source } = request;
  const known = asker ?? { standing: actor.standing ?? 'unknown', takesPart: false };
  return whyDenied(
    {
      what: permissionFor(request, snapshot),
      asker: { id: actor.id, ...known },
      incident: snapshot?.incident ?? null,
      source,
    },
    settings,
  );
}
