import type { Reply, World } from '../decision.ts';
import type { Basis, Entry } from '../entry.ts';
import { addressOf } from '../incident.ts';
import { headingOf, mayReplace } from '../postmortem/section-names.ts';
import { isSectionId, type SectionId } from '../postmortem/sections.ts';
import { ok, type Result, refuse } from '../result.ts';
import { type Block, bold, buttons, note, paragraph, user } from '../text.ts';
import type { SectionPlace } from '../words.ts';
import { type Change, revise, write } from './change.ts';
import type { ActionOf, Context, Rules } from './rule.ts';
import { button, quoted, reply, storable } from './wording.ts';

type Action = ActionOf<'section text'>;

/**
 * Keeps what somebody wrote for a section of the draft, as an entry: corrected, struck and audited
 * like any other. A text that its author has not seen is never written over without asking.
 */
function sectionText(change: Change, action: Action, context: Context): Result<Reply> {
  const { section } = action;
  if (!isSectionId(section)) {
    return refuse(`The draft has no section “${section}”.`, 'postmortem section');
  }
  const text = storable(action.text).text.trim();
  if (text === '') {
    return refuse('What should the section say?', `postmortem section ${section}`);
  }
  const before = writtenIn(change, section);
  const place = placeOf(action, section, before);
  if (before !== null && before.text === text && placeIn(before) === place) {
    return ok(
      reply([`${headingOf(section, context.world.settings)} says so already: #${before.no}.`]),
    );
  }
  if (before !== null && !hasSeen(action, before)) {
    return ok(conflict(change, action, before, context));
  }
  const entry = keep(
    change,
    { section, place, text, basis: basisOf(change, action) },
    before,
    context,
  );
  return ok(kept(change, entry, { section, place, before }, context.world));
}

const writtenIn = ({ snapshot }: Change, section: SectionId): Entry | null =>
  snapshot.entries.findLast(
    ({ detail, struck }) =>
      detail?.type === 'section' && detail.section === section && struck === null,
  ) ?? null;

const placeIn = ({ detail }: Entry): SectionPlace | null =>
  detail?.type === 'section' ? detail.place : null;

function placeOf({ place }: Action, section: SectionId, before: Entry | null): SectionPlace {
  const wanted = place ?? (before === null ? null : placeIn(before)) ?? 'beside';
  return mayReplace(section) ? wanted : 'beside';
}

const hasSeen = ({ seen }: Action, { no, revision }: Entry): boolean =>
  seen?.written?.entry === no && seen.written.revision === revision;

const basisOf = ({ snapshot: { incident } }: Change, { seen }: Action): Basis =>
  seen === null
    ? { seq: incident.seq, next: incident.nextEntry }
    : { seq: seen.seq, next: seen.next };

function keep(
  change: Change,
  given: { section: SectionId; place: SectionPlace; text: string; basis: Basis },
  before: Entry | null,
  { actor, request }: Context,
): Entry {
  const { text, ...rest } = given;
  const detail = { type: 'section', ...rest } as const;
  if (before !== null) {
    return revise(
      change,
      before,
      { text, detail },
      { by: actor.id, change: 'edited', reason: null },
    );
  }
  return write(change, { at: null, text, detail, author: actor.id, source: request.source });
}

function kept(
  { incident }: Change,
  entry: Entry,
  given: { section: SectionId; place: SectionPlace; before: Entry | null },
  { settings }: World,
): Reply {
  const { section, place, before } = given;
  const heading = headingOf(section, settings);
  const where = place === 'instead' ? 'in place of' : 'beside';
  const follows =
    incident.status === 'resolved'
      ? 'A new version of the draft follows in its thread.'
      : 'The draft is written when the incident is resolved; your text is in it then.';
  const back =
    before === null
      ? button(incident, 'Take it out', `strike ${entry.no}`)
      : button(incident, 'Take it back', `restore ${entry.no}`);
  return reply([bold(heading), `: your text stands ${where} what is generated (#${entry.no}).`], {
    lines: [[quoted(entry.text)]],
    notes: [[follows]],
    buttons: [button(incident, 'Edit again', `postmortem section ${section}`), back],
  });
}

/** Somebody wrote there meanwhile: both texts, and nothing is changed until one of them is chosen. */
function conflict(change: Change, action: Action, before: Entry, { actor, world }: Context): Reply {
  const { incident } = change;
  const heading = headingOf(action.section as SectionId, world.settings);
  const by = change.snapshot.revisions.findLast(
    (one) => one.entry === before.no && one.change !== 'redacted',
  )?.by;
  const author = by ?? before.author;
  const first = [
    ...(author === actor.id
      ? [`You wrote for “${heading}” elsewhere, after you opened this form`]
      : [
          author === null ? 'Somebody' : user(author),
          ` wrote for “${heading}” what you had not seen`,
        ]),
    ` (#${before.no}). Nothing is changed yet.`,
  ];
  const blocks: readonly Block[] = [
    paragraph(...first),
    paragraph('It says:'),
    { type: 'quote', text: before.text },
    paragraph('Yours:'),
    { type: 'quote', text: storable(action.text).text.trim() },
    note('To have both, edit what is there and add yours.'),
    buttons({
      label: 'Edit what is there',
      command: `${addressOf(incident)} postmortem section ${action.section}`,
    }),
  ];
  const { seq, nextEntry: next } = change.snapshot.incident;
  const written = { entry: before.no, revision: before.revision };
  return {
    message: { summary: first, blocks },
    to: 'asker',
    outcome: 'asked',
    question: {
      yes: 'Put mine in its place',
      action: { ...action, seen: { seq, next, ...action.seen, written } },
    },
  };
}

/** What people write for the draft. */
export const sectionTexts: Rules<'section text'> = {
  'section text': { needs: ({ section }) => ({ section }), handle: sectionText },
};
