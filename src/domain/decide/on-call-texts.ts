import type { Actor } from '../action.ts';
import type { Notice, Reply } from '../decision.ts';
import type { Instant } from '../instant.ts';
import type { Shift } from '../schedules/on-call.ts';
import type { Override, Schedule } from '../schedules/schedule.ts';
import { bold, instant, type Line, user } from '../text.ts';
import { momentLine } from './echo.ts';
import { unmistakable } from './times.ts';
import { joined, message, reply } from './wording.ts';

/** As much of an id as a button carries. */
const SHOWN_ID = 8;
const SHOWN_LEFT = 5;

const people = (ids: readonly string[]): Line =>
  joined(
    ids.map((id) => [user(id)]),
    ', ',
  );

/** What was arranged, with both ends as the reader's, the schedule's and every other clock shows them. */
export function standsIn(
  made: Override,
  others: readonly string[],
  schedule: Schedule,
  { actor, now }: { readonly actor: Actor; readonly now: Instant },
): Reply {
  const instead: Line = others.length === 0 ? ['.'] : [', instead of ', ...people(others), '.'];
  const said = (at: Instant): string => momentLine(at, actor.zone, now, schedule.zone);
  const noZone = `Your Slack profile has no time zone, so it was read in the schedule’s: ${schedule.zone}.`;
  const is = made.from > now ? ' will be on call in ' : ' is on call in ';
  return reply([user(made.user), is, bold(schedule.name), ...instead], {
    lines: [[`From ${said(made.from)}`], [`until ${said(made.until)}`]],
    notes: actor.zone === null ? [[noZone]] : [],
    buttons: [
      {
        label: 'End it',
        command: `oncall ${schedule.name} end ${made.id.slice(0, SHOWN_ID)}`,
      },
    ],
  });
}

const betweenLine = ({ from, until }: Pick<Override, 'from' | 'until'>): Line => [
  ' from ',
  instant(from, 'full'),
  ' until ',
  instant(until, 'full'),
];

/** A direct message; whoever asked has the reply already. */
function tell(name: string, id: string, actor: Actor, line: Line, schedule: string): Notice[] {
  if (id === actor.id) return [];
  const said = message(line, {
    buttons: [{ label: 'Who is on call', command: `oncall ${schedule}` }],
  });
  return [
    {
      key: `${name}:${id}`,
      to: { type: 'user', id },
      what: { type: 'message', message: said },
    },
  ];
}

/** Tells whoever stands in, and whom they stand in for. */
export function tellStandIn(
  made: Override,
  others: readonly string[],
  actor: Actor,
): readonly Notice[] {
  const { schedule, id } = made;
  const ahead = made.from > made.at;
  const arranged: Line = ['. Arranged by ', user(made.by), '.'];
  const instead: Line = others.length === 0 ? [] : [', instead of ', ...people(others)];
  const on: Line = [
    `You ${ahead ? 'will be' : 'are'} on call in ${schedule}`,
    ...betweenLine(made),
    ...instead,
    ...arranged,
  ];
  return [
    ...tell(`on:${id}`, made.user, actor, on, schedule),
    ...others.flatMap((other) => {
      const stands = ahead ? 'will stand in' : 'stands in';
      const off: Line = [user(made.user), ` ${stands} for you in ${schedule}`];
      return tell(`off:${id}`, other, actor, [...off, ...betweenLine(made), ...arranged], schedule);
    }),
  ];
}

/** An override that is ended, and how it stands without it. */
export interface Ending {
  readonly was: Override;
  /** Who is on call now. */
  readonly next: Pick<Shift, 'user' | 'until'>;
  /** The other overrides of the same person that are not over, in their order. */
  readonly left: readonly Override[];
  /** For whom they would have stood in from now on. */
  readonly relieved: readonly string[];
  readonly now: Instant;
}

const untilLine = ({ until }: Ending['next']): Line =>
  until === null ? [] : [' until ', instant(until, 'full')];

/** When somebody stands in all the same; nothing where no other override of theirs is left. */
const leftLine = (left: readonly Override[]): Line =>
  left.length === 0
    ? []
    : ['Still arranged:', ...joined(left.slice(0, SHOWN_LEFT).map(betweenLine), ';'), '.'];

/** That an override is over, who is on call without it, and what else they stand in for. */
export function ended({ was, next, left, now }: Ending, actor: Actor): Reply {
  const ending: Line =
    left.length === 0
      ? [bold(was.schedule), ': ', user(was.user), ' no longer stands in.']
      : [bold(was.schedule), ': one override of ', user(was.user), ' is over.'];
  const over: Line = [...ending, ...endedBy(actor)];
  const then: Line =
    next.user === null
      ? [`Nobody is on call in ${was.schedule} now.`]
      : ['On call now: ', user(next.user), ...untilLine(next), '.'];
  return reply(over, {
    lines: left.length === 0 ? [then] : [then, leftLine(left)],
    buttons: [{ label: 'Undo', command: retyped(was, now) }],
  });
}

const endedBy = ({ id }: Actor): Line => [' Ended by ', user(id), '.'];

/** Tells everybody who was told of the override: who stood in, for whom, and who had arranged it. */
export function tellEnded(
  { was, next, left, relieved, now }: Ending,
  takesOver: string | null,
  actor: Actor,
): readonly Notice[] {
  const { schedule, id } = was;
  const by = endedBy(actor);
  const began = was.from <= now;
  const stays = began && next.user === was.user;
  const off: Line = stays
    ? ['Your override', ...betweenLine(was), ` is over. You are still on call in ${schedule}`]
    : [`You ${began ? 'are no longer' : 'will not be'} on call in ${schedule}`];
  const more = left.length === 0 ? [] : [' ', ...leftLine(left)];
  const on: Line = [
    `You are on call in ${schedule} again`,
    ...untilLine(next),
    '. ',
    user(was.user),
    ' no longer stands in.',
    ...by,
  ];
  const over: Line = [
    'The override of ',
    user(was.user),
    ` in ${schedule}`,
    ...betweenLine(was),
    ' is over.',
    ...by,
  ];
  const knowing = [was.user, takesOver];
  const others = [...new Set([...relieved, was.by])].filter((other) => !knowing.includes(other));
  const told: Line = [...off, ...(stays ? untilLine(next) : betweenLine(was)), '.', ...by, ...more];
  return [
    ...tell(`ended:${id}`, was.user, actor, told, schedule),
    ...(takesOver === null ? [] : tell(`again:${id}`, takesOver, actor, on, schedule)),
    ...others.flatMap((other) => tell(`over:${id}`, other, actor, over, schedule)),
  ];
}

/** The line that arranges it again. */
const retyped = ({ schedule, user: id, from, until }: Override, now: Instant): string => {
  const start = from > now ? ` from ${unmistakable(from)}` : '';
  return `oncall ${schedule} override <@${id}>${start} until ${unmistakable(until)}`;
};
