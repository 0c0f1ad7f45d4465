import type { Reply } from '../decision.ts';
import { COMMANDER, hasLeft, type Incident, isOver } from '../incident.ts';
import { ok, type Result, refuse } from '../result.ts';
import { type Line, user } from '../text.ts';
import { settlePings, tellChannel } from './announcing.ts';
import { type Change, notify, patch, write } from './change.ts';
import { comeBack } from './departing.ts';
import { runningLine } from './outlook.ts';
import type { ActionOf, Context, Rules } from './rule.ts';
import { typedAt } from './times.ts';
import { button, firstGraphemes, nameOf, reply } from './wording.ts';

const SAME: readonly string[] = ['ic', 'lead', 'incident commander'];

/** A role as the record keeps it: lower case, and one word for the commander. */
export function roleNamed(typed: string): string {
  const name = typed.trim().toLowerCase().replaceAll(/\s+/g, ' ');
  return SAME.includes(name) ? COMMANDER : firstGraphemes(name, 40).text;
}

/** Who has a role; it may be called `constructor`, which every object has. */
const holderOf = ({ roles }: Incident, name: string): string | null =>
  Object.hasOwn(roles, name) ? (roles[name] ?? null) : null;

/** One person per role. Whoever gets it is briefed privately. */
function role(change: Change, action: ActionOf<'role'>, context: Context): Result<Reply> {
  const { incident } = change;
  const name = roleNamed(action.role);
  if (name === '') return refuse('Which role?', 'role scribe @somebody');
  const previous = holderOf(incident, name);
  const holder = user(action.user);
  const note = action.note?.trim() || null;
  const had = hasLeft(incident, action.user);
  comeBack(change, [action.user]);
  if (previous === action.user && note === null && !had) {
    return ok(reply([holder, ` is ${name} already.`]));
  }
  writeRole(change, context, { role: name, user: action.user, previous, note });
  patch(change, { roles: { ...incident.roles, [name]: action.user } });
  if (name === COMMANDER) settlePings(change, ['Taken by ', holder], ['commander']);
  notify(change, `briefing:${name}`, {
    to: { type: 'user', id: action.user },
    what: { type: 'briefing', role: name },
  });
  notify(change, 'invite', {
    to: { type: 'chores' },
    what: { type: 'invite', targets: [{ type: 'user', id: action.user }] },
  });
  const first: Line =
    previous === null || previous === action.user
      ? [holder, ` is ${name}.`]
      : [holder, ` is ${name} now, before `, user(previous), '.'];
  tellChannel(change, first, { lines: note === null ? [] : [[note]] });
  const briefed = incident.drill
    ? ' The briefing is in its channel.'
    : ' The briefing goes out by direct message.';
  const stops: Line[] =
    name === COMMANDER && previous === null && !isOver(incident)
      ? [['Stopped: the take command timer.'], runningLine(change, context)]
      : [];
  return ok(
    reply([...first, briefed], {
      lines: [[nameOf(incident), ` · ${incident.status} · ${incident.severity}`], ...stops],
      buttons:
        previous === null || previous === action.user
          ? []
          : [button(incident, 'Undo', `role ${name} <@${previous}>`)],
    }),
  );
}

/** Writes down who holds a role from now on. */
export function writeRole(
  change: Change,
  context: Context,
  given: { role: string; user: string; previous: string | null; note: string | null },
): void {
  const said = given.note === null ? '' : ` ${given.note}`;
  write(change, {
    at: typedAt(context),
    // Names live in the detail: a renderer knows how a person is mentioned where it renders.
    text: `${given.role} assigned.${said}`,
    kinds: [],
    detail: { type: 'role', ...given },
    author: context.actor.id,
    source: context.request.source,
  });
}

/** Who does what. */
export const people: Rules<'role'> = { role: { handle: role } };
