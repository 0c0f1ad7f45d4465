import type { OpenContext, Reply, Snapshot } from '../decision.ts';
import { type Incident, UNTOUCHED } from '../incident.ts';
import { HOUR } from '../instant.ts';
import { ok, type Result, refuse } from '../result.ts';
import { type Severity, severityNamed, severityWithout, type Target } from '../settings.ts';
import { distinct, expanded } from '../targets.ts';
import { type Line, user } from '../text.ts';
import { readTime } from '../time/read.ts';
import { policyOf } from '../timers/index.ts';
import { captureFirst } from './capturing.ts';
import { type Change, notify, point, pointerTo, write } from './change.ts';
import { momentLine } from './echo.ts';
import { channelNameOf, titleOf } from './naming.ts';
import { nextLine, runningLine } from './outlook.ts';
import { isOfPeople } from './pinging.ts';
import type { ActionOf, Context } from './rule.ts';
import { unknownSeverity } from './severity.ts';
import { readWhen, timing, typedAt } from './times.ts';
import { button, inWords, nameOf, reply } from './wording.ts';

/** What an incident is before anything happened in it. */
export function blank(
  context: OpenContext,
  asked: Context,
  about: Pick<Incident, 'title' | 'severity' | 'private' | 'drill' | 'recorded' | 'status'>,
): Snapshot {
  const name = channelNameOf({ number: context.number, drill: about.drill }, about.title);
  const { channel = null } = context;
  const openedAt = typedAt(asked);
  const incident: Incident = {
    ...UNTOUCHED,
    ...about,
    id: context.id,
    workspace: context.workspace,
    number: context.number,
    channel:
      channel === null ? { id: null, name, state: 'wanted' } : { ...channel, state: 'ready' },
    declaredBy: asked.actor.id,
    openedAt,
    armedAt: openedAt,
    nextEntry: 1,
    seq: 0,
  };
  return { incident, timers: [], entries: [], revisions: [] };
}

/** The severity asked for, or what is taken without one. */
export function severityFor(
  { world }: Context,
  word: string | null,
  title: string,
): Result<Severity> {
  const { severities } = world.settings;
  const named =
    word === null ? severityWithout(world.settings) : severityNamed(world.settings, word);
  if (named !== undefined) return ok(named);
  return unknownSeverity(world.settings, word ?? '', `open ${severities[0]?.name ?? ''} ${title}`);
}

const NOT_ADDED =
  'The message that you declared it from is not on its timeline. To add it, use “Add to timeline” on it.';

/** Somebody was faster with the same title: one incident, and an explanation. */
export function joinTwin(twin: Incident, hasMessage = false): Reply {
  const where: Line =
    twin.channel.id === null
      ? [` in #${twin.channel.name}`]
      : [' in ', { type: 'channel', id: twin.channel.id }];
  return reply(
    [
      nameOf(twin),
      ' with this title was opened a moment ago by ',
      user(twin.declaredBy),
      ...where,
      '. Go on there.',
    ],
    {
      notes: [
        ['If yours is another one, open it with a title that tells them apart.'],
        ...(hasMessage ? [[NOT_ADDED]] : []),
      ],
    },
  );
}

/** Declares an incident: its first entry, its channel, its people. The timers follow from its state. */
export function openIncident(
  change: Change,
  action: ActionOf<'open'>,
  context: Context,
): Result<Reply> {
  const { incident } = change;
  const { actor, request } = context;
  const declared = write(change, {
    at: typedAt(context),
    text: `${incident.drill ? 'Drill' : 'Declared'} ${incident.severity}: ${incident.title}`,
    detail: { type: 'declared' },
    author: actor.id,
    source: request.source,
  });
  point(change, 'declared', pointerTo(declared));
  if (action.message !== undefined) captureFirst(change, action.message, context);
  const since = action.since === null ? [] : impactSince(change, action.since, context);
  const { cut } = titleOf(action.title);
  notify(change, 'create', { to: { type: 'chores' }, what: { type: 'create channel' } });
  const targets = invited(change, context);
  notify(change, 'invite', { to: { type: 'chores' }, what: { type: 'invite', targets } });
  const channel: Line = incident.private
    ? [`Its private channel is #${incident.channel.name}.`]
    : [`Its channel is #${incident.channel.name}.`];
  return ok(
    reply([nameOf(incident), ` is open: ${incident.title}, ${incident.severity}.`], {
      lines: [
        channel,
        ...drillLine(change, context),
        ...since,
        runningLine(change, context),
        nextLine(change, context, 'you'),
      ],
      notes: cut ? [['The title was too long; the first 200 characters are kept.']] : [],
      buttons: [
        button(incident, 'Acknowledge', 'ack'),
        button(incident, 'Take command', `lead <@${actor.id}>`),
        button(incident, 'Change severity', 'sev'),
      ],
    }),
  );
}

/** What is different in a drill. */
function drillLine({ incident }: Change, { world }: Context): Line[] {
  if (!incident.drill) return [];
  const { drillSpeed } = world.settings;
  const pace =
    drillSpeed === 1
      ? 'its clocks run as ever'
      : `an hour of it takes ${inWords(HOUR / drillSpeed)}`;
  return [
    [
      `A drill: ${pace}. Whoever would be pinged is only named in its channel. Resolve it to read how it went.`,
    ],
  ];
}

function invited(change: Change, { actor, world }: Context): readonly Target[] {
  const first = policyOf(change.incident, world.settings)?.levels[0]?.notify ?? [];
  const people = [...expanded(world.settings.invite, world.settings), ...first].filter(isOfPeople);
  return distinct([{ type: 'user', id: actor.id }, ...people]);
}

/** `since 14:05`: the impact began before anybody declared it. */
function impactSince(change: Change, since: string, context: Context): Line[] {
  const when = readWhen(change, context, since);
  const entry = write(change, {
    ...timing(when),
    kinds: ['impact'],
    text: 'Impact started.',
    detail: { type: 'milestone', milestone: 'impact started' },
    author: context.actor.id,
    source: context.request.source,
  });
  point(change, 'impact started', pointerTo(entry));
  if (when.type === 'question') return [['Impact started, without a time: ', when.question.reason]];
  if (when.type === 'none') return [['Impact started; the time is not recorded.']];
  return [[`Impact started ${momentLine(when.at, context.actor.zone, context.world.now)}.`]];
}

/** An incident that is over already: its two ends, no clocks, a draft. */
export function recordIncident(
  change: Change,
  action: ActionOf<'record'>,
  context: Context,
): Result<Reply> {
  const { actor, request, world } = context;
  const times = { now: typedAt(context), zone: actor.zone };
  const example = `record ${change.incident.title} from 2026-03-08 14:05 to 2026-03-08 15:20`;
  const from = readTime(action.from, times);
  if (!from.ok) return refuse(from.refusal.reason, example);
  const to = readTime(action.to, times);
  if (!to.ok) return refuse(to.refusal.reason, example);
  const said = [from.value.at, to.value.at].map((at) => momentLine(at, actor.zone, world.now));
  if (to.value.at < from.value.at) {
    return refuse(`It would end at ${said[1]}, before it began at ${said[0]}.`, example);
  }
  const author = { author: actor.id, source: request.source };
  const started = write(change, {
    ...timing({ type: 'at', at: from.value.at, reading: from.value }),
    ...author,
    kinds: ['impact'],
    text: 'Impact started.',
    detail: { type: 'milestone', milestone: 'impact started' },
  });
  const ending = timing({ type: 'at', at: to.value.at, reading: to.value });
  const ended = write(change, {
    ...ending,
    ...author,
    kinds: ['recovered'],
    text: 'Impact ended.',
    detail: { type: 'milestone', milestone: 'impact ended' },
  });
  const resolved = write(change, {
    ...ending,
    ...author,
    text: 'Resolved. Recorded afterwards.',
    detail: { type: 'resolved' },
  });
  point(change, 'impact started', pointerTo(started));
  point(change, 'impact ended', pointerTo(ended));
  point(change, 'resolved', pointerTo(resolved));
  change.work.push({ kind: 'draft', notBefore: world.now, reason: 'resolved' });
  notify(change, 'create', { to: { type: 'chores' }, what: { type: 'create channel' } });
  const targets: readonly Target[] = [{ type: 'user', id: actor.id }];
  notify(change, 'invite', { to: { type: 'chores' }, what: { type: 'invite', targets } });
  return ok(
    reply([nameOf(change.incident), ` is recorded: ${change.incident.title}.`], {
      lines: [[`From ${said[0]}`], [`to ${said[1]}`]],
      notes: [['Nobody is pinged and no timer runs. The draft comes to its channel.']],
    }),
  );
}
