import type { Incident } from '../../domain/incident.ts';
import type { Ping } from '../../domain/ping.ts';
import { onCall } from '../../domain/schedules/on-call.ts';
import { nextInLine, type OnCallBy, onCallBy, pingedFor } from '../../domain/schedules/roster.ts';
import type { Override, Schedule } from '../../domain/schedules/schedule.ts';
import type { Target } from '../../domain/settings.ts';
import type { PingFacts } from '../../domain/views/ping.ts';
import type { Errand } from './errand.ts';
import { meet } from './meet.ts';

/** What keeps whoever is on call from being pinged. */
export type Trouble =
  | { readonly type: 'gap' }
  | { readonly type: 'away'; readonly user: string; readonly why: string };

/** Who is pinged for a schedule now: whoever is on call, else the next in its rotation who is there. */
export interface Answering {
  readonly user: string | null;
  readonly trouble: Trouble | null;
}

/** As many as are tried when one after the other has left. */
const TRIED = 5;

/** Who stands in, where there is anything to stand in for. */
export const standIns = async ({
  store,
  settings,
  delivery,
}: Errand): Promise<readonly Override[]> =>
  Object.keys(settings.schedules).length === 0 ? [] : store.overrides(delivery.workspace);

/** Asks the configuration, the overrides in the database and Slack, at the database's time. */
export async function whoAnswers(
  { store, delivery, members }: Errand,
  schedule: Schedule,
): Promise<Answering> {
  const [overrides, now] = await Promise.all([store.overrides(delivery.workspace), store.now()]);
  const { user } = onCall(schedule, overrides, now);
  const why = user === null ? null : await members.trouble(user);
  if (user !== null && why === null) return { user, trouble: null };
  const trouble: Trouble =
    user === null || why === null ? { type: 'gap' } : { type: 'away', user, why };
  for (const next of nextInLine(schedule, overrides, now).slice(0, TRIED)) {
    if ((await members.trouble(next)) === null) return { user: next, trouble };
  }
  return { user: null, trouble };
}

/** Who answers for each schedule among the targets. */
export async function answeringBy(
  errand: Errand,
  targets: readonly Target[],
): Promise<Readonly<Record<string, string | null>>> {
  const found: [string, string | null][] = [];
  for (const target of targets) {
    const schedule = target.type === 'schedule' && errand.settings.schedules[target.name];
    if (schedule) found.push([schedule.name, (await whoAnswers(errand, schedule)).user]);
  }
  return Object.fromEntries(found);
}

const isSchedule = ({ type }: Target): boolean => type === 'schedule';

/** Whoever has a name in Slack among the targets and those who are on call for them. */
const idsAmong = (targets: readonly Target[], onCall: OnCallBy): string[] => [
  ...targets.flatMap((target) => ('id' in target && target.id !== null ? [target.id] : [])),
  ...Object.values(onCall).flatMap((one) => pingedFor(one) ?? []),
];

/** What a ping says about people, looked up when it is sent. */
export async function pingFacts(
  errand: Errand,
  { who, next }: Ping,
  { drill }: Pick<Incident, 'drill'>,
): Promise<PingFacts> {
  const { store, settings, members, delivery } = errand;
  const { workspace } = delivery;
  const nextWho = next?.who ?? [];
  const overrides = nextWho.some(isSchedule) ? await store.overrides(workspace) : [];
  const onCallNext = onCallBy(nextWho, settings, overrides, next?.at ?? 0);
  const onCall = await answeringBy(errand, who);
  const ids = idsAmong(nextWho, onCallNext);
  // Whoever gets it is mentioned; in a drill they are only named, so their names must be known.
  if (drill) {
    const people = who.flatMap((target) => (target.type === 'user' ? [target.id] : []));
    await meet(errand, [...people, ...idsAmong([], onCall)]);
    ids.push(...idsAmong(who, onCall));
  }
  return {
    names: ids.length === 0 ? {} : await members.names(workspace, ids),
    onCall,
    onCallNext,
  };
}
