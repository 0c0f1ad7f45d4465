import { randomUUID } from 'node:crypto';
import { decide, open } from './domain/decide/index.ts';
import type { World } from './domain/decision.ts';
import { asksWhoTakesPart, levelOf, standingOf } from './domain/permitting.ts';
import type { Change, Outcome, Ports } from './ports.ts';

/** Who asks, whichever way they came; whether they take part is looked up where that decides. */
async function askerOf(
  { workspace, subject, request }: Change,
  { store, settings }: Pick<Ports, 'store' | 'settings'>,
): Promise<NonNullable<World['asker']>> {
  const { actor, action } = request;
  const decides = subject.type === 'incident' && asksWhoTakesPart(levelOf(settings, action.type));
  const [standing, takesPart] = await Promise.all([
    actor.standing ??
      store.person(workspace, actor.id).then((person) => standingOf(actor.id, person, settings)),
    decides ? store.takesPart(subject.id, actor.id) : false,
  ]);
  return { standing, takesPart };
}

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
  const asker = await askerOf(change, { store, settings });
  const outcome = await store.change(change, (subject, now) => {
    // A confirmed question keeps the time at which it was typed; everything else is the transaction's.
    const receivedAt = change.journaled?.at ?? now;
    const typedAt = change.typedAt ?? receivedAt;
    const world: World = {
      now,
      typedAt,
      receivedAt,
      settings,
      asker,
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
