import type { Address } from '../addressed.ts';
import type { Reply } from '../decision.ts';
import type { Entry, Revision } from '../entry.ts';
import { addressOf, type Incident, incidentName, isOver } from '../incident.ts';
import { isLinkTo, isSameLink, type Link, type LinkEnd, linkWords, mayName } from '../link.ts';
import { ok, type Result, refuse } from '../result.ts';
import { bold, type Line, user } from '../text.ts';
import { titled } from '../views/phrases.ts';
import type { LinkSort } from '../words.ts';
import { tellChannelQuietly } from './announcing.ts';
import { alsoChange, type Change, entryNumbered, revise, write } from './change.ts';
import type { ActionOf, Context, Rules } from './rule.ts';
import { button, nameOf, reply } from './wording.ts';

type How = Pick<Revision, 'by' | 'change' | 'reason'>;

const addressOnly = ({ number, drill }: Address): Address => ({ number, drill });

/** Both incidents say it, but for what one of them must not know of the other. */
function link(change: Change, action: ActionOf<'link'>, context: Context): Result<Reply> {
  const { incident } = change;
  if (addressOf(action.other) === addressOf(incident))
    return refuse(`${incidentName(incident)} is this incident itself.`, 'link 41 related');
  const there = change.other?.change ?? null;
  if (there === null) return refuse(`There is no ${incidentName(action.other)}.`, 'list');
  const secret = whyNotNamed(incident, there.incident);
  if (secret !== null) return secret;
  const known = incident.links.find(isLinkTo(action.other));
  if (known !== undefined && isSameLink(known, { sort: action.as, back: false }))
    return ok(
      reply(
        [
          nameOf(incident),
          ` is linked already: ${linkWords(known)}, `,
          bold(`#${known.entry}`),
          '.',
        ],
        {
          buttons: [button(incident, 'Unlink', `strike ${known.entry}`)],
        },
      ),
    );
  return ok(tied(change, there, action, known, context));
}

/** Why the other one's name may not stand here, or null. Whoever asks may see both. */
function whyNotNamed(incident: Incident, other: Incident) {
  if (mayName(incident, other)) return null;
  const [here, there] = [incidentName(incident), incidentName(other)];
  const instead = `${addressOf(other)} link ${addressOf(incident)} related`;
  if (other.private && incident.private)
    return refuse(
      `${here} and ${there} are both private, and who is in one need not be in the other: neither may name the other.`,
    );
  if (other.private)
    return refuse(
      `${there} is private: it must not be named in ${here}. Link it from there, then only ${there} shows it.`,
      instead,
    );
  return refuse(
    `${there} is a drill: it is not named in ${here}, which is real. Link it from there, then only ${there} shows it.`,
    instead,
  );
}

function tied(
  change: Change,
  there: Change,
  action: ActionOf<'link'>,
  known: Link | undefined,
  context: Context,
): Reply {
  const { incident } = change;
  const both = mayName(there.incident, incident);
  const { other, as: sort } = action;
  if (both)
    alsoChange(change, { type: 'link', other: addressOnly(incident), as: sort, back: true });
  const before = known === undefined ? undefined : entryNumbered(change, known.entry);
  if (before !== undefined) untie(change, before, context);
  const { actor, request } = context;
  const entry = write(change, {
    ...ended(there.incident, {
      sort,
      to: addressOnly(other),
      back: false,
      there: both ? there.incident.nextEntry : null,
    }),
    author: actor.id,
    source: request.source,
  });
  if (both) writeThere(there, incident, entry.no, sort, context);
  const told: Line = both
    ? [`${incidentName(there.incident)} shows it too.`]
    : [
        `Only ${incidentName(incident)} shows it: it is ${incident.private ? 'private' : 'a drill'}, and ${incidentName(there.incident)} is not.`,
      ];
  return reply([nameOf(incident), `: ${entry.text} `, bold(`#${entry.no}`)], {
    lines: [told],
    buttons: [button(incident, 'Undo', `strike ${entry.no}`)],
  });
}

/** The words and the meaning of one end. It has no time: it did not happen during the incident. */
const ended = (to: Incident, end: LinkEnd) => ({
  at: null,
  text: `${linkWords(end)}: ${to.title}`,
  detail: { type: 'link', ...end } as const,
});

function writeThere(
  there: Change,
  incident: Incident,
  entry: number,
  sort: LinkSort,
  { actor }: Context,
): void {
  const end = { sort, to: addressOnly(incident), back: true, there: entry };
  const written = write(there, { ...ended(incident, end), author: actor.id, source: 'system' });
  // Whoever works on it wants to know; of one that is over, card and draft say it.
  if (isOver(there.incident)) return;
  tellChannelQuietly(there, [user(actor.id), ` linked ${titled(incident)} with this incident.`], {
    notes: [[`${linkWords(end)}, `, bold(`#${written.no}`)]],
  });
}

/** The link that a merge leaves: the other one is a duplicate of this one. */
export function linkMerged(change: Change, there: Change, context: Context): void {
  const { incident } = change;
  alsoChange(change, { type: 'merge', other: addressOnly(incident), confirmed: true });
  const known = incident.links.find(isLinkTo(there.incident));
  const before = known === undefined ? undefined : entryNumbered(change, known.entry);
  if (before !== undefined) untie(change, before, context);
  const { actor } = context;
  const numbers = { here: change.incident.nextEntry, there: there.incident.nextEntry };
  const back = { sort: 'duplicate', to: addressOnly(there.incident), back: true } as const;
  const forth = { sort: 'duplicate', to: addressOnly(incident), back: false } as const;
  const by = { author: actor.id, source: 'system' } as const;
  write(change, { ...ended(there.incident, { ...back, there: numbers.there }), ...by });
  write(there, { ...ended(incident, { ...forth, there: numbers.here }), ...by });
}

/** Strikes the link that another one takes the place of, at both ends. */
function untie(change: Change, entry: Entry, { actor, world }: Context): void {
  const struck = { by: actor.id, at: world.now, reason: 'linked anew' };
  const how: How = { by: actor.id, change: 'struck', reason: 'linked anew' };
  revise(change, entry, { struck }, how);
  const end = change.other === null ? null : otherEnd(change, change.other.change, entry);
  if (end !== null && change.other !== null) revise(change.other.change, end, { struck }, how);
}

/** The entry that says the same over there. Where an import put another incident there, it is none. */
function otherEnd({ incident }: Change, there: Change, { detail, no }: Entry): Entry | null {
  if (detail?.type !== 'link' || detail.there === null) return null;
  const end = entryNumbered(there, detail.there);
  if (end?.detail?.type !== 'link' || end.detail.there !== no) return null;
  const { to } = end.detail;
  return to.number === incident.number && to.drill === incident.drill ? end : null;
}

/** So long ago whoever looked for the other end may have looked before it was written. */
const NEW_MS = 10_000;

/**
 * Has the other end of a link follow what becomes of this one: struck, or back again.
 *
 * Refuses where that cannot be: it is linked otherwise since, or the link was written a moment ago.
 */
export function followAtOtherEnd(
  change: Change,
  entry: Entry,
  struck: Entry['struck'],
  how: How,
): ReturnType<typeof refuse> | null {
  const { detail } = entry;
  if (detail?.type !== 'link') return null;
  const now = change.incident.links.find(isLinkTo(detail.to));
  if (struck === null && now !== undefined && now.entry !== entry.no)
    return refuse(
      `${incidentName(change.incident)} is linked with ${incidentName(detail.to)} by #${now.entry} now. Strike that first.`,
      `strike ${now.entry}`,
    );
  if (detail.there === null) return null;
  const verb = struck === null ? 'restore' : 'strike';
  const there = change.other?.change ?? null;
  const end = there === null ? null : otherEnd(change, there, entry);
  if (there === null || end === null)
    // Purged, or left behind by an import: this end is all that there is.
    return change.now - entry.recordedAt > NEW_MS
      ? null
      : refuse(`#${entry.no} was written in this moment. Try it again.`, `${verb} ${entry.no}`);
  alsoChange(
    change,
    struck === null
      ? { type: 'restore', entry: detail.there }
      : { type: 'strike', entry: detail.there, reason: how.reason },
  );
  if ((end.struck === null) !== (struck === null)) revise(there, end, { struck }, how);
  return null;
}

/** Incidents that have to do with each other. */
export const linking: Rules<'link'> = {
  link: {
    needs: ({ other }) => ({ other: { which: other, whole: false } }),
    handle: link,
  },
};
