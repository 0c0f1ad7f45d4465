import type { Decision, Snapshot } from '../decision.ts';
import type { Instant } from '../instant.ts';
import type { Names } from '../views/phrases.ts';
import { createChange, write } from './change.ts';
import { finishRecording } from './finish.ts';
import { reply } from './wording.ts';

/** Who was pinged for a schedule. Only whoever delivers the ping finds that out. */
export interface Answered {
  readonly schedule: string;
  /** The number of the entry that the ping was recorded with; null where an older Muster left it to be delivered. */
  readonly entry: number | null;
  /** Null where nobody was. */
  readonly user: string | null;
  /** Why it was not whoever is on call; `user` is null in a gap. */
  readonly because: { readonly user: string | null; readonly why: string | null } | null;
  /** What they are called, as far as that is known: the record keeps it as it was. */
  readonly names: Names;
}

/** Records who was pinged for a schedule, as a line of its own: what was recorded before stays as it is. */
export function recordAnswered(snapshot: Snapshot, answered: Answered, now: Instant): Decision {
  const change = createChange(snapshot, { now });
  const { schedule, user, entry, because } = answered;
  write(change, {
    at: now,
    text: sentence(answered),
    kinds: ['escalation'],
    detail: { type: 'on call', schedule, user, instead: because !== null, ping: entry },
    author: null,
    source: 'system',
  });
  return finishRecording(change, { now }, reply(['Recorded.']));
}

function sentence({ schedule, user, because, names }: Answered): string {
  const called = (id: string): string => `@${names[id] ?? id}`;
  if (because === null) {
    return user === null
      ? `Nobody was pinged for ${schedule}.`
      : `Pinged ${called(user)}, on call in ${schedule}.`;
  }
  const why =
    because.user === null
      ? `Nobody is on call in ${schedule}`
      : `${called(because.user)} is on call in ${schedule} but ${because.why}`;
  return user === null
    ? `${why}: nobody was pinged for it.`
    : `${why}: pinged ${called(user)} instead, whose turn is next.`;
}
