import { type Incident, incidentName } from '../incident.ts';
import type { Instant } from '../instant.ts';
import { reviewOf } from '../review.ts';
import type { Settings } from '../settings.ts';
import { dueOf, ownerOf, REVIEWER, taskState } from '../task.ts';
import { type Block, type Button, bold, buttons, instant, type Line, paragraph } from '../text.ts';
import { isAfterwards, running } from '../timers/index.ts';
import type { HomeIncident, HomeParts } from './home-parts.ts';
import { button, channelOf, commanderOf, dueAt, dueLabel, oneLine } from './phrases.ts';

type Waiting = readonly Block[];
type Postmortem = HomeParts['postmortems'][number];

const CLOCKS_SHOWN = 3;
const TITLE = 100;

/** What waits for somebody, each with what to press: pings, then clocks, then postmortems. */
export function waitingFor(
  { open, postmortems, viewer, asOf }: HomeParts,
  settings: Settings,
): readonly Waiting[] {
  return [
    ...open.flatMap((one) => pingOf(one)),
    ...open.flatMap((one) => clocksOf(one, viewer, asOf, settings)),
    ...postmortems.flatMap((one) => postmortemOf(one, viewer, asOf, settings)),
  ];
}

const named = ({ severity, title, ...incident }: Incident): Line => [
  bold(`${incidentName(incident)} ${severity}`),
  ` ${oneLine(title, TITLE)}. `,
];

const item = (line: Line, ...pressable: readonly Button[]): Waiting => [
  paragraph(...line),
  buttons(...pressable),
];

/** They were pinged, and nobody has acknowledged. */
function pingOf({ incident, pinged }: HomeIncident): readonly Waiting[] {
  if (!pinged || incident.acknowledgedBy !== null) return [];
  return [
    item(
      [
        ...named(incident),
        'You were pinged, and nobody has acknowledged it. ',
        channelOf(incident),
      ],
      button(incident, `Acknowledge ${incidentName(incident)}`, 'ack', { style: 'primary' }),
      button(incident, `Who is next for ${incidentName(incident)}`, 'next'),
    ),
  ];
}

/** Whoever leads has the clocks; where nobody does, whoever acknowledged or declared is asked. */
function clocksOf(
  { incident, timers }: HomeIncident,
  viewer: string,
  now: Instant,
  settings: Settings,
): readonly Waiting[] {
  const commander = commanderOf(incident);
  const clocks = running(incident, timers, settings).filter(({ name }) => !isAfterwards(name));
  const wanted = clocks.filter(({ name }) =>
    commander === null ? name === 'commander' : name !== 'acknowledge',
  );
  const theirs = commander ?? incident.acknowledgedBy ?? incident.declaredBy;
  if (theirs !== viewer || wanted.length === 0) return [];
  const due = wanted
    .slice(0, CLOCKS_SHOWN)
    .flatMap(
      ({ name, at, held }, place): Line => [
        place === 0 ? '' : '; ',
        `${dueLabel(name)} `,
        ...dueAt(at, now, held),
      ],
    );
  const name = incidentName(incident);
  const pressable =
    commander === null
      ? [button(incident, `Take command of ${name}`, 'lead me', { style: 'primary' })]
      : [
          button(incident, `Update ${name}`, 'update'),
          button(incident, `Add entry to ${name}`, 'log'),
          button(incident, `Resolve ${name}`, 'form resolve'),
        ];
  return [item([...named(incident), ...due, '. ', channelOf(incident)], ...pressable)];
}

/** A draft that they own, or are to review. */
function postmortemOf(
  { incident, timers }: Postmortem,
  viewer: string,
  now: Instant,
  settings: Settings,
): readonly Waiting[] {
  const state = taskState(incident);
  const owns = ownerOf(incident) === viewer;
  const reviews = state === 'in review' && incident.roles[REVIEWER] === viewer;
  if (state === 'published' || !(owns || reviews)) return [];
  const name = incidentName(incident);
  const what = reviews
    ? 'You are asked to review its postmortem'
    : `Its postmortem is yours: ${state}`;
  const meeting = reviewOf(incident);
  const line: Line = [
    ...named(incident),
    what,
    ...dueLine(incident, timers, now, settings),
    ...(meeting !== null && meeting > now ? [', review at ', instant(meeting, 'full')] : []),
    '. ',
    channelOf(incident),
  ];
  return [
    item(
      line,
      ...(reviews ? [button(incident, `Reviewed ${name}`, 'postmortem reviewed')] : []),
      button(incident, `Draft of ${name}`, 'postmortem show'),
      button(incident, `Edit the draft of ${name}`, 'postmortem section'),
    ),
  ];
}

/** What somebody said, else what the ladder says. */
function dueLine(
  incident: Incident,
  timers: Postmortem['timers'],
  now: Instant,
  settings: Settings,
): Line {
  const clock = running(incident, timers, settings).find(({ name }) => name === 'postmortem');
  const at = dueOf(incident) ?? clock?.at ?? null;
  return at === null ? [] : [', due ', ...dueAt(at, now)];
}
