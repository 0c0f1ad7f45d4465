import { counted } from '../counted.ts';
import type { Reply } from '../decision.ts';
import { addressOf, incidentName } from '../incident.ts';
import { ok, type Result, refuse } from '../result.ts';
import { user } from '../text.ts';
import { tellChannel } from './announcing.ts';
import { type Change, patch, write } from './change.ts';
import type { ActionOf, Context, Rules } from './rule.ts';
import { typedAt } from './times.ts';
import { ask, nameOf, reply, unwritten } from './wording.ts';

/** Opens a private incident to everybody, once it is confirmed; there is no way back. */
function visibility(
  change: Change,
  action: ActionOf<'visibility'>,
  context: Context,
): Result<Reply> {
  const { incident } = change;
  if (action.private)
    return incident.private ? already(change, action.reason) : whyNotPrivate(change);
  if (!incident.private) return already(change, action.reason);
  if (!action.confirmed) return ok(question(change));
  const { actor, request } = context;
  const reason = action.reason?.trim() || null;
  write(change, {
    at: typedAt(context),
    text: `Opened to everybody${reason === null ? '.' : `: ${reason}`}`,
    kinds: ['decision'],
    author: actor.id,
    source: request.source,
  });
  patch(change, { private: false });
  tellChannel(change, [user(actor.id), ' opened ', nameOf(incident), ' to everybody.'], {
    lines: reason === null ? [] : [[reason]],
    notes: [[CHANNEL_STAYS]],
  });
  return ok(
    reply([nameOf(incident), ' is open to everybody now: its record, its draft and its figures.'], {
      notes: [[CHANNEL_STAYS]],
    }),
  );
}

const CHANNEL_STAYS =
  'The channel itself stays private in Slack until an owner of the workspace changes it in its settings.';

const already = ({ incident }: Change, reason: string | null): Result<Reply> =>
  ok(
    reply(
      [nameOf(incident), ` is ${incident.private ? 'private' : 'open to everybody'} already.`],
      { lines: unwritten(reason) },
    ),
  );

/** What was announced and read cannot be unread: pretending that it is private would be worse. */
const whyNotPrivate = ({ incident }: Change) =>
  refuse(
    `${incidentName(incident)} has been open to everybody, and what was read stays read: it cannot become private. Open a private one for what is secret, and link it from there with: link ${addressOf(incident)} related.`,
    'open private: What must stay among few',
  );

const question = ({ incident }: Change): Reply =>
  ask(['Open ', nameOf(incident), ' to everybody in the workspace? There is no way back.'], {
    lines: [
      [
        `Everybody can read then what is recorded (${counted(incident.nextEntry - 1, 'entry', 'entries')}, struck ones too), the draft and the figures, and it is announced and found.`,
      ],
    ],
    notes: [[CHANNEL_STAYS]],
  });

/** Who may read it. */
export const visibilities: Rules<'visibility'> = { visibility: { handle: visibility } };
