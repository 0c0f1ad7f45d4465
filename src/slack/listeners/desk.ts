import type { WebClient } from '@slack/web-api';
import type { Handled, Input } from '../../handle.ts';
import type { Ports } from '../../ports.ts';
import type { Channels } from '../channels/index.ts';
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
  /** Where Slack's Web API is, where it is another than Slack's own. */
  readonly apiUrl: string | null;
  /** Opens forms: no retries, a short timeout, its own rate limit. */
  readonly fast: WebClient;
  readonly people: People;
  readonly groups: Groups;
  readonly messages: Messages;
  readonly channels: Channels;
  readonly home: Home;
  readonly log: Log;
  /** When to acknowledge although the answer is not there yet. */
  readonly deadlineMs: number;
  /** When a form that is not known yet is given a place, before Slack takes no view any more. */
  readonly formAfterMs: number;
}
