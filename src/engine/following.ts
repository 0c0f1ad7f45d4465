import { followingInside } from '../domain/decide/index.ts';
import type { Delivered, Delivery, Store } from '../ports.ts';

type Deliver = (delivery: Delivery) => Promise<Delivered>;

/**
 * Delivers, and keeps what follows from it within the bounds of its incident: of a drill nothing
 * leaves the channel. What follows a delivery is decided by no rule, so it is held to them here.
 */
export const keepingInside =
  ({ glance }: Pick<Store, 'glance'>, deliver: Deliver): Deliver =>
  async (delivery) => {
    const delivered = await deliver(delivery);
    if (!('next' in delivered) || (delivered.next ?? []).length === 0) return delivered;
    const incident =
      delivery.incident === null ? null : ((await glance(delivery.incident))?.incident ?? null);
    // Of an incident that nobody knows nothing is said: it may be a drill.
    const next = incident === null ? [] : followingInside(incident, delivered.next ?? []);
    return { ...delivered, next };
  };
