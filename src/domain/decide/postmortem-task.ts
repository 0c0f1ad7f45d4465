import type { Reply } from '../decision.ts';
import type { Entry } from '../entry.ts';
import { type Incident, incidentName } from '../incident.ts';
import { ok, type Result, refuse } from '../result.ts';
import { ASKED, DUE, ownerOf, REVIEWED, REVIEWER, taskState, unreviewed } from '../task.ts';
import { instant, type Line, user } from '../text.ts';
import { readDeadline } from '../time/deadline.ts';
import { titled } from '../views/phrases.ts';
import { settlePings, tellChannel } from './announcing.ts';
import { type Change, notify, patch, write } from './change.ts';
import { comeBack } from './departing.ts';
import { writeRole } from './people.ts';
import type { ActionOf, Context, Rules } from './rule.ts';
import { typedAt, unmistakable } from './times.ts';
import { button, message, nameOf, reply, sentence } from './wording.ts';

/** When the postmortem is due, whatever the ladder says. */
function due(change: Change, action: ActionOf<'postmortem due'>, context: Context): Result<Reply> {
  const published = publishedAlready(change.incident);
  if (published !== null) return published;
  const read = readDeadline(action.due, { now: typedAt(context), zone: context.actor.zone });
  if (!read.ok) {
    const { reason, offers } = read.refusal;
    return refuse(sentence(reason), `postmortem due ${offers[0]?.typed ?? 'Friday'}`);
  }
  const { at } = read.value;
  const before = change.incident.header[DUE];
  const entry = setField(change, context, DUE, unmistakable(at), `Postmortem due: ${action.due}`);
  settlePings(change, ['It is due ', instant(at, 'full'), ' now.'], ['postmortem']);
  const { incident } = change;
  return ok(
    reply(['The postmortem of ', nameOf(incident), ' is due ', instant(at, 'full'), '.'], {
      lines: [reminded(incident)],
      buttons: [
        before === undefined
          ? button(incident, 'Undo', `strike ${entry.no}`)
          : button(incident, 'Undo', `postmortem due ${before}`),
      ],
    }),
  );
}

const reminded = (incident: Incident): Line =>
  incident.recorded
    ? ['It was recorded after it was over, so nobody is reminded.']
    : [user(ownerOf(incident)), ' is reminded of it then, until it is published.'];

/** Asks for a review, of somebody or of whoever reads it. */
function review(
  change: Change,
  { user: reviewer }: ActionOf<'postmortem review'>,
  context: Context,
): Result<Reply> {
  const { incident } = change;
  const no = notNow(incident) ?? publishedAlready(incident);
  if (no !== null) return no;
  const state = taskState(incident);
  if (state === 'in review' && (incident.roles[REVIEWER] ?? null) === reviewer) {
    return ok(reply(['The postmortem of ', nameOf(incident), ' is in review already.']));
  }
  patch(change, { header: unreviewed(incident) });
  setField(change, context, ASKED, 'asked', 'Postmortem in review.');
  if (reviewer !== null) askToReview(change, context, reviewer);
  const by: Line = reviewer === null ? [] : [' by ', user(reviewer)];
  tellChannel(change, ['The postmortem of ', nameOf(incident), ' is in review', ...by, '.']);
  return ok(
    reply(['In review', ...by, ': the postmortem of ', nameOf(incident), '.'], {
      notes: [['Whoever has read it presses Reviewed, or types /incident postmortem reviewed.']],
      buttons: [button(incident, 'Reviewed', 'postmortem reviewed')],
    }),
  );
}

/** A role like any other, and what to do with it by direct message. */
function askToReview(change: Change, context: Context, reviewer: string): void {
  const { incident } = change;
  const previous = incident.roles[REVIEWER] ?? null;
  writeRole(change, context, { role: REVIEWER, user: reviewer, previous, note: null });
  patch(change, { roles: { ...incident.roles, [REVIEWER]: reviewer } });
  const target = { type: 'user', id: reviewer } as const;
  comeBack(change, [reviewer]);
  notify(change, 'invite', { to: { type: 'chores' }, what: { type: 'invite', targets: [target] } });
  const asked = message(
    [user(context.actor.id), ` asks you to review the postmortem of ${titled(incident)}.`],
    {
      buttons: [
        button(incident, 'Read it', 'postmortem show'),
        button(incident, 'Edit a section', 'postmortem section'),
        button(incident, 'Reviewed', 'postmortem reviewed'),
      ],
    },
  );
  notify(change, 'review', { to: target, what: { type: 'message', message: asked } });
}

/** Somebody has read it and finds nothing that must be changed first. */
function reviewed(
  change: Change,
  _action: ActionOf<'postmortem reviewed'>,
  context: Context,
): Result<Reply> {
  const { incident } = change;
  const no = notNow(incident) ?? publishedAlready(incident);
  if (no !== null) return no;
  if (taskState(incident) === 'reviewed') {
    return ok(reply(['The postmortem of ', nameOf(incident), ' is reviewed already.']));
  }
  const entry = setField(change, context, REVIEWED, 'yes', 'Postmortem reviewed.');
  tellChannel(change, [
    user(context.actor.id),
    ' reviewed the postmortem of ',
    nameOf(incident),
    '. It is not published yet.',
  ]);
  return ok(
    reply(['Reviewed: the postmortem of ', nameOf(incident), '.'], {
      buttons: [
        button(incident, 'Publish', 'postmortem publish'),
        button(incident, 'Undo', `strike ${entry.no}`),
      ],
    }),
  );
}

/** A field of the header with the entry that says who set it, when. */
function setField(
  change: Change,
  { actor, request }: Context,
  field: string,
  value: string,
  text: string,
): Entry {
  patch(change, { header: { ...change.incident.header, [field]: value } });
  const detail = { type: 'field', field, value } as const;
  return write(change, { at: null, text, detail, author: actor.id, source: request.source });
}

function notNow(incident: Incident): Result<never> | null {
  if (incident.status === 'resolved') return null;
  const reason = `${incidentName(incident)} is ${incident.status}: its postmortem is reviewed once it is resolved.`;
  return refuse(reason, 'postmortem show');
}

const publishedAlready = (incident: Incident): Result<Reply> | null =>
  taskState(incident) === 'published'
    ? ok(reply(['The postmortem of ', nameOf(incident), ' is published already.']))
    : null;

/** The postmortem as something to be done. */
export const postmortemTask: Rules<'postmortem due' | 'postmortem review' | 'postmortem reviewed'> =
  {
    'postmortem due': { handle: due },
    'postmortem review': { handle: review },
    'postmortem reviewed': { handle: reviewed },
  };
