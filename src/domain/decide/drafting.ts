import type { NoticeBody, Reply, World } from '../decision.ts';
import type { Entry } from '../entry.ts';
import { type Incident, incidentName } from '../incident.ts';
import { READ_FIRST } from '../postmortem/message.ts';
import { isForOutside, whyInside } from '../postmortem/presets.ts';
import { type Published, publishedText, readPublished } from '../published.ts';
import { ok, type Result, refuse } from '../result.ts';
import { reviewOf } from '../review.ts';
import { type Line, type Span, user } from '../text.ts';
import { titled } from '../views/phrases.ts';
import { settlePings, tellChannel } from './announcing.ts';
import { type Change, entryNumbered, notify, point, pointer, pointerTo, write } from './change.ts';
import type { ActionOf, Context, Rules } from './rule.ts';
import { typedAt } from './times.ts';
import { button, message, nameOf, reply } from './wording.ts';

/** Composes the draft again from the record as it is now. */
function refreshDraft(
  change: Change,
  _action: ActionOf<'refresh draft'>,
  { world }: Context,
): Result<Reply> {
  const { incident } = change;
  change.work.push({ kind: 'draft', notBefore: world.now, reason: 'asked' });
  const shut = whyShut(incident);
  if (shut === null) {
    return ok(
      reply(['The draft of ', nameOf(incident), ' is being written; it comes to the channel.']),
    );
  }
  return ok(
    reply(['The draft of ', nameOf(incident), ` is being written. ${shut}: look at it here.`], {
      buttons: [button(incident, 'Show the draft', 'postmortem show')],
    }),
  );
}

const SHUT: { readonly [T in Incident['channel']['state']]?: string } = {
  archived: 'Its channel is archived',
  deleted: 'Its channel is deleted',
  left: 'Muster is not in its channel',
};

/** Why nothing comes to the incident's channel any more, to stand at the beginning of a sentence; null where it does. */
const whyShut = ({ channel }: Incident): string | null => SHUT[channel.state] ?? null;

/** The record as a file: in the incident's channel, or to whoever asks where that is shut. */
function exportRecord(
  change: Change,
  { format, preset }: ActionOf<'export'>,
  { actor }: Context,
): Result<Reply> {
  const { incident } = change;
  const shut = whyShut(incident);
  if (format === 'ics' && !hasDates(change)) {
    const reason = `${incidentName(incident)} has nothing for a calendar yet: no review, no action item, no postmortem that is due. Say when its review is, or record an action item with a due date.`;
    return refuse(reason, 'set review Friday 14:00');
  }
  const inside = preset !== undefined && isForOutside(preset) ? whyInside({ incident }) : null;
  if (inside !== null) {
    return refuse(`${incidentName(incident)} ${inside}.`, `postmortem export ${format} standard`);
  }
  const asker = { asker: actor.id };
  const what: NoticeBody = {
    type: 'file',
    format,
    ...(preset === undefined ? {} : { preset }),
    ...asker,
  };
  const to =
    shut === null ? ({ type: 'incident' } as const) : ({ type: 'user', id: actor.id } as const);
  notify(change, `file:${format}`, { to, what });
  const form = preset === undefined ? format : `${format} (${preset})`;
  const comes = shut === null ? 'comes to the channel.' : `comes to you directly. ${shut}.`;
  return ok(
    reply([nameOf(incident), ` as ${form} ${comes}`], {
      lines: preset !== undefined && isForOutside(preset) ? [[`${READ_FIRST}.`]] : [],
    }),
  );
}

/** A calendar file without anything in it is none. */
const hasDates = ({ incident, snapshot }: Change): boolean =>
  reviewOf(incident) !== null ||
  (incident.counts.action ?? 0) > 0 ||
  (!incident.drill && snapshot.timers.some(({ name }) => name === 'postmortem'));

/** The postmortem is out: nobody need be reminded of it any more. */
function publish(change: Change, action: ActionOf<'publish'>, context: Context): Result<Reply> {
  const { incident } = change;
  const { actor, request } = context;
  if (incident.status !== 'resolved') {
    const reason = `${incidentName(incident)} is ${incident.status}: a postmortem is published once its incident is resolved.`;
    return refuse(reason, 'postmortem show');
  }
  const was = pointer(change, 'closed');
  const before = was === null ? null : publishedBefore(change, was.entry);
  const link = action.link?.trim() || null;
  if (was !== null && before !== null && !isNews({ ...action, link }, before)) {
    return ok(
      reply(
        ['The postmortem of ', nameOf(incident), ` is published already, says #${was.entry}.`],
        {
          buttons: [button(incident, 'It is not', `strike ${was.entry}`)],
        },
      ),
    );
  }
  // What is published anew without a link is where it was.
  const said = {
    version: action.version ?? before?.version ?? null,
    link: link ?? before?.link ?? null,
  };
  const entry = write(change, {
    at: typedAt(context),
    text: publishedText(said),
    detail: { type: 'milestone', milestone: 'closed', ...(was === null ? {} : { was }) },
    author: actor.id,
    source: request.source,
  });
  point(change, 'closed', pointerTo(entry));
  settlePings(change, ['Published, says ', user(actor.id)], ['postmortem']);
  tell(change, said, was !== null, context);
  return ok(publishedReply(incident, entry, said));
}

function publishedReply(incident: Incident, { no }: Entry, said: Published): Reply {
  const outside = whyInside({ incident }) === null;
  return reply(['Published: the postmortem of ', nameOf(incident), `${versionOf(said)}.`], {
    lines: [['Nobody is reminded of it any more. Open action items are, until they are done.']],
    notes: outside ? [['A version for readers outside is for you to look at and to pass on.']] : [],
    buttons: [
      ...(outside
        ? [button(incident, 'Look at the public version', 'postmortem show public')]
        : []),
      button(incident, 'Undo', `strike ${no}`),
    ],
  });
}

const versionOf = ({ version }: Published): string =>
  version === null ? '' : `, version ${version}`;

/** The channel hears of it, and those who heard of the incident; of a private one, nobody else. */
function tell(
  change: Change,
  said: Published,
  isAnew: boolean,
  { actor, world }: Pick<Context, 'actor' | 'world'>,
): void {
  const { incident } = change;
  const which = isAnew ? `${versionOf(said)}, anew` : '';
  const where: Line = said.link === null ? ['.'] : [': ', linked(said.link)];
  tellChannel(change, [
    user(actor.id),
    ' published the postmortem of ',
    nameOf(incident),
    which,
    ...where,
  ]);
  announce(change, said.link, which, world);
}

/** What was published of it so far. */
const publishedBefore = (change: Change, no: number): Published =>
  readPublished(entryNumbered(change, no)?.text ?? '');

/** A later version than that, or another place. */
const isNews = ({ version = 0, link }: ActionOf<'publish'>, before: Published): boolean =>
  version > (before.version ?? 0) || (link !== null && link !== before.link);

function announce(change: Change, link: string | null, which: string, { settings }: World): void {
  const { incident } = change;
  const { announce: channel } = settings;
  if (channel === null || whyInside({ incident }) !== null) return;
  const where: Line = link === null ? [] : [': ', linked(link)];
  const said = message([
    `The postmortem of ${titled(incident)} is published${which}`,
    ...where,
    '.',
  ]);
  notify(change, 'published', {
    to: { type: 'channel', id: channel },
    what: { type: 'message', message: said },
  });
}

const linked = (link: string): Span =>
  /^https?:\/\/\S+$/i.test(link) ? { type: 'link', url: link, text: link } : link;

/** The draft and its files. */
export const drafting: Rules<'refresh draft' | 'export' | 'publish'> = {
  'refresh draft': { handle: refreshDraft },
  export: { handle: exportRecord },
  publish: { needs: () => ({ milestone: 'closed' }), handle: publish },
};
