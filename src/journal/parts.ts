import type { Instant } from '../domain/instant.ts';
import type { Glance, Ports } from '../ports.ts';
import type { Slate } from '../slate.ts';
import type { EscalatingParts } from './escalate.ts';

/** A process that has not reached the database for a while. */
export interface Silent {
  readonly id: string;
  readonly seenAt: Instant;
}

/** What journal mode needs from the world. */
export interface JournalParts {
  readonly ports: Ports;
  readonly slate: Slate;
  /** The workspace; null until Slack has said who we are. */
  readonly workspace: () => string | null;
  readonly replicas: {
    beat(): Promise<Instant>;
    silent(ms: number): Promise<readonly Silent[]>;
    forget(silent: Silent): Promise<unknown>;
    leave(): Promise<unknown>;
  };
  /** Reads what is worth knowing of the incidents that have changed. */
  readonly known: (
    workspace: string,
    states: ReadonlyMap<string, string>,
  ) => Promise<readonly { readonly state: string; readonly glance: Glance }[]>;
  readonly fireAsOf: (incident: string, at: Instant) => Promise<void>;
  /** Called as soon as the database answers again. */
  readonly onReached: () => void;
  readonly onKept: () => void;
  readonly onImported: (outcome: string) => void;
  readonly onError: (what: string, error: unknown) => void;
  /** Posts what a replica escalates without the database; null where that is not wanted. */
  readonly escalating: EscalatingParts | null;
}
