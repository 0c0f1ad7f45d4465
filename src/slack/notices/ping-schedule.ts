import type { Notice, NoticeBody, Ping } from '../../domain/decision.ts';
import { addressOf as commandFor, type Incident, incidentName } from '../../domain/incident.ts';
import type { Target } from '../../domain/settings.ts';
import { buttons, code, type Line, type Message, paragraph, user } from '../../domain/text.ts';
import type { Delivered } from '../../ports.ts';
import { type Errand, follow, followedBy, incidentOf } from './errand.ts';
import { type Answering, whoAnswers } from './on-call.ts';

type PingSchedule = Extract<NoticeBody, { type: 'ping schedule' }>;

/** What went wrong, and what was done instead. */
function problemLine(schedule: string, { user: pinged, trouble }: Answering): Line {
  const instead: Line =
    pinged === null
      ? [' Nobody was pinged for it.']
      : [' Pinged instead: ', user(pinged), ', whose turn is next.'];
  if (trouble === null || trouble.type === 'gap')
    return [`Nobody is on call in ${schedule} now.`, ...instead];
  return [user(trouble.user), ` is on call in ${schedule} but ${trouble.why}.`, ...instead];
}

function problem(incident: Incident, line: Line, remedy: Line, button: string): Message {
  const said: Line = [`${incidentName(incident)}: `, ...line];
  return {
    summary: said,
    blocks: [
      paragraph(...said),
      paragraph(...remedy),
      buttons({ label: 'Who is on call', command: button }),
    ],
  };
}

/** Tells the incident's channel and every administrator: somebody must mend it, and somebody will look. */
function told(errand: Errand, incident: Incident, name: string, message: Message): Notice[] {
  const everybody = errand.settings.administrators.map((id) =>
    follow(errand, `${name}:${id}`, { type: 'user', id }, message),
  );
  // A drill pages nobody outside its channel.
  return [
    follow(errand, name, { type: 'incident' }, message),
    ...(incident.drill ? [] : everybody),
  ];
}

/** That a schedule pages nobody, or somebody else than it names, and how to put that right. */
function troubled(
  errand: Errand,
  incident: Incident,
  schedule: string,
  answering: Answering,
): Notice[] {
  const remedy: Line = [
    'To put somebody on call: ',
    code(`/incident oncall ${schedule} override @somebody until 18:00`),
    '. To ping somebody now: ',
    code(`/incident ${commandFor(incident)} page @somebody`),
  ];
  const line = problemLine(schedule, answering);
  return told(errand, incident, 'off call', problem(incident, line, remedy, `oncall ${schedule}`));
}

/** That a person whom the configuration or a command names is not there to be pinged. */
export function unreachable(errand: Errand, incident: Incident, id: string, why: string): Notice[] {
  const remedy: Line = [
    'Ping somebody else: ',
    code(`/incident ${commandFor(incident)} page @somebody`),
    '. If the configuration names them, an administrator has to change it.',
  ];
  const line: Line = [user(id), ` was to be pinged but ${why}.`];
  return told(errand, incident, 'unreachable', problem(incident, line, remedy, 'oncall'));
}

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

/**
 * Finds out who is on call when it fires, pings them and invites them.
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
    return followedBy({ type: 'failed', reason }, troubled(errand, incident, name, nobody));
  }
  const answering = await whoAnswers(errand, schedule);
  const { user: id, trouble } = answering;
  const already = id !== null && (await isPingedAnyway(errand, ping, name, id));
  return followedBy({ type: 'done' }, [
    ...(id === null ? [] : pinged(errand, id, ping, already)),
    ...(trouble === null ? [] : troubled(errand, incident, name, answering)),
  ]);
}
