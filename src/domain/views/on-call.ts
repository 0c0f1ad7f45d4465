import { DAY, type Instant } from '../instant.ts';
import { onCall, peopleOf, type Shift, shifts } from '../schedules/on-call.ts';
import type { Override, Schedule } from '../schedules/schedule.ts';
import type { Settings } from '../settings.ts';
import { expanded } from '../targets.ts';
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
  user,
} from '../text.ts';

/** What is known when somebody asks who is on call. */
export interface OnCallFacts {
  readonly settings: Settings;
  /** Those that are not over. */
  readonly overrides: readonly Override[];
  readonly now: Instant;
  /** Why somebody could not be paged, by their id, as far as is known: `has left the workspace`. */
  readonly troubles: Readonly<Record<string, string>>;
}

/** Gaps are looked for this far ahead: time enough to find somebody. */
const GAPS_WITHIN = 7 * DAY;
const LOOKED_AT = 60;
const SHOWN_SHIFTS = 8;
const SHOWN_SCHEDULES = 12;
const SHOWN_ID = 8;

/** Every schedule: who is on call now and next, who it serves, and what is wrong with it. */
export function onCallOverview(facts: OnCallFacts): Message {
  const schedules = Object.values(facts.settings.schedules);
  if (schedules.length === 0) return unconfigured();
  const shown = schedules.slice(0, SHOWN_SCHEDULES);
  const more = schedules.length - shown.length;
  return {
    summary: ['Who is on call'],
    blocks: [
      heading('Who is on call'),
      ...shown.flatMap((schedule) => overviewOf(schedule, facts)),
      ...(more === 0 ? [] : [note(`And ${more} more schedules, each by its name.`)]),
      note('The next shifts of one: ', code(`/incident oncall ${shown[0]?.name ?? ''}`)),
    ],
  };
}

function overviewOf(schedule: Schedule, facts: OnCallFacts): readonly Block[] {
  const { overrides, now, settings } = facts;
  const [, next] = shifts(schedule, overrides, now, 2);
  const nextLine: Line =
    next === undefined
      ? ['Nobody else within a year.']
      : ['Next: ', ...holder(next), ...sinceLine(next)];
  return [
    paragraph(bold(schedule.name), ` · ${usedBy(schedule.name, settings)}`),
    {
      type: 'list',
      items: [nowLine(schedule, facts), nextLine, ...wrongWith(schedule, facts)],
    },
  ];
}

const holder = ({ user: id }: Pick<Shift, 'user'>): Line => [id === null ? 'nobody' : user(id)];

const sinceLine = ({ from }: Pick<Shift, 'from'>): Line =>
  from === null ? [] : [' from ', instant(from, 'full')];

const untilLine = ({ until }: Pick<Shift, 'until'>): Line =>
  until === null ? [] : [' until ', instant(until, 'full')];

function nowLine(schedule: Schedule, { overrides, now }: OnCallFacts): Line {
  const { override, ...holds } = onCall(schedule, overrides, now);
  const who: Line = holds.user === null ? [bold('Nobody')] : [user(holds.user)];
  const standsIn: Line =
    override === null ? [] : [', standing in, arranged by ', user(override.by)];
  return ['Now: ', ...who, ...untilLine(holds), ...standsIn];
}

/** Who is on call now and next, in one line. */
export function onCallInShort(
  schedule: Schedule,
  overrides: readonly Override[],
  now: Instant,
): Line {
  const [held, next] = shifts(schedule, overrides, now, 2);
  return [
    bold(schedule.name),
    ': now ',
    ...holder(held ?? { user: null }),
    ...(held === undefined ? [] : untilLine(held)),
    ...(next === undefined ? [] : ['; next ', ...holder(next), ...sinceLine(next)]),
  ];
}

/** Gaps of the coming week, and people who would not be there to be pinged. */
function wrongWith(schedule: Schedule, facts: OnCallFacts): readonly Line[] {
  const { overrides, now, troubles } = facts;
  const gaps = shifts(schedule, overrides, now, LOOKED_AT).filter(
    (shift) => shift.user === null && (shift.from ?? now) < now + GAPS_WITHIN,
  );
  const standIns = overrides.flatMap((each) =>
    each.schedule === schedule.name ? [each.user] : [],
  );
  const away = [...new Set([...peopleOf(schedule), ...standIns])].flatMap((id): Line[] => {
    const why = troubles[id];
    return why === undefined ? [] : [[user(id), ` ${why}: the next in the rotation is pinged.`]];
  });
  return [
    ...gaps
      .slice(0, 3)
      .map(
        (gap): Line => [bold('Gap'), ': nobody is on call', ...sinceLine(gap), ...untilLine(gap)],
      ),
    ...(gaps.length > 3 ? [[`${gaps.length - 3} more gaps within 7 days.`]] : []),
    ...away,
  ];
}

/** Which severities ping the schedule, and at which level of which policy. */
function usedBy(schedule: string, settings: Settings): string {
  const uses = Object.values(settings.policies).flatMap(({ name, levels }) => {
    const places = levels
      .toSorted((a, b) => a.after - b.after)
      .flatMap(({ notify }, index) => {
        const all = expanded(notify, settings);
        const isPinged = all.some((one) => one.type === 'schedule' && one.name === schedule);
        return isPinged ? [index + 1] : [];
      });
    if (places.length === 0) return [];
    const severities = settings.severities.filter(({ policy }) => policy === name);
    const who = severities.map((severity) => severity.name).join(', ');
    const where = `policy ${name}, level ${places.join(' and ')}`;
    return [who === '' ? where : `${who} (${where})`];
  });
  return uses.length === 0 ? 'no policy pings it' : uses.join('; ');
}

/** How to make the first schedule. */
function unconfigured(): Message {
  const example = [
    'schedules:',
    '  platform:',
    '    time_zone: Europe/Amsterdam',
    '    rotation: { every: week, handoff: Monday 09:00, members: [U012ABC, U034DEF] }',
  ];
  return {
    summary: ['No schedule is configured, so nobody is on call.'],
    blocks: [
      paragraph('No schedule is configured, so nobody is on call. In muster.yaml:'),
      { type: 'quote', text: example.join('\n') },
      paragraph('Then let a level of a policy notify ', code('schedule:platform'), '.'),
    ],
  };
}

/** One schedule: its next shifts, its overrides, and how to let somebody stand in. */
export function onCallOf(name: string, facts: OnCallFacts): Message {
  const { settings, overrides, now } = facts;
  const schedule = settings.schedules[name];
  if (schedule === undefined) return say(`There is no schedule ${name}.`);
  const coming = shifts(schedule, overrides, now, SHOWN_SHIFTS);
  const ending = overrides.filter((each) => each.schedule === name && each.until > now);
  const pressable = ending.slice(0, 5).map(endButton);
  const wrong = wrongWith(schedule, facts);
  return {
    summary: [`Who is on call in ${name}`],
    blocks: [
      heading(`Who is on call in ${name}`),
      { type: 'list', items: coming.map((shift, place) => shiftLine(shift, place)) },
      ...(ending.length === 0 ? [] : [paragraph(bold('Standing in'))]),
      ...(ending.length === 0 ? [] : [{ type: 'list', items: ending.map(overrideLine) } as const]),
      ...(wrong.length === 0 ? [] : [{ type: 'list', items: wrong } as const]),
      note(`Pings: ${usedBy(name, settings)}. Hand-offs by the clocks of ${schedule.zone}.`),
      paragraph(
        'To let somebody stand in: ',
        code(`/incident oncall ${name} override @somebody until 18:00`),
      ),
      ...(pressable.length === 0 ? [] : [buttons(...pressable)]),
    ],
  };
}

const shiftLine = (shift: Shift, place: number): Line => [
  place === 0 ? 'Now: ' : '',
  ...holder(shift),
  ...(place === 0 ? [] : sinceLine(shift)),
  ...untilLine(shift),
  shift.standsIn ? ' (override)' : '',
];

const overrideLine = ({ user: id, from, until, by }: Override): Line => [
  user(id),
  ...sinceLine({ from }),
  ...untilLine({ until }),
  ', arranged by ',
  user(by),
];

const endButton = ({ schedule, id }: Override, place: number): Button => ({
  label:
    place === 0
      ? 'End it'
      : `End the ${place + 1}${place === 1 ? 'nd' : place === 2 ? 'rd' : 'th'}`,
  command: `oncall ${schedule} end ${id.slice(0, SHOWN_ID)}`,
});
