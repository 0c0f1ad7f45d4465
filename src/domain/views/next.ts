import { type Incident, incidentName, isOver } from '../incident.ts';
import type { Instant } from '../instant.ts';
import { onCallBy } from '../schedules/roster.ts';
import type { Override } from '../schedules/schedule.ts';
import type { Settings } from '../settings.ts';
import { type Block, buttons, type Line, type Message, paragraph, user } from '../text.ts';
import { nextPing, running } from '../timers/index.ts';
import type { Timer } from '../timers/timer.ts';
import { button, dueAt, dueLabel, NOBODY_NEXT, targetsLine, whyNobody } from './phrases.ts';

/** Who is pinged next and when, and which clocks run. */
export function whoIsNext(
  { incident, timers, asOf }: { incident: Incident; timers: readonly Timer[]; asOf: Instant },
  settings: Settings,
  overrides: readonly Override[] = [],
): Message {
  const line = nextLine(incident, timers, asOf, settings, overrides);
  const clocks = running(incident, timers, settings).map(
    ({ name, at, held }): Line => [`${dueLabel(name)} `, ...dueAt(at, asOf, held)],
  );
  const blocks: Block[] = [
    paragraph(...line),
    ...(clocks.length === 0 ? [] : [{ type: 'list', items: clocks } as const]),
    ...(isOver(incident) ? [] : [buttons(...pressable(incident))]),
  ];
  return { summary: line, blocks };
}

/** The next ping in one sentence. */
export function nextLine(
  incident: Incident,
  timers: readonly Timer[],
  asOf: Instant,
  settings: Settings,
  overrides: readonly Override[] = [],
): Line {
  const name = incidentName(incident);
  if (isOver(incident)) return [`${name} is ${incident.status}: nobody is pinged any more.`];
  const next = nextPing(incident, timers, settings);
  if (next !== null) {
    const level = next.level === 0 ? 'the administrators: ' : `level ${next.level}: `;
    const onCall = onCallBy(next.who, settings, overrides, Math.max(next.at, asOf));
    const joint = next.held ? ', ' : next.who.length === 0 ? ' at ' : ', at ';
    const when: Line = [joint, ...dueAt(next.at, asOf, next.held)];
    if (next.who.length === 0) {
      const why = whyNobody(next.who, next.level);
      return [`Next for ${name}: ${NOBODY_NEXT}`, ...when, `${why}.`];
    }
    const who = targetsLine(next.who, incident, onCall);
    const first = incident.drill
      ? `Would be pinged next for ${name}: ${level}`
      : `Next to be pinged for ${name} is ${level}`;
    return [first, ...who, ...when, '.'];
  }
  if (incident.acknowledgedBy !== null)
    return [
      user(incident.acknowledgedBy),
      ` acknowledged ${name}: nobody else is pinged by the policy.`,
    ];
  return [`No policy is running for ${name}: nobody is pinged unless somebody pages them.`];
}

const pressable = (incident: Incident) => [
  ...(incident.acknowledgedBy === null
    ? [button(incident, 'Acknowledge', 'ack', { style: 'primary' })]
    : []),
  button(incident, 'Escalate now', 'escalate'),
];
