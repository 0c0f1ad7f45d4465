import type { Reply } from '../decision.ts';
import type { Entry } from '../entry.ts';
import { incidentName } from '../incident.ts';
import { blanked, REDACTED, typedInto } from '../redacted.ts';
import { ok, type Result, refuse } from '../result.ts';
import { bold, code, instant, type Line, user } from '../text.ts';
import { tellChannel } from './announcing.ts';
import { type Change, entryNumbered, notify, patch, revise, seqOf } from './change.ts';
import type { ActionOf, Context, Rules } from './rule.ts';
import { ask, nameOf, quoted, reply } from './wording.ts';

/** Shorter words are in many texts: a reason may well hold them. */
const TELLING = 4;

/** Removes what an entry says and ever said; that it happened, by whom and why stays. Asks first. */
function redact(change: Change, action: ActionOf<'redact'>, context: Context): Result<Reply> {
  const entry = entryNumbered(change, action.entry);
  if (entry === undefined)
    return refuse(`There is no entry #${action.entry} in this incident.`, 'timeline');
  const past = change.snapshot.revisions.filter((one) => one.entry === entry.no);
  const last = past.toSorted((a, b) => a.revision - b.revision).at(-1);
  if (last?.change === 'redacted') return ok(already(change, entry, last.by, last.at));
  const versions = [...past.map(({ before }) => before), entry];
  const typed = [...new Set(versions.flatMap(typedInto))];
  const reason = action.reason.trim();
  if (typed.some((one) => one.length >= TELLING && reason.includes(one)))
    return refuse(
      'The reason is kept, and it repeats what is to go. Say it without.',
      `redact ${entry.no} an access key was in it`,
    );
  if (!action.confirmed) return ok(question(change, entry, reason));
  const left = versions.map((one) => [`${one.revision}`, blanked(one)] as const);
  const revisions = Object.fromEntries(left);
  change.redaction = { entry: entry.no, revisions, typed, title: isTitle(entry) };
  return ok(redacted(change, entry, reason, context));
}

function already(change: Change, entry: Entry, by: string | null, at: number): Reply {
  const whom: Line = by === null ? [] : [' by ', user(by)];
  return reply([
    nameOf(change.incident),
    ' ',
    bold(`#${entry.no}`),
    ' was redacted',
    ...whom,
    ' ',
    instant(at, 'full'),
    '.',
  ]);
}

const question = ({ incident }: Change, { no, author, at }: Entry, reason: string): Reply =>
  ask(
    [
      `Redact #${no} of `,
      nameOf(incident),
      ...(author === null ? [] : [', by ', user(author)]),
      ...(at === null ? [] : [', ', instant(at, 'full')]),
      '? What it says goes for good. This cannot be undone.',
    ],
    {
      lines: [
        [
          'It goes from the record, its corrections, the draft, and the messages in which Muster showed it.',
        ],
      ],
      notes: [[`It stays that you redacted it, when, and why: ${quoted(reason)}`]],
    },
  );

function redacted(change: Change, entry: Entry, reason: string, context: Context): Reply {
  const { actor, world } = context;
  releaseWhatItSet(change, entry);
  // The revision must not keep what the entry loses.
  const left = blanked(entry);
  revise(
    change,
    left,
    { text: `${REDACTED}: ${reason}` },
    { by: actor.id, change: 'redacted', reason },
  );
  if (change.incident.status === 'resolved')
    change.work.push({ kind: 'draft', notBefore: world.now, reason: 'corrected' });
  notify(change, 'redact', {
    to: { type: 'chores' },
    what: { type: 'redact', entry: entry.no, change: seqOf(change), by: actor.id },
  });
  // The newest draft is blank by now: a later one takes its place.
  notify(change, 'canvas', {
    to: { type: 'chores' },
    collapse: 'canvas',
    what: { type: 'canvas' },
  });
  notify(change, 'card', { to: { type: 'incident' }, collapse: 'card', what: { type: 'card' } });
  tellChannel(change, [user(actor.id), ` redacted #${entry.no}.`], { lines: [[reason]] });
  return reply([bold(`#${entry.no}`), ' of ', nameOf(change.incident), ' is redacted.'], {
    lines: [['You are told when Muster’s messages in Slack that showed it are changed.']],
    notes: [
      [
        'What somebody wrote in Slack themselves Muster cannot remove: whoever wrote it, or an administrator of the workspace, deletes it there.',
      ],
      [
        'Muster’s private answers stay on the screen of whoever got them until Slack is reloaded there: Ctrl+R, ⌘R on a Mac.',
      ],
      ['A key or a password that was here has been read: replace it.'],
      ...titleNotes(change, entry),
      ...messageNotes(entry),
      ...copyNotes(change, entry),
      ['To write what may be kept: ', code(`/incident edit ${entry.no} <text>`)],
    ],
  });
}

const isTitle = ({ detail }: Entry): boolean => detail?.type === 'declared';

/** The title and header fields are kept with the incident, too. */
function releaseWhatItSet(change: Change, { detail }: Entry): void {
  if (detail?.type === 'declared') patch(change, { title: REDACTED });
  if (detail?.type !== 'field') return;
  const { [detail.field]: _gone, ...header } = change.incident.header;
  patch(change, { header });
}

/** Where else a title is kept. The other ends of links are redacted after it: see `redactedAtLinks`. */
const titleNotes = ({ incident }: Change, entry: Entry): readonly Line[] =>
  isTitle(entry)
    ? [[`The channel’s name still says it: rename #${incident.channel.name} in Slack.`]]
    : [];

const messageNotes = ({ detail }: Entry): readonly Line[] => {
  const link = detail?.message?.link ?? null;
  return link === null
    ? []
    : [
        [
          'It was taken from ',
          { type: 'link', url: link, text: 'this message' },
          ', which still says it.',
        ],
      ];
};

/** A merge copied it: the copy is an entry of its own. */
function copyNotes({ incident }: Change, { detail }: Entry): readonly Line[] {
  const origin = detail?.origin;
  if (origin !== undefined)
    return [[`It came from ${incidentName(origin)} #${origin.entry}: redact it there, too.`]];
  const into = incident.links.find(({ sort, back }) => sort === 'duplicate' && !back);
  return incident.status === 'cancelled' && into !== undefined
    ? [[`It may have been brought over into ${incidentName(into.to)}: redact it there, too.`]]
    : [];
}

/** What must not be kept. */
export const redacting: Rules<'redact'> = {
  redact: { needs: ({ entry }) => ({ entries: [entry] }), handle: redact },
};
