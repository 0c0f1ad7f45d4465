import { randomUUID } from 'node:crypto';
import { arrange, type OnCallAction } from '../domain/decide/on-call.ts';
import { peopleOf } from '../domain/schedules/on-call.ts';
import { whyNobody } from '../domain/schedules/roster.ts';
import type { Override } from '../domain/schedules/schedule.ts';
import type { Settings } from '../domain/settings.ts';
import type { Message } from '../domain/text.ts';
import { onCallOf, onCallOverview } from '../domain/views/on-call.ts';
import type { Ports } from '../ports.ts';
import type { Handled, Input } from './input.ts';
import { refused, typedBy } from './refused.ts';

/** Lets somebody stand in, or ends that; who are affected are told directly. */
export async function arranged(action: OnCallAction, input: Input, ports: Ports): Promise<Handled> {
  const { store, settings, overrides, wake } = ports;
  const { workspace, key, actor } = input;
  const person = action.type === 'override' ? await store.person(workspace, action.user) : null;
  const why = person === null ? null : whyNobody(person);
  if (person !== null && why !== null) {
    const example = `oncall ${action.schedule}`;
    return refused(
      { reason: `@${person.name} ${why}. Choose somebody else.`, example },
      input,
      ports,
    );
  }
  const request = { actor, typed: typedBy(input) };
  const { reply, hint } = await store.arrange({ workspace, key, request }, (known, now) =>
    arrange(action, { now, settings, actor, overrides: known, newId: randomUUID }),
  );
  wake(hint);
  // For what is told from memory; nobody waits for it.
  void overrides?.refresh();
  return { type: 'reply', reply };
}

const everybodyIn = ({ schedules }: Settings, schedule: string | null): readonly string[] =>
  Object.values(schedules).flatMap((each) =>
    schedule === null || each.name === schedule ? peopleOf(each) : [],
  );

/** Who stands in, where there is anything to stand in for. */
export const standIns = async (
  { workspace }: Pick<Input, 'workspace'>,
  { store, settings }: Pick<Ports, 'store' | 'settings'>,
): Promise<readonly Override[]> =>
  Object.keys(settings.schedules).length === 0 ? [] : store.overrides(workspace);

/** Who is on call now and next, everywhere or in one schedule. */
export async function onCallShown(
  schedule: string | null,
  { workspace }: Pick<Input, 'workspace'>,
  { store, settings }: Pick<Ports, 'store' | 'settings'>,
): Promise<Message> {
  const [overrides, now] = await Promise.all([store.overrides(workspace), store.now()]);
  const ids = [...everybodyIn(settings, schedule), ...overrides.map(({ user }) => user)];
  const people = await Promise.all([...new Set(ids)].map((id) => store.person(workspace, id)));
  const troubles = people.flatMap((person) => {
    const why = person === null ? null : whyNobody(person);
    return person === null || why === null ? [] : [[person.id, why] as const];
  });
  const facts = { settings, overrides, now, troubles: Object.fromEntries(troubles) };
  return schedule === null ? onCallOverview(facts) : onCallOf(schedule, facts);
}
