import type { WebClient } from '@slack/web-api';
import type { Handled, Input } from '../../handle.ts';
import type { Ports } from '../../ports.ts';
import type { Groups } from '../groups.ts';
import type { Home } from '../home/index.ts';
import type { Log } from '../log.ts';
import type { Messages } from '../messages/index.ts';
import type { People } from '../people.ts';

/** What every listener works with. */
export interface Desk {
  readonly ports: Ports;
  readonly handle: (input: Input) => Promise<Handled>;
  /**
   * Does without the database what can be done with a line that was received at this time by our
   * clock; null where nothing can.
   */
  readonly keep: (input: Input, receivedAt: number) => Promise<Handled | null>;
  readonly client: WebClient;
  /** Opens forms: no retries, a short timeout, its own rate limit. */
  readonly fast: WebClient;
  readonly people: People;
  readonly groups: Groups;
  readonly messages: Messages;
  readonly home: Home;
  readonly log: Log;
  /** When to acknowledge although the answer is not there yet. */
  readonly deadlineMs: number;
}
