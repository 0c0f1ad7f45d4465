import type { Zone } from './instant.ts';
import type { Standing } from './permissions.ts';

/** Who asked, as far as the rules care. */
export interface Actor {
  readonly id: string;
  /** From the Slack profile; null when the profile has none. */
  readonly zone: Zone | null;
  /** What Slack says of them; it is looked up where it is missing. */
  readonly standing?: Standing;
}
