import type { Reply } from '../decision.ts';
import { incidentName, isOver } from '../incident.ts';
import type { Ping } from '../ping.ts';
import { ok, type Result, refuse } from '../result.ts';
import { type Settings, type Target, targetName } from '../settings.ts';
import { distinct, expanded } from '../targets.ts';
import { code, type Line, user } from '../text.ts';
import { currentLevel, nextPing, policyOf } from '../timers/index.ts';
import { type Change, seqOf, write } from './change.ts';
import { comeBack } from './departing.ts';
import { nextLine, pingedNow, timersAfter } from './outlook.ts';
import { sendPing } from './pinging.ts';
import type { ActionOf, Context, Rules } from './rule.ts';
import { typedAt } from './times.ts';
import { ask, nameOf, reply } from './wording.ts';

/**
 * What a page by hand says. It stops nothing by being sent; an acknowledgement stops the policy, and
 * where somebody has acknowledged, whoever is called is asked to come and help, not to take over.
 */
function pageOf(
  change: Change,
  context: Context,
  { why, who, entry }: Pick<Ping, 'why' | 'who' | 'entry'>,
): Ping {
  const { settings } = context.world;
  const { acknowledgedBy } = change.incident;
  const next = nextPing(change.incident, timersAfter(change, context), settings);
  return {
    timer: 'page',
    level: 0,
    why,
    who,
    ...(acknowledgedBy === null
      ? { stops: ['Acknowledge, or type ', code('/incident ack')] }
      : { stops: ['Press I am on it, or type ', code('/incident ack too')], acknowledgedBy }),
    next: next === null ? null : { ...next, asOf: context.world.now },
    lateMs: 0,
    ...(entry === undefined ? {} : { entry }),
  };
}

/** A policy's message into the incident's own channel is no page of everybody; one that was asked for is. */
const isWhole =
  (asked: readonly Target[]) =>
  (target: Target): boolean =>
    target.type === 'channel' && (target.id !== null || asked.includes(target));

/** What to ask before paging: a whole channel, or many people; null where nothing need be asked. */
function questionFor(
  asked: readonly Target[],
  targets: readonly Target[],
  { pageAsksAbove }: Settings,
): string | null {
  if (targets.some(isWhole(asked))) return 'This pings everybody in a channel: ';
  if (targets.length <= pageAsksAbove) return null;
  return `This pings ${targets.length} people or groups: `;
}

const SENT = 'Sent by direct message and in the incident channel. Slack obeys do-not-disturb.';
const ONLY_NAMED = 'A drill: they are only named in its channel, and nobody is pinged.';

/** How it reaches them: systems are called, people are written to. */
function sentTo(targets: readonly Target[], drill: boolean): Line[] {
  if (drill) return [[ONLY_NAMED]];
  const webhooks = targets.flatMap((target) => (target.type === 'webhook' ? [target.name] : []));
  const calling: Line[] =
    webhooks.length === 0
      ? []
      : [[`Calling the webhook${webhooks.length === 1 ? '' : 's'} ${webhooks.join(', ')}.`]];
  const written = targets.some(({ type }) => type !== 'webhook' && type !== 'channel');
  return written ? [...calling, [SENT]] : calling;
}

const pagedWord = (drill: boolean): string => (drill ? 'Would have paged' : 'Paged');

function page(change: Change, action: ActionOf<'page'>, context: Context): Result<Reply> {
  const { settings } = context.world;
  const targets = distinct(expanded(action.targets, settings));
  if (targets.length === 0) return refuse('Whom? Name a person or a group.', 'page @somebody');
  const { drill } = change.incident;
  const sure = action.confirmed || drill;
  const question = sure ? null : questionFor(action.targets, targets, settings);
  if (question !== null) {
    return ok(ask([question, ...pingedNow(targets, change, context), '. Page them now?']));
  }
  const { actor } = context;
  // Who is called by name is meant; who is in a group or a policy is not known to whoever calls.
  comeBack(
    change,
    action.targets.flatMap((target) => (target.type === 'user' ? [target.id] : [])),
  );
  const reason = action.reason?.trim() || null;
  const entry = write(change, {
    at: typedAt(context),
    text: `${pagedWord(drill)}${reason === null ? '.' : `: ${reason}`}`,
    kinds: ['escalation'],
    detail: { type: 'page', targets: targets.map(targetName), reason },
    author: actor.id,
    source: context.request.source,
  });
  const why: Line = [
    user(actor.id),
    ' asks for you',
    ...(reason === null ? ['.'] : [`: ${reason}`]),
  ];
  const ping = pageOf(change, context, { why, who: targets, entry: entry.no });
  sendPing(change, `page:${seqOf(change)}`, ping, targets, true);
  return ok(
    reply(
      [
        `${pagedWord(drill)} `,
        ...pingedNow(targets, change, context),
        ' about ',
        nameOf(change.incident),
        '.',
      ],
      { notes: sentTo(targets, drill) },
    ),
  );
}

/** The policy's next level, now: the walk itself goes on as planned. */
function escalate(change: Change, _action: ActionOf<'escalate'>, context: Context): Result<Reply> {
  const { incident } = change;
  if (isOver(incident)) {
    return refuse(
      `${incidentName(incident)} is ${incident.status}: there is nothing to escalate.`,
      'reopen',
    );
  }
  const { settings } = context.world;
  const policy = policyOf(incident, settings);
  const level = policy === null ? 0 : levelToPing(change, context, policy.levels.length);
  const targets = policy?.levels[level - 1]?.notify ?? [];
  if (targets.length === 0) {
    return refuse(
      `No policy is configured for ${incident.severity}. Page somebody by name.`,
      'page @somebody',
    );
  }
  const { actor } = context;
  const entry = write(change, {
    at: typedAt(context),
    text: `Escalated to level ${level}.`,
    kinds: ['escalation'],
    detail: { type: 'ping', level, targets: targets.map(targetName) },
    author: actor.id,
    source: context.request.source,
  });
  const why: Line = [user(actor.id), ` escalated to level ${level}.`];
  const ping = { ...pageOf(change, context, { why, who: targets, entry: entry.no }), level };
  sendPing(change, `page:${seqOf(change)}`, ping, targets, true);
  return ok(
    reply([`Escalated to level ${level}. Pinged: `, ...pingedNow(targets, change, context), '.'], {
      lines: [nextLine(change, context)],
    }),
  );
}

/** The level after the one that was pinged last; the last one again when there is none after it. */
function levelToPing({ incident, snapshot }: Change, { world }: Context, levels: number): number {
  const pending = nextPing(incident, snapshot.timers, world.settings);
  if (pending !== null && pending.level > 0) return pending.level;
  return Math.min(currentLevel(incident, snapshot.timers, world.settings) + 1, levels);
}

/** Calling somebody. */
export const paging: Rules<'page' | 'escalate'> = {
  page: { handle: page },
  escalate: { handle: escalate },
};
