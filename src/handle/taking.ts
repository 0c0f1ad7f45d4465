import type { Action } from '../domain/action.ts';
import type { Incident } from '../domain/incident.ts';
import { perform } from '../perform.ts';
import type { Outcome, Ports } from '../ports.ts';

/** What is to be done about a message, and on whose account. */
export interface Taking {
  readonly workspace: string;
  /** Makes a repetition harmless: Slack sends every event again that it has doubts about. */
  readonly key: string;
  /** Who reacted, edited or deleted. */
  readonly actor: string;
  readonly action: Extract<Action, { type: 'capture' | 'release' | 'follow' }>;
}

/** Puts a message on the timeline, takes it off, or follows what became of it. Nobody is answered. */
export const taken = (
  { workspace, key, actor, action }: Taking,
  incident: Incident,
  ports: Ports,
): Promise<Outcome> =>
  perform(ports, {
    workspace,
    key,
    subject: { type: 'incident', id: incident.id },
    // No time is read, so it does not matter where they are.
    request: { action, actor: { id: actor, zone: null }, source: 'message', typed: '' },
  });
