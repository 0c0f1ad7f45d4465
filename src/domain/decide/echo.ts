import { addressed } from '../addressed.ts';
import { type Entry, isFinding } from '../entry.ts';
import { isOver } from '../incident.ts';
import type { Instant, Zone } from '../instant.ts';
import { type Button, bold, code, type Line } from '../text.ts';
import { echoTime } from '../time/echo.ts';
import { KINDS, type Kind, type MilestoneName } from '../words.ts';
import { type Change, pointer } from './change.ts';
import { otherTimes } from './other-times.ts';
import type { Context } from './rule.ts';
import { unmistakable, type When } from './times.ts';
import { button, goOnThere, LONGEST_TEXT, quoted, type ReplyParts, sentence } from './wording.ts';

/** A moment as it is always echoed: UTC, the reporter's own time, the distance from now. */
export function momentLine(
  at: Instant,
  zone: Zone | null,
  now: Instant,
  written: Zone = 'UTC',
): string {
  const echo = echoTime({ at, zone: written }, { now, zone });
  const parts = [echo.utc, echo.local, echo.written, echo.ago];
  return parts.filter((part) => part !== null).join(' · ');
}

/** The time of an entry in an echo, whatever is known of it. */
export function timeLine(entry: Entry, { actor, world }: Context): Line {
  if (entry.question !== null) return ['No time yet: ', entry.question.reason];
  if (entry.at !== null) return [momentLine(entry.at, actor.zone, world.now, entry.time?.zone)];
  // A finding belongs to the draft's prose and needs no time; a line of the timeline does.
  if (isFinding(entry)) return ['For the draft; no time is needed.'];
  const place = entry.after === null ? 'its place in the order is kept' : `after #${entry.after}`;
  return [`Time not recorded; ${place}.`];
}

/** What else should be said about how a time was read. */
export function readingNotes(when: When): readonly Line[] {
  if (when.type !== 'at' || when.reading === null) return [];
  const { flags, restated = [] } = when.reading;
  const notes: Line[] = [];
  if (flags.includes('yesterday')) notes.push(['Read as yesterday.']);
  if (flags.includes('previous-year')) notes.push(['Read as last year.']);
  if (flags.includes('approximate')) notes.push(['Kept as approximate.']);
  for (const { problem } of restated) if (problem !== null) notes.push([sentence(problem)]);
  return notes;
}

/** Buttons that settle or change the time of an entry. */
export function timeButtons(change: Change, { no, question }: Entry, when: When): Button[] {
  const { incident } = change;
  const offers = question?.offers ?? [];
  const settle = offers.map(({ label, typed }) =>
    button(incident, label, `edit ${no} at ${typed}`),
  );
  const alternative = when.type === 'at' ? when.reading?.alternative : undefined;
  if (alternative === undefined) return settle;
  // In full, because it may be pressed on another day.
  const full = unmistakable(alternative.at);
  return [...settle, button(incident, `I meant ${alternative.label}`, `edit ${no} at ${full}`)];
}

/** What is typed to point each milestone at an entry, by the kind that suggests it. */
const OFFERED: Partial<Record<Kind, { readonly name: MilestoneName; readonly verb: string }>> = {
  impact: { name: 'impact started', verb: 'impact started' },
  detected: { name: 'detected', verb: 'detected' },
  acknowledged: { name: 'acknowledged', verb: 'ack' },
  mitigation: { name: 'mitigated', verb: 'mitigated' },
  cause: { name: 'cause found', verb: 'cause found' },
  recovered: { name: 'impact ended', verb: 'impact ended' },
};

/** A kind never sets a milestone; it offers to. */
export function milestoneButtons(
  change: Change,
  { no, at, kinds }: Pick<Entry, 'no' | 'at' | 'kinds'>,
): Button[] {
  if (at === null) return [];
  return kinds.flatMap((kind) => {
    const offer = OFFERED[kind];
    if (offer === undefined) return [];
    const now = pointer(change, offer.name);
    if (now?.entry === no) return [];
    const label = now === null ? `Set “${offer.name}” to #${no}` : `Move “${offer.name}” to #${no}`;
    return [button(change.incident, label, `${offer.verb} #${no}`)];
  });
}

/** Sets the kind of an entry that was typed without one: a #tag that nobody need remember. */
export const kindMenu = ({ incident }: Change, { no, kinds }: Pick<Entry, 'no' | 'kinds'>) => ({
  name: `Set the kind of #${no}`,
  items: KINDS.filter((kind) => !kinds.includes(kind)).map((kind) =>
    button(incident, kind, `edit ${no} #${kind}`),
  ),
});

function lateNotes(change: Change, { at }: Entry): { notes: Line[]; buttons: Button[] } {
  const { incident } = change;
  const there = goOnThere(incident, 'log …');
  if (there !== null) return { notes: [there], buttons: [] };
  const resolved = pointer(change, 'resolved');
  if (!isOver(incident) || resolved === null || at === null) return { notes: [], buttons: [] };
  if (resolved.at === null || at <= resolved.at) return { notes: [], buttons: [] };
  return {
    notes: [['This is after the incident was resolved. If it is going on, reopen it.']],
    buttons: [button(incident, 'Reopen', 'reopen')],
  };
}

/** The echo of a new entry: its number, its words, its time, what was understood, and the way back. */
export function echo(
  change: Change,
  context: Context,
  entry: Entry,
  when: When,
  more: ReplyParts & { readonly as?: string } = {},
): { first: Line; parts: ReplyParts } {
  const late = lateNotes(change, entry);
  const typed = context.request.typed;
  const kinds: Line[] =
    entry.kinds.length === 0 ? [] : [[entry.kinds.map((kind) => `#${kind}`).join(' ')]];
  const cut: Line[] =
    entry.text.length >= LONGEST_TEXT && typed.length > entry.text.length
      ? [[`Only the first ${LONGEST_TEXT} characters were kept.`]]
      : [];
  const open: Line[] =
    entry.question === null
      ? []
      : [['To settle it, type ', code(`/incident edit ${entry.no} at <time>`), '.']];
  const unread: Line[] =
    /^\S+ at /i.test(addressed(typed).rest) && when.type === 'at' && when.reading === null
      ? [
          [
            'No time was read after “at”: this is text, logged now. To set one, type ',
            code(`/incident edit ${entry.no} at 14:05`),
            '.',
          ],
        ]
      : [];
  return {
    first: [bold(`#${entry.no}`), ` ${more.as ?? 'Logged'}: ${quoted(entry.text)}`],
    parts: {
      lines: [timeLine(entry, context), ...(more.lines ?? [])],
      notes: [
        ...kinds,
        ...readingNotes(when),
        ...unread,
        ...open,
        ...cut,
        ...late.notes,
        ...(more.notes ?? []),
      ],
      buttons: [
        ...timeButtons(change, entry, when),
        ...milestoneButtons(change, entry),
        ...(more.buttons ?? []),
        ...late.buttons,
        ...otherTimes(change, context, entry, when),
        button(
          change.incident,
          entry.question === null ? 'Correct' : 'Set its time',
          `edit ${entry.no}`,
        ),
        button(change.incident, 'Strike', `strike ${entry.no}`),
      ],
      ...(more.menu === undefined ? {} : { menu: more.menu }),
    },
  };
}
