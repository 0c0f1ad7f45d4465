import type { Identity } from './identity.ts';
import type { Served } from './served.ts';

/** What acting in a workspace takes, as Bolt wants to know it. */
export interface Acting {
  readonly botToken: string;
  readonly own: Pick<Identity, 'botId' | 'botUserId'> | null;
}

/** The workspaces that Muster serves: one, or whichever have installed it. */
export interface Workspaces {
  /**
   * The workspace with this id; null where Muster is not installed. `enterprise` is the organisation
   * that a request says it comes from. Fails while it cannot be known.
   */
  of(workspace: string, enterprise?: string | null): Promise<Served | null>;
  /** What Slack is shown for a request of it. */
  acting(workspace: string): Promise<Acting>;
  /** Begins; true as soon as something can be said, false when stopped before. */
  ready(): Promise<boolean>;
  /** Slack says that a workspace, or an organisation, has removed Muster. */
  removed(id: string, why: string): Promise<void>;
  /** Slack says that an organisation's installation may act in a workspace from now on, or no more. */
  access(workspace: string, enterprise: string, granted: boolean): Promise<void>;
  stop(): void;
}
