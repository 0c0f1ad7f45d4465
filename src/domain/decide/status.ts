import type { Reply } from '../decision.ts';
import { addressOf, incidentName, isOver } from '../incident.ts';
import { mergedInto } from '../link.ts';
import { ok, type Result, refuse } from '../result.ts';
import { type Line, user } from '../text.ts';
import { running } from '../timers/index.ts';
import type { Kind, Status } from '../words.ts';
import { settlePings, tellChannel } from './announcing.ts';
import { type Change, patch, write } from './change.ts';
import { resolve } from './closing.ts';
import { recordAndEcho, soAlready } from './logging.ts';
import { timersAfter } from './outlook.ts';
import { keepPause } from './pausing.ts';
import type { ActionOf, Context, Rules } from './rule.ts';
import { readInstant, timing } from './times.ts';
import { button, by, nameOf, quoted, reply } from './wording.ts';

type Running = 'investigating' | 'identified' | 'monitoring';

/** Where `status` may go from where. The ends have verbs of their own. */
const MOVES: Readonly<Record<Status, readonly Status[]>> = {
  investigating: ['identified', 'monitoring', 'resolved'],
  identified: ['investigating', 'monitoring', 'resolved'],
  monitoring: ['investigating', 'identified', 'resolved'],
  resolved: [],
  cancelled: [],
};

const KINDS: Readonly<Record<Running, readonly Kind[]>> = {
  investigating: [],
  identified: ['cause'],
  monitoring: ['monitoring'],
};

const isRunning = (status: Status): status is Running =>
  status !== 'resolved' && status !== 'cancelled';

function status(change: Change, action: ActionOf<'status'>, context: Context): Result<Reply> {
  const { incident } = change;
  const { to, when, text } = action;
  if (to === 'resolved') {
    return resolve(change, { type: 'resolve', when, text, confirmed: false }, context);
  }
  if (to === 'cancelled') {
    return refuse('Cancelling needs a reason, and has its own verb.', 'cancel false alarm');
  }
  if (to === incident.status)
    return ok(soAlready(change, context, action, [nameOf(incident), ` is ${to} already.`]));
  if (!isRunning(to) || !MOVES[incident.status].includes(to)) {
    return refuse(`${incidentName(incident)} is ${incident.status}. Reopen it first.`, 'reopen');
  }
  const read = readInstant(change, context, when, (typed) => `status ${to} ${typed}`);
  if (!read.ok) return read;
  const from = incident.status;
  const entry = write(change, {
    ...timing(read.value),
    kinds: KINDS[to],
    text: text ?? `Status ${to}, was ${from}.`,
    detail: { type: 'status', from, to },
    author: context.actor.id,
    source: context.request.source,
  });
  patch(change, { status: to });
  const paused = keepPause(change, context);
  const said: Line[] = [...(text === null ? [] : [[text]]), ...paused];
  tellChannel(change, [nameOf(incident), ` is ${to}, says `, user(context.actor.id), '.'], {
    lines: said,
  });
  return ok(
    reply([nameOf(incident), ` is now ${to}, was ${from}.`], {
      lines: [...(text === null ? [] : [[`#${entry.no}: ${quoted(entry.text)}`]]), ...paused],
      buttons: [button(incident, 'Undo', `status ${from}`)],
    }),
  );
}

/** Tells everybody how it stands; the clock of the next update starts. */
function update(change: Change, { text }: ActionOf<'update'>, context: Context): Result<Reply> {
  const { incident } = change;
  if (text.trim() === '') {
    return refuse(
      'What should people know? The update has no text.',
      'update Rolled back; error rate is falling',
    );
  }
  const into = mergedInto(incident);
  if (into !== null)
    return refuse(
      `${incidentName(incident)} is merged into ${incidentName(into)}: people look there.`,
      `${addressOf(into)} update ${text}`,
    );
  if (isOver(incident)) {
    return refuse(
      `${incidentName(incident)} is ${incident.status}: an update would reopen the question. Log it, or reopen.`,
      `log ${text}`,
    );
  }
  const { actor, world } = context;
  patch(change, { lastUpdateAt: world.now });
  settlePings(change, ['Updated by ', user(actor.id)], ['update']);
  const update = {
    when: null,
    text,
    kinds: ['comms'] as const,
    detail: { type: 'update' } as const,
  };
  const next = running(change.incident, timersAfter(change, context), world.settings).find(
    ({ name }) => name === 'update',
  );
  const due: Line[] =
    next === undefined ? [] : [['Next update ', ...by(next.at, world.now, next.held), '.']];
  tellChannel(change, ['Update by ', user(actor.id), ': ', text], { notes: due });
  return ok(recordAndEcho(change, context, update, { as: 'Update posted', lines: due }));
}

/** How it stands. */
export const statuses: Rules<'status' | 'update'> = {
  status: { handle: status },
  update: { handle: update },
};
