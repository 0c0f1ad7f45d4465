import type { Delivered, Delivery } from '../ports.ts';
import { folded } from './folded.ts';

export interface DispatcherParts {
  readonly claim: () => Promise<Delivery[]>;
  readonly settle: (delivery: Delivery, delivered: Delivered) => Promise<void>;
  readonly renew: (delivery: Delivery) => Promise<unknown>;
  readonly deliver: (delivery: Delivery) => Promise<Delivered>;
  readonly onDelivered: (delivery: Delivery, delivered: Delivered) => void;
  readonly onError: (error: unknown, delivery: Delivery | null) => void;
}

/** Well inside the lease, so that a slow upload is not taken over by another replica. */
const RENEW_EVERY_MS = 3000;
/** Two minutes: whatever takes longer hangs, and another replica may try. */
const RENEW_AT_MOST = 40;
const MAX_AT_ONCE = 40;

/**
 * Carries committed notices to Slack, and to webhooks: claim, call, settle.
 *
 * A row that is claimed and never settled (the process died) is claimed again when its lease
 * runs out, and is then looked for in Slack before it is posted once more.
 */
export function createDispatcher(parts: DispatcherParts) {
  const underWay = new Set<Promise<void>>();
  /** How many of those are calls of Slack: a webhook that hangs takes no turn away from them. */
  let toSlack = 0;

  async function carry(delivery: Delivery): Promise<void> {
    let renewed = 0;
    const lease = setInterval(() => {
      renewed += 1;
      if (renewed === RENEW_AT_MOST) clearInterval(lease);
      parts.renew(delivery).catch((error: unknown) => parts.onError(error, delivery));
    }, RENEW_EVERY_MS);
    try {
      const delivered = await parts.deliver(delivery);
      await parts.settle(delivery, delivered);
      parts.onDelivered(delivery, delivered);
    } catch (error) {
      // Not settled: the lease runs out and it is tried again, looking before posting.
      parts.onError(error, delivery);
    } finally {
      clearInterval(lease);
    }
  }

  function begin(delivery: Delivery): void {
    const turns = delivery.to.type === 'webhook' ? 0 : 1;
    toSlack += turns;
    const work = carry(delivery).finally(() => {
      underWay.delete(work);
      toSlack -= turns;
      // The next row of the same destination may go now.
      void claiming.kick();
    });
    underWay.add(work);
  }

  const claiming = folded(
    async () => {
      while (toSlack < MAX_AT_ONCE) {
        const claimed = await parts.claim();
        for (const delivery of claimed) begin(delivery);
        if (claimed.length === 0) return;
      }
    },
    (error) => parts.onError(error, null),
  );

  return {
    /** Sends whatever may be sent now. */
    kick: (): void => void claiming.kick(),
    /** Takes nothing new and waits for what is under way. */
    async stop(): Promise<void> {
      await claiming.stop();
      await Promise.allSettled(underWay);
    },
  };
}

export type Dispatcher = ReturnType<typeof createDispatcher>;
