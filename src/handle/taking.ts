import type { Action } from '../domain/action.ts';
import type { Incident } from '../domain/incident.ts';
import type { Source } from '../domain/words.ts';
import { perform } from '../perform.ts';
import type { Outcome, Ports } from '../ports.ts';

/** What is to be done about something that happened in Slack, and on whose account. */
export interface Taking {
  readonly workspace: string;
  /** Makes a repetition harmless: Slack sends every event again that it has doubts about. */
  readonly key: string;
  /** Who did it; empty where Slack does not say. */
  readonly actor: string;
  readonly action: Extract<Action, { type: 'capture' | 'release' | 'follow' | 'channel' }>;
}

const sourceOf = ({ type }: Action): Source => (type === 'channel' ? 'system' : 'message');

/** Has the record follow a message or the channel in Slack. Nobody is answered. */
export const taken = (
  { workspace, key, actor, action }: Taking,
  incident: Incident,
  ports: Pick<Ports, 'store' | 'settings' | 'wake'>,
): Promise<Outcome> =>
  perform(ports, {
    workspace,
    key,
    subject: { type: 'incident', id: incident.id },
    // No time is read, so it does not matter where they are.
    request: { action, actor: { id: actor, zone: null }, source: sourceOf(action), typed: '' },
  });
