import type { Answered } from '../../domain/decide/answered.ts';
import type { Notice, NoticeBody } from '../../domain/decision.ts';
import type { Ping } from '../../domain/ping.ts';
import type { Target } from '../../domain/settings.ts';
import type { Delivered } from '../../ports.ts';
import { type Errand, followedBy, incidentOf } from './errand.ts';
import { offCall } from './off-call.ts';
import { type Answering, whoAnswers } from './on-call.ts';

type PingSchedule = Extract<NoticeBody, { type: 'ping schedule' }>;

/** Whether this ping reaches them anyway: they are named, or an earlier schedule has them too. */
async function isPingedAnyway(
  errand: Errand,
  { who }: Ping,
  schedule: string,
  id: string,
): Promise<boolean> {
  const isNamed = (target: Target): boolean => target.type === 'user' && target.id === id;
  if (who.some(isNamed)) return true;
  for (const target of who) {
    if (target.type !== 'schedule') continue;
    if (target.name === schedule) return false;
    const other = errand.settings.schedules[target.name];
    if (other && (await whoAnswers(errand, other)).user === id) return true;
  }
  return false;
}

function pinged({ delivery }: Errand, id: string, ping: Ping, already: boolean): Notice[] {
  const direct: Notice = {
    key: `${delivery.key}:${id}`,
    to: { type: 'user', id },
    what: { type: 'ping', ping },
  };
  const invited: Notice = {
    key: `${delivery.key}:invite`,
    to: { type: 'chores' },
    what: { type: 'invite', targets: [{ type: 'user', id }] },
  };
  return already ? [invited] : [direct, invited];
}

/** What the record keeps of it: who was pinged, by the name that they have today. */
async function answered(
  { members, delivery: { workspace } }: Errand,
  schedule: string,
  ping: Ping,
  { user: id, trouble }: Answering,
): Promise<Answered> {
  const away = trouble?.type === 'away' ? trouble : null;
  const ids = [id, away?.user ?? null].filter((one) => one !== null);
  const names = await members.names(workspace, ids);
  return {
    schedule,
    entry: ping.entry ?? null,
    user: id,
    because: trouble === null ? null : { user: away?.user ?? null, why: away?.why ?? null },
    names,
  };
}

/**
 * Finds out who is on call when it fires, pings them and invites them; the record is told who it was.
 *
 * A gap, and somebody who has left, is said in the channel and to the administrators, and the next
 * in the rotation is pinged instead: a page must reach somebody.
 */
export async function pingSchedule(
  { schedule: name, ping }: PingSchedule,
  errand: Errand,
): Promise<Delivered> {
  const incident = await incidentOf(errand);
  const schedule = errand.settings.schedules[name];
  if (schedule === undefined) {
    const reason = 'the configuration no longer has this schedule';
    const nobody: Answering = { user: null, trouble: { type: 'gap' } };
    return followedBy({ type: 'failed', reason }, offCall(errand, incident, name, nobody));
  }
  const answering = await whoAnswers(errand, schedule);
  const { user: id, trouble } = answering;
  const already = id !== null && (await isPingedAnyway(errand, ping, name, id));
  return followedBy({ type: 'done', answered: await answered(errand, name, ping, answering) }, [
    ...(id === null ? [] : pinged(errand, id, ping, already)),
    ...(trouble === null ? [] : offCall(errand, incident, name, answering)),
  ]);
}
