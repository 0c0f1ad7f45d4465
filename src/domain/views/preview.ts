import { type Rehearsal, type Rehearsed, rehearse } from '../decide/rehearsal.ts';
import { inWords, TIMER_NAMES } from '../decide/wording.ts';
import type { World } from '../decision.ts';
import { type Instant, isAnotherDay } from '../instant.ts';
import { type OnCallBy, onCallBy } from '../schedules/roster.ts';
import type { Settings, Severity, Target } from '../settings.ts';
import {
  type Block,
  type Button,
  bold,
  buttons,
  code,
  heading,
  instant,
  type Line,
  type Message,
  note,
  paragraph,
  say,
} from '../text.ts';
import { policyOf, severityOf } from '../timers/index.ts';
import { isHeld, keepsStill } from '../timers/put-off.ts';
import { targetsLine } from './phrases.ts';

/** Who would be pinged when, if somebody opened an incident of that severity now and nobody answered. */
export function preview(severity: string, reader: string, world: World): Message {
  const rehearsal = rehearse(severity, reader, world);
  if (rehearsal === null) return say(`There is no severity “${severity}”.`);
  const { pings } = rehearsal;
  const title = `If ${severity} were opened now`;
  const blocks: readonly Block[] = [
    heading(title),
    paragraph(...beginning(rehearsal, reader, world)),
    ...(pings.length === 0
      ? [paragraph('Nobody would be pinged.')]
      : [{ type: 'list', items: pings.map((ping) => pinged(ping, rehearsal, world)) } as const]),
    ...stopping(pings),
    ...missing(rehearsal, world),
    ...asides(severity, world.settings),
    buttons({ label: 'Start a drill', command: `drill ${severity}` }, ...others(severity, world)),
  ];
  return { summary: [`${title}: who would be pinged when`], blocks };
}

/** Which severities there are, and whom each calls first. */
export function previews(reader: string, world: World): Message {
  const { severities } = world.settings;
  const items = severities.map(({ name, aliases }): Line => {
    const rehearsal = rehearse(name, reader, world);
    const first = rehearsal?.pings[0];
    const also = aliases.length === 0 ? '' : ` (${aliases.join(', ')})`;
    if (rehearsal === null || first === undefined) return [bold(name), `${also}: pings nobody`];
    return [bold(name), `${also}: first `, ...pinged(first, rehearsal, world)];
  });
  return {
    summary: ['Who would be pinged when'],
    blocks: [
      heading('Who would be pinged when'),
      { type: 'list', items },
      buttons(...severities.slice(0, 5).map(previewButton)),
    ],
  };
}

const previewButton = ({ name }: Pick<Severity, 'name'>): Button => ({
  label: `Preview ${name}`,
  command: `preview ${name}`,
});

const others = (severity: string, { settings }: World): readonly Button[] =>
  settings.severities
    .filter(({ name }) => name !== severity)
    .slice(0, 4)
    .map(previewButton);

function beginning({ incident, invited }: Rehearsal, reader: string, world: World): Line {
  const { announce } = world.settings;
  const announced: Line =
    announce === null ? [''] : [' It is announced in ', { type: 'channel', id: announce }, '.'];
  const onCall = onCallAt(invited, world, world.now);
  const people = invited.filter((target) => target.type !== 'user' || target.id !== reader);
  const also: Line =
    people.length === 0
      ? ['Only you are invited to its channel.']
      : ['You and ', ...targetsLine(people, incident, onCall), ' are invited to its channel.'];
  return [...also, ...announced];
}

const onCallAt = (targets: readonly Target[], world: World, at: Instant): OnCallBy =>
  onCallBy(targets, world.settings, world.overrides ?? [], at);

/** `14:05, after 5 min: level 2 of the policy: @sre`. */
function pinged(one: Rehearsed, { incident }: Rehearsal, world: World): Line {
  const { at, ping } = one;
  const onCall = onCallAt(ping.who, world, at);
  const others = ping.who.filter((target) => target.type !== 'channel' || target.id !== null);
  // Its channel hears of all but a warning to one person.
  const who: Line = others.length === 0 ? ['its channel'] : targetsLine(others, incident, onCall);
  const updateEvery = severityOf(incident, world.settings)?.sla.updateEvery ?? null;
  const span = at === world.now ? 'at once' : `after ${inWords(at - world.now)}`;
  const held = isHeld(one.timer, at, incident, world.settings);
  return [
    instant(at, isAnotherDay(at, world.now) ? 'full' : 'clock'),
    `, ${span}${held ? ', held by quiet hours until then' : ''}: ${stepWords(one, updateEvery)}: `,
    ...(one.step === 'exhausted' && ping.who.length === 0 ? ['its channel'] : who),
  ];
}

function stepWords({ timer, step, level, round }: Rehearsed, updateEvery: number | null): string {
  if (step === 'exhausted') return 'the policy is exhausted, and again every hour';
  if (step === 'level') return `level ${level}${round === 1 ? '' : `, round ${round}`}`;
  if (step === 'warning') return `${TIMER_NAMES[timer]}, warning`;
  const nags = timer === 'update' && updateEvery !== null;
  return `${TIMER_NAMES[timer]}, time is up${nags ? `, and again every ${inWords(updateEvery)}` : ''}`;
}

/** What stops each clock, clocks that the same thing stops in one line. */
function stopping(pings: readonly Rehearsed[]): readonly Block[] {
  const lines = new Map<string, { clocks: Set<string>; stops: Line }>();
  for (const { timer, ping } of pings) {
    const key = JSON.stringify(ping.stops);
    const known = lines.get(key) ?? { clocks: new Set(), stops: ping.stops };
    known.clocks.add(TIMER_NAMES[timer]);
    lines.set(key, known);
  }
  if (lines.size === 0) return [];
  const items = [...lines.values()].map(
    ({ clocks, stops }): Line => [`${[...clocks].join(' and ')}: `, ...stops],
  );
  return [paragraph(bold('What stops it')), { type: 'list', items }];
}

/** Where somebody would wait in vain. */
function missing(rehearsal: Rehearsal, world: World): readonly Block[] {
  const { incident, pings } = rehearsal;
  const policy = policyOf(incident, world.settings);
  const levels = policy?.levels ?? [];
  const items: Line[] = [
    ...(policy === null
      ? [[`No policy is configured for ${incident.severity}: nobody is called one after another.`]]
      : []),
    ...levels.flatMap(({ notify }, place): Line[] =>
      notify.length === 0 ? [[`Level ${place + 1} pings nobody but its channel.`]] : [],
    ),
    ...gaps(pings, world),
    ...(policy !== null && world.settings.administrators.length === 0
      ? [
          [
            'No administrators are configured: when the policy is exhausted, only its channel is told.',
          ],
        ]
      : []),
  ];
  return items.length === 0 ? [] : [paragraph(bold('What is missing')), { type: 'list', items }];
}

/** The schedules with nobody on call when a level would ask them, each once with its moments. */
function gaps(pings: readonly Rehearsed[], world: World): Line[] {
  const moments = new Map<string, Set<Instant>>();
  for (const { at, ping, step } of pings) {
    if (step !== 'level') continue;
    for (const [schedule, who] of Object.entries(onCallAt(ping.who, world, at)))
      if (typeof who !== 'string')
        moments.set(schedule, (moments.get(schedule) ?? new Set()).add(at));
  }
  return [...moments].map(([schedule, found]) => [
    'Nobody is on call in ',
    bold(schedule),
    ' at ',
    ...momentsLine([...found], world),
    ', and whose turn comes next is pinged instead. To fill it, type ',
    code(`/incident oncall ${schedule} override @somebody until 18:00`),
  ]);
}

/** `14:00`, `14:00 and 14:10`, `14:00 and 3 more times until 14:40`. */
function momentsLine([first = 0, ...more]: readonly Instant[], { now }: World): Line {
  const moment = (at: Instant) => instant(at, isAnotherDay(at, now) ? 'full' : 'clock');
  const last = more.at(-1);
  if (last === undefined) return [moment(first)];
  const between = more.length === 1 ? ' and ' : ` and ${more.length} more times until `;
  return [moment(first), between, moment(last)];
}

/** What is not in the list: it depends on what people do, or on the hour. */
function asides(severity: string, settings: Settings): readonly Block[] {
  const found = settings.severities.find(({ name }) => name === severity);
  const quiet = keepsStill('policy', { severity, drill: false }, settings);
  return [
    ...(found?.pausesWhileMonitoring === true
      ? [note('Status update, mitigate and resolve stand still while it is monitored.')]
      : []),
    ...(quiet ? [note('Pings that fall into the quiet hours are shown at their end.')] : []),
    note('Your name stands for whoever opens it, who is asked as long as nobody leads.'),
    note('Slack obeys do-not-disturb. A drill shows the same, much faster, and pings nobody.'),
  ];
}
