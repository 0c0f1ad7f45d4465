import { randomUUID } from 'node:crypto';
import { decide, open } from './domain/decide/index.ts';
import type { World } from './domain/decision.ts';
import type { Change, Outcome, Ports } from './ports.ts';

/**
 * The one door: the only way an incident changes when a person asks, by command, button or form.
 *
 * A repeated key changes nothing and gets the stored reply. What follows in Slack is committed
 * with the change and done afterwards.
 */
export async function perform(
  { store, settings, overrides, wake }: Pick<Ports, 'store' | 'settings' | 'overrides' | 'wake'>,
  change: Change,
): Promise<Outcome> {
  const outcome = await store.change(change, (subject, now) => {
    // A confirmed question keeps the time at which it was typed; everything else is the transaction's.
    const receivedAt = change.journaled?.at ?? now;
    const typedAt = change.typedAt ?? receivedAt;
    const world: World = {
      now,
      typedAt,
      receivedAt,
      settings,
      overrides: overrides?.of(change.workspace) ?? [],
      newId: randomUUID,
    };
    return 'incident' in subject
      ? decide(subject, change.request, world)
      : open(subject, change.request, world);
  });
  wake(outcome.hint);
  return outcome;
}
