import type { Action, Request } from '../action.ts';
import type { Decision, OpenContext, Snapshot, World } from '../decision.ts';
import { notSeen } from '../denial.ts';
import { hasLeft, type Incident, isOver } from '../incident.ts';
import { ok, type Refusal, type Result, refuse } from '../result.ts';
import { acknowledging } from './acknowledging.ts';
import { actionChanges } from './action-changes.ts';
import { capturing } from './capturing.ts';
import { type Change, createChange, heard, isEmpty } from './change.ts';
import { channelLife } from './channel-life.ts';
import { closing } from './closing.ts';
import { corrections } from './corrections.ts';
import { drafting } from './drafting.ts';
import { findings } from './findings.ts';
import { finish } from './finish.ts';
import { followUps } from './follow-ups.ts';
import { importing } from './importing.ts';
import { linking } from './linking.ts';
import { logging } from './logging.ts';
import { merging } from './merging.ts';
import { milestones } from './milestones.ts';
import { titleOf } from './naming.ts';
import { blank, joinTwin, openIncident, recordIncident, severityFor } from './opening.ts';
import { paging } from './paging.ts';
import { people } from './people.ts';
import { whyNotPermitted } from './permitted.ts';
import { postmortemTask } from './postmortem-task.ts';
import { redacting } from './redacting.ts';
import { repairing } from './repairing.ts';
import { reportsWith } from './report-with.ts';
import {
  type ActionType,
  type Context,
  type Needs,
  NOTHING_NEEDED,
  type Rule,
  type Rules,
} from './rule.ts';
import { sectionTexts } from './section-texts.ts';
import { severities } from './severity.ts';
import { snoozing } from './snoozing.ts';
import { statuses } from './status.ts';
import { typedAt } from './times.ts';
import { visibilities } from './visibility.ts';

/** Every action on an incident. A new one is a row in its group; a missing one does not compile. */
const RULES: Rules<ActionType> = {
  ...logging,
  ...capturing,
  ...importing,
  ...corrections,
  ...milestones,
  ...findings,
  ...followUps,
  ...actionChanges,
  ...severities,
  ...statuses,
  ...acknowledging,
  ...people,
  ...paging,
  ...closing,
  ...drafting,
  ...sectionTexts,
  ...postmortemTask,
  ...reportsWith,
  ...snoozing,
  ...repairing,
  ...channelLife,
  ...linking,
  ...redacting,
  ...merging,
  ...visibilities,
};

// The table's key and the action's type are the same word; the compiler cannot follow that.
const ruleOf = (type: ActionType): Rule<ActionType> => RULES[type] as Rule<ActionType>;

const isOpening = ({ type }: Action): boolean => type === 'open' || type === 'record';

const contextOf = (request: Request, world: World): Context => ({
  actor: request.actor,
  request,
  world,
});

/** What must be loaded before this action can be decided. */
export function needs(action: Action): Needs {
  const own = isOpening(action) ? {} : ruleOf(action.type as ActionType).needs?.(action as never);
  return { ...NOTHING_NEEDED, ...own };
}

/** Decides what follows from a request about an incident that exists. */
export function decide(snapshot: Snapshot, request: Request, world: World): Result<Decision> {
  const { action } = request;
  if (isOpening(action)) throw new Error(`${action.type} makes an incident; it is not about one`);
  const denied = whyNotPermitted(request, snapshot, world);
  if (denied !== null) return { ok: false, refusal: denied };
  const change = createChange(snapshot, world);
  const rule = ruleOf(action.type as ActionType);
  const reply = rule.handle(change, action as never, contextOf(request, world));
  if (!reply.ok) return { ok: false, refusal: noted(reply.refusal, snapshot, request, world) };
  if (rule.noSign !== true) noteSign(change);
  return ok(finish(change, world, reply.value));
}

/** The refusal of what names an incident that is not for their eyes: looking for it is written down. */
function noted(
  refusal: Refusal,
  { unseen }: Snapshot,
  { actor, source }: Request,
  world: World,
): Refusal {
  if (typeof unseen !== 'string' || refusal.denied !== undefined) return refusal;
  const standing = world.asker?.standing ?? actor.standing ?? 'unknown';
  return { ...refusal, denied: notSeen(unseen, standing, source) };
}

/** Whatever a person changes shows that somebody is there; a question that changed nothing does not. */
function noteSign(change: Change): void {
  if (isEmpty(change) || isOver(change.incident)) return;
  heard(change);
}

/** Decides what follows from `open` or `record`: an incident, or the one that was there first. */
export function open(opening: OpenContext, request: Request, world: World): Result<Decision> {
  const { action } = request;
  if (action.type !== 'open' && action.type !== 'record') {
    throw new Error(`${action.type} is about an incident; it makes none`);
  }
  const denied = whyNotPermitted(request, null, world);
  if (denied !== null) return { ok: false, refusal: denied };
  const context = contextOf(request, world);
  if (action.type === 'open' && opening.twin !== null && mayJoin(opening.twin, request)) {
    const twin = { incident: opening.twin, timers: [], entries: [], revisions: [] };
    return ok(join(twin, request, action.message !== undefined));
  }
  const { title } = titleOf(action.title);
  if (title === '') {
    const example =
      action.type === 'open'
        ? 'open sev2 checkout is down'
        : 'record checkout was down from 14:05 to 15:20';
    return refuse('What is wrong? The incident needs a title.', example);
  }
  const severity = severityFor(context, action.type === 'open' ? action.severity : null, title);
  if (!severity.ok) return severity;
  const about = { title, severity: severity.value.name };
  if (action.type === 'record') {
    const snapshot = blank(opening, context, {
      ...about,
      private: false,
      drill: false,
      recorded: true,
      status: 'resolved',
    });
    const change = createChange(snapshot, world);
    const reply = recordIncident(change, action, context);
    return reply.ok ? ok(finish(change, world, reply.value)) : reply;
  }
  const snapshot = blank(opening, context, {
    ...about,
    private: action.private,
    drill: action.drill === true,
    recorded: false,
    status: 'investigating',
  });
  const change = createChange(snapshot, world);
  const reply = openIncident(change, action, context);
  // Its clocks count from when it was declared: what is overdue by now fires late, and says so.
  return reply.ok ? ok(finish(change, { ...world, now: typedAt(context) }, reply.value)) : reply;
}

/** A private incident must not be found by guessing its title. */
const mayJoin = (twin: Incident, { actor }: Request): boolean =>
  !twin.private || (twin.declaredBy === actor.id && !hasLeft(twin, actor.id));

/** Joining changes one thing only: whoever came second is invited. */
function join(twin: Snapshot, { actor }: Request, hasMessage: boolean): Decision {
  return {
    incident: twin.incident,
    entries: [],
    revised: [],
    milestones: [],
    timers: [],
    notices: [
      {
        key: `join:${actor.id}`,
        to: { type: 'chores' },
        what: { type: 'invite', targets: [{ type: 'user', id: actor.id }] },
      },
    ],
    work: [],
    reply: joinTwin(twin.incident, hasMessage),
  };
}
