import ICAL from 'ical.js';
import { type ActionState, stateOf } from '../domain/action-item.ts';
import type { Archive } from '../domain/archive.ts';
import type { Entry } from '../domain/entry.ts';
import { incidentName, milestone } from '../domain/incident.ts';
import type { Instant } from '../domain/instant.ts';
import { momentOfReview, REVIEW, reviewOf } from '../domain/review.ts';
import { oneLine } from '../domain/views/phrases.ts';
import { showable } from './showable.ts';

const CRLF = '\r\n';
/** The library leaves out of its count the blank that a continued line begins with: 75 octets in all. */
ICAL.foldLength = 74;

/** Nobody says how long a review is; an hour is what calendars propose. */
const REVIEW_MINUTES = 60;

/**
 * What is still to come as an iCalendar file (RFC 5545): the review, the postmortem's due date and the
 * action items. The same thing has the same UID in every export, so that importing the next one
 * moves or cancels it in place of doubling it.
 */
export function calendar(archives: readonly Archive[]): string {
  const file = new ICAL.Component('vcalendar');
  set(file, { version: '2.0', prodid: '-//Muster//Muster//EN', calscale: 'GREGORIAN' });
  for (const archive of archives) {
    const parts = [...reviews(archive), ...postmortems(archive), ...actions(archive)];
    for (const part of parts) {
      if (archive.incident.private) set(part, { class: 'PRIVATE' });
      file.addSubcomponent(part);
    }
  }
  return `${file.toString()}${CRLF}`;
}

type Values = Readonly<Record<string, string | number | { readonly at: Instant } | null>>;

/** Adds properties: words are escaped and folded by the library, instants are in UTC. */
function set(component: ICAL.Component, values: Values): void {
  for (const [name, value] of Object.entries(values)) {
    if (value === null) continue;
    if (typeof value === 'object') component.addPropertyWithValue(name, moment(value.at));
    else component.addPropertyWithValue(name, typeof value === 'string' ? showable(value) : value);
  }
}

const moment = (at: Instant): ICAL.Time => ICAL.Time.fromJSDate(new Date(at), true);

function part(kind: 'vevent' | 'vtodo', values: Values): ICAL.Component {
  const component = new ICAL.Component(kind);
  set(component, values);
  return component;
}

const uid = ({ incident }: Archive, what: string): string => `${incident.id}-${what}@muster`;

/** The review, as it was set last; cancelled once that was struck. */
function reviews(archive: Archive): ICAL.Component[] {
  const { incident, entries } = archive;
  const typed = entries.filter(({ detail }) => detail?.type === 'field' && detail.field === REVIEW);
  const last = typed.at(-1);
  const kept = last?.detail?.type === 'field' ? momentOfReview(last.detail.value) : null;
  const at = reviewOf(incident) ?? kept;
  if (at === null) return [];
  return [
    part('vevent', {
      uid: uid(archive, 'review'),
      dtstamp: { at: Math.max(incident.openedAt, ...typed.map((one) => revised(archive, one))) },
      // Typing it again makes another entry: both that and a correction must count up.
      sequence: typed.reduce((sum, { revision }) => sum + 1 + revision, 0),
      summary: oneLine(`Review of the postmortem: ${titleOf(archive)}`, 200),
      dtstart: { at },
      dtend: { at: at + REVIEW_MINUTES * 60_000 },
      status: reviewOf(incident) === null ? 'CANCELLED' : 'CONFIRMED',
    }),
  ];
}

/** The postmortem, due by the ladder until it is published. */
function postmortems(archive: Archive): ICAL.Component[] {
  const { incident, timers } = archive;
  const timer = timers.find(({ name }) => name === 'postmortem');
  // The working days of a drill are those of its own calendar.
  if (timer === undefined || incident.drill) return [];
  const published = milestone(incident, 'closed', incident.round) !== undefined;
  const stopped = timer.state === 'cancelled' ? 'CANCELLED' : 'NEEDS-ACTION';
  return [
    part('vtodo', {
      uid: uid(archive, 'postmortem'),
      dtstamp: { at: archive.asOf },
      sequence: timer.gen,
      summary: oneLine(`Publish the postmortem: ${titleOf(archive)}`, 200),
      // As it was put off by `snooze`.
      due: { at: timer.basis + timer.span + timer.delay },
      status: published ? 'COMPLETED' : stopped,
    }),
  ];
}

/** A task's status in the words of RFC 5545. */
const STATUS: Readonly<Record<ActionState, string>> = {
  open: 'NEEDS-ACTION',
  'in progress': 'IN-PROCESS',
  done: 'COMPLETED',
  dropped: 'CANCELLED',
};

/**
 * Every action item as a task, and its due date as an event too: Google's and Microsoft's calendars
 * leave tasks out.
 */
const actions = (archive: Archive): ICAL.Component[] =>
  archive.entries.flatMap((entry) => {
    const { detail, struck, revision, text } = entry;
    if (detail?.type !== 'action') return [];
    const { due } = detail.item;
    const state = stateOf(detail.item);
    const stands = struck === null && state !== 'dropped';
    const name = `${incidentName(archive.incident)} a${detail.n}`;
    const values: Values = {
      dtstamp: { at: revised(archive, entry) },
      sequence: revision,
      description: describe(archive, entry),
    };
    const task = part('vtodo', {
      uid: uid(archive, `action-${detail.n}`),
      ...values,
      summary: oneLine(`${name}: ${text}`, 200),
      due: due === null ? null : { at: due },
      status: stands ? STATUS[state] : 'CANCELLED',
    });
    if (due === null) return [task];
    const event = part('vevent', {
      uid: uid(archive, `action-${detail.n}-due`),
      ...values,
      summary: oneLine(`Due: ${name}: ${text}`, 200),
      dtstart: { at: due },
      transp: 'TRANSPARENT',
      status: stands && state !== 'done' ? 'CONFIRMED' : 'CANCELLED',
    });
    return [task, event];
  });

function describe({ people }: Archive, { text, detail }: Entry): string {
  if (detail?.type !== 'action') return text;
  const { owner, refs, addresses } = detail.item;
  const called = owner !== null && Object.hasOwn(people, owner) ? people[owner] : owner;
  const lines = [
    text,
    `Owner: ${called ?? 'not recorded'}`,
    ...(refs.length === 0 ? [] : [`Tracker: ${refs.join(', ')}`]),
    ...(addresses === null ? [] : [`Cause: ${addresses}`]),
  ];
  return lines.join('\n');
}

const titleOf = ({ incident }: Archive): string => `${incidentName(incident)} · ${incident.title}`;

/** When an entry was last changed. */
const revised = ({ revisions }: Archive, { no, recordedAt }: Entry): Instant =>
  Math.max(recordedAt, ...revisions.filter(({ entry }) => entry === no).map(({ at }) => at));
