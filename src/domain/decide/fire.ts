import type { Decision, Snapshot, World } from '../decision.ts';
import type { Detail } from '../entry.ts';
import { COMMANDER, firstInside, type Incident, incidentName } from '../incident.ts';
import type { Ping, PingingName } from '../ping.ts';
import { type Target, targetName } from '../settings.ts';
import { distinct } from '../targets.ts';
import { ownerOf } from '../task.ts';
import {
  currentLevel,
  dueTimers,
  type Firing,
  nextPing,
  planTimers,
  policyOf,
  withChanges,
} from '../timers/index.ts';
import { isHeld } from '../timers/put-off.ts';
import { settlePings } from './announcing.ts';
import { type Change, createChange, write } from './change.ts';
import { archiveSoon } from './channel-life.ts';
import { finish, finishFiring } from './finish.ts';
import { entryText, PING_TEXTS } from './ping-texts.ts';
import { sendPing } from './pinging.ts';
import { decay, whoIsAsked } from './presence.ts';
import { remindOwners } from './reminding.ts';
import { reply } from './wording.ts';

/** One firing with the rows as they are while it happens. */
interface Scene {
  readonly name: PingingName;
  readonly firing: Firing;
  readonly world: World;
  readonly timers: Snapshot['timers'];
}

/**
 * Fires every timer of the incident that is due at `world.now`. Nothing due: an empty decision.
 *
 * The plan is compared first, so that a ladder changed by configuration fires as it stands now.
 */
export function fire(snapshot: Snapshot, world: World): Decision {
  const change = createChange(snapshot, world);
  const planned = planTimers(snapshot.incident, snapshot.timers, world);
  const timers = withChanges(snapshot.timers, planned);
  const firings = dueTimers(snapshot.incident, timers, world);
  const done = reply([`${incidentName(snapshot.incident)}: ${firings.length} fired.`]);
  if (firings.length === 0) return finish(change, world, done);
  for (const firing of firings) {
    const { name } = firing.timer;
    if (name === 'archive') archiveSoon(change, firing, keyOf(firing));
    else fireOne(change, { name, firing, world, timers });
  }
  const rows = withChanges(
    planned,
    firings.map(({ after }) => after),
  );
  return finishFiring(change, world, rows, done);
}

function fireOne(change: Change, scene: Scene): void {
  const { name, firing, world } = scene;
  const event = firing.steps.at(-1)?.event;
  if (event === undefined) return;
  if (name === 'actions' || (event.type === 'breach' && event.again > 0)) {
    settlePings(change, ['Replaced by a newer reminder.'], [name]);
  }
  if (event.type === 'decay') decay(change, firing, world);
  else if (name === 'actions') remindOwners(change, firing, keyOf(firing), world);
  else callPeople(change, scene);
}

function callPeople(change: Change, scene: Scene): void {
  const { name, firing, world } = scene;
  const pinged = name === 'policy' ? levelsOf(change.incident, scene) : null;
  const targets = pinged?.targets ?? recipients(change.incident, scene);
  const entry = write(change, {
    at: world.now,
    text: entryText(change.incident, firing),
    kinds: ['escalation'],
    detail: detailOf(firing, pinged, targets),
    author: null,
    source: 'system',
  });
  const ping: Ping = {
    timer: name,
    level: pinged?.level ?? 0,
    why: PING_TEXTS[name].why({ incident: change.incident, firing, world }),
    who: targets,
    stops: PING_TEXTS[name].stops,
    next: nextOf(change.incident, scene),
    lateMs: firing.lateMs,
    entry: entry.no,
  };
  const key = keyOf(firing);
  sendPing(change, key, ping, targets, tellsChannel(change.incident, firing));
}

/** A generation fires once; generation and step together are unique for ever. */
const keyOf = ({ timer, after }: Firing): string => `${timer.name}:${timer.gen}:${after.step - 1}`;

function detailOf(
  firing: Firing,
  pinged: { readonly level: number } | null,
  targets: readonly Target[],
): Detail {
  const last = firing.steps.at(-1);
  if (pinged !== null && last?.event.type === 'level') {
    return { type: 'ping', level: pinged.level, targets: targets.map(targetName) };
  }
  const step =
    last?.event.type === 'warning' || last?.event.type === 'exhausted' ? last.event.type : 'breach';
  const due = firing.steps[0]?.dueAt ?? firing.timer.dueAt;
  const { name: timer } = firing.timer;
  return {
    type: 'timer',
    timer,
    step,
    due,
    lateMs: firing.lateMs,
    targets: targets.map(targetName),
  };
}

/** Everybody of every level that is due: an outage must not leave out a level. */
function levelsOf(
  incident: Incident,
  { firing, world }: Scene,
): { level: number; targets: readonly Target[] } {
  const { settings } = world;
  const levels = policyOf(incident, settings)?.levels ?? [];
  const due = firing.steps.flatMap(({ event }) => (event.type === 'level' ? [event.level] : []));
  const called = due.flatMap((level) => levels[level - 1]?.notify ?? []);
  const exhausted = firing.steps.some(({ event }) => event.type === 'exhausted');
  const told = exhausted
    ? settings.administrators.map((id) => ({ type: 'user', id }) as const)
    : [];
  return { level: exhausted ? 0 : (due.at(-1) ?? 0), targets: distinct([...called, ...told]) };
}

/** Whom a clock of the ladder calls. */
function recipients(incident: Incident, { firing, world, timers }: Scene): readonly Target[] {
  const { name } = firing.timer;
  const event = firing.steps.at(-1)?.event;
  const commander = incident.roles[COMMANDER];
  const lead: Target =
    commander === undefined
      ? { type: 'declarer' }
      : { type: 'user', id: firstInside(incident, commander, incident.declaredBy) };
  if (name === 'postmortem') return [{ type: 'user', id: ownerOf(incident) }];
  if (event?.type === 'warning') return [lead];
  if (event?.type === 'decay') return firstCalled(incident, world);
  if (name === 'presence') return whoIsAsked(incident);
  // The policy is walking already: it calls people, this only says so.
  if (name === 'acknowledge') return [{ type: 'channel', id: null }];
  const led: readonly Target[] = commander === undefined ? [] : [lead];
  if (event?.type === 'breach' && event.again > 0) return led.length > 0 ? led : [lead];
  const level = currentLevel(incident, timers, world.settings);
  return distinct([
    ...led,
    ...(policyOf(incident, world.settings)?.levels[level - 1]?.notify ?? []),
  ]);
}

/** Whom the policy calls when it starts anew. */
const firstCalled = (incident: Incident, { settings }: World): readonly Target[] =>
  policyOf(incident, settings)?.levels[0]?.notify ?? [{ type: 'channel', id: null }];

/** A warning goes to the commander alone; without one the channel must know as well. */
function tellsChannel(incident: Incident, { timer, steps }: Firing): boolean {
  if (timer.name === 'postmortem' || timer.name === 'presence') return false;
  return steps.at(-1)?.event.type !== 'warning' || incident.roles[COMMANDER] === undefined;
}

/** Who is called next if nobody acts: by the same clock, else by the policy. */
function nextOf(incident: Incident, { name, firing, world, timers }: Scene): Ping['next'] {
  const after = withChanges(timers, [firing.after]);
  const policy = nextPing(incident, after, world.settings);
  const { next, timer } = firing;
  if (timer.name === 'policy' || next === null) {
    return policy === null ? null : { ...policy, asOf: world.now };
  }
  const scene: Scene = { name, firing: { ...firing, steps: [next] }, world, timers };
  const called = recipients(incident, scene);
  const held = isHeld(timer.name, next.dueAt, incident, world.settings);
  return { who: called, at: next.dueAt, ...(held ? { held } : {}), asOf: world.now };
}
