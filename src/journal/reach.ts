import { within } from '../deadline.ts';
import type { Instant } from '../domain/instant.ts';
import { StoreUnavailable } from '../ports.ts';
import type { Ended, Outage } from './outage.ts';

const ANSWER_WITHIN_MS = 1500;
/** An answer that took longer says little about what time it was. */
const EXACT_MS = 1000;

const late = (): StoreUnavailable => new StoreUnavailable('the database does not answer', 'late');

/** Asks the database whether it takes anything: one question at a time, for it may be frozen. */
export function createReach(
  beat: () => Promise<Instant>,
  outage: Outage,
  onReached: (ended: Ended | null) => void,
) {
  let asking: Promise<void> | null = null;

  async function ask(): Promise<void> {
    const asked = Date.now();
    const now = await beat();
    if (Date.now() - asked < EXACT_MS) outage.measured(now, asked);
  }

  /** Whether it answers now. Never fails. */
  return async (): Promise<boolean> => {
    asking ??= ask().finally(() => {
      asking = null;
    });
    try {
      await within(ANSWER_WITHIN_MS, asking, late);
      onReached(outage.ended());
      return true;
    } catch {
      outage.began();
      return false;
    }
  };
}
