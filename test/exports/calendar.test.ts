import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, test } from 'vitest';
import type { Archive } from '../../src/domain/archive.ts';
import type { Entry } from '../../src/domain/entry.ts';
import { calendar } from '../../src/exports/calendar.ts';
import { showable } from '../../src/exports/showable.ts';
import { archived } from '../support/archived.ts';
import { createScribe } from '../support/scribe.ts';

const START = Date.parse('2026-03-10T12:00:00Z');
const DUE = Date.parse('2026-03-13T22:59:00Z');
const HOSTILE =
  'a; b, c\\ d\r\nEND:VCALENDAR\r\nBEGIN:VEVENT\nATTACH:https://evil 👩‍👩‍👧‍👦 \u0007 ';

interface Part {
  readonly kind: string;
  readonly values: Readonly<Record<string, string>>;
}

/** The parts of the file with their properties, as a calendar reads them. */
const partsOf = (file: string): Part[] =>
  new ICAL.Component(ICAL.parse(file)).getAllSubcomponents().map((part) => ({
    kind: part.name,
    values: Object.fromEntries(
      part.getAllProperties().map((property) => [property.name, String(property.getFirstValue())]),
    ),
  }));

function followUps(): Archive {
  const scribe = createScribe(42, START, 'Checkout is down', 'UTC');
  scribe.action('Add an alert', { owner: 'U1', due: DUE, refs: ['OPS-7'], addresses: 'c1' });
  scribe.action('Write it up', { owner: 'U9', done: true, due: DUE });
  scribe.action('Some day');
  scribe.set('review', '2026-03-12 13:00 UTC');
  return archived(scribe.record());
}

/** The archive with one entry changed. */
const changed = (archive: Archive, no: number, change: Partial<Entry>): Archive => ({
  ...archive,
  entries: archive.entries.map((entry) => (entry.no === no ? { ...entry, ...change } : entry)),
});

test('the review is a meeting; an action item is a task, and an event on the day it is due', () => {
  const parts = partsOf(calendar([followUps()]));
  expect(parts.map(({ kind, values }) => [kind, values.uid, values.status])).toEqual([
    ['vevent', 'i42-review@muster', 'CONFIRMED'],
    ['vtodo', 'i42-action-1@muster', 'NEEDS-ACTION'],
    ['vevent', 'i42-action-1-due@muster', 'CONFIRMED'],
    ['vtodo', 'i42-action-2@muster', 'COMPLETED'],
    ['vevent', 'i42-action-2-due@muster', 'CANCELLED'],
    ['vtodo', 'i42-action-3@muster', 'NEEDS-ACTION'],
  ]);
  const [review, task, event, , , undated] = parts;
  expect(review?.values).toMatchObject({
    summary: 'Review of the postmortem: INC-42 · Checkout is down',
    dtstart: '2026-03-12T13:00:00Z',
    dtend: '2026-03-12T14:00:00Z',
  });
  expect(task?.values).toMatchObject({
    summary: 'INC-42 a1: Add an alert',
    description: 'Add an alert\nOwner: Robin Vermeer\nTracker: OPS-7\nCause: c1',
    due: '2026-03-13T22:59:00Z',
    dtstamp: '2026-03-10T12:00:00Z',
  });
  expect(event?.values).toMatchObject({ dtstart: '2026-03-13T22:59:00Z', transp: 'TRANSPARENT' });
  expect(undated?.values.due).toBeUndefined();
});

test('the postmortem is a task from its resolution until it is published', () => {
  const timer = {
    id: 't',
    name: 'postmortem',
    step: 2,
    dueAt: 0,
    delay: 0,
    gen: 3,
    state: 'pending',
  } as const;
  const archive = { ...followUps(), timers: [{ ...timer, basis: START, span: 86_400_000 }] };
  const task = (given: Archive) =>
    partsOf(calendar([given])).find(({ values }) => values.uid === 'i42-postmortem@muster');
  expect(task(archive)).toMatchObject({
    kind: 'vtodo',
    values: { due: '2026-03-11T12:00:00Z', status: 'NEEDS-ACTION' },
  });
  const snoozed = { ...timer, basis: START, span: 86_400_000, delay: 3_600_000 };
  expect(task({ ...archive, timers: [snoozed] })?.values.due).toBe('2026-03-11T13:00:00Z');
  const resting = { ...timer, basis: START, span: 86_400_000, state: 'resting' as const };
  expect(task({ ...archive, timers: [resting] })?.values.status).toBe('NEEDS-ACTION');
  const milestones = [{ name: 'closed', round: 0, entry: 1, at: START } as const];
  expect(task({ ...archive, incident: { ...archive.incident, milestones } })?.values.status).toBe(
    'COMPLETED',
  );
  expect(task(followUps())).toBeUndefined();
});

test.each([
  ['open', {}, 'NEEDS-ACTION', 'CONFIRMED'],
  ['in progress', { started: true }, 'IN-PROCESS', 'CONFIRMED'],
  ['done', { done: true }, 'COMPLETED', 'CANCELLED'],
  ['dropped', { dropped: 'not worth it' }, 'CANCELLED', 'CANCELLED'],
])('an action item that is %s says so, and so does its date', (_, item, todo, date) => {
  const scribe = createScribe(42, START, 'Checkout is down', 'UTC');
  scribe.action('Add an alert', { due: DUE, ...item });
  const parts = partsOf(calendar([archived(scribe.record())]));
  expect(parts.map(({ values }) => values.status)).toEqual([todo, date]);
});

describe('importing the next export changes what the last one brought', () => {
  test('a review that was moved keeps its UID and counts up', () => {
    const scribe = createScribe(42, START, 'Checkout is down', 'UTC');
    scribe.set('review', '2026-03-12 13:00 UTC');
    const [before] = partsOf(calendar([archived(scribe.record())]));
    scribe.set('review', '2026-03-13 13:00 UTC');
    const [after, ...others] = partsOf(calendar([archived(scribe.record())]));
    expect(others).toEqual([]);
    expect(after?.values.uid).toBe(before?.values.uid);
    expect(Number(after?.values.sequence)).toBeGreaterThan(Number(before?.values.sequence));
    expect(after?.values.dtstart).toBe('2026-03-13T13:00:00Z');
  });

  test('what was struck is cancelled, with the moment of the correction', () => {
    const struck = { struck: { by: 'U1', at: START + 60_000, reason: '' }, revision: 1 };
    const archive = changed(changed(followUps(), 1, struck), 4, struck);
    const revisions = [1, 4].map((entry) => ({
      entry,
      revision: 0,
      before: archive.entries[0] as Entry,
      by: 'U1',
      at: START + 60_000,
      change: 'struck' as const,
      reason: null,
      seq: 9,
    }));
    const parts = partsOf(
      calendar([{ ...archive, revisions, incident: { ...archive.incident, header: {} } }]),
    );
    const cancelled = parts
      .filter(({ values }) => values.status === 'CANCELLED')
      .map(({ values }) => values);
    expect(cancelled.map(({ uid }) => uid)).toEqual([
      'i42-review@muster',
      'i42-action-1@muster',
      'i42-action-1-due@muster',
      'i42-action-2-due@muster',
    ]);
    expect(cancelled[1]).toMatchObject({ sequence: '1', dtstamp: '2026-03-10T12:01:00Z' });
  });
});

test('words that were set as a review before it was read as a time stay out', () => {
  const scribe = createScribe(42, START, 'Checkout', 'UTC');
  scribe.set('review', 'some time next week');
  expect(partsOf(calendar([archived(scribe.record())]))).toEqual([]);
});

test('what belongs to a private incident says so', () => {
  const archive = followUps();
  const secret = { ...archive, incident: { ...archive.incident, private: true } };
  expect(partsOf(calendar([secret])).every(({ values }) => values.class === 'PRIVATE')).toBe(true);
  expect(partsOf(calendar([archive])).some(({ values }) => 'class' in values)).toBe(false);
});

function expectWellFormed(file: string): void {
  expect(file.endsWith('\r\n')).toBe(true);
  expect(file.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  expect(file).not.toMatch(/[^\P{Cc}\t\r\n]/u);
  for (const line of file.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
}

test('hostile text stays text: lines of 75 octets, nothing begun or ended by it', () => {
  const scribe = createScribe(42, START, HOSTILE.repeat(4), 'UTC');
  scribe.action(HOSTILE.repeat(4), { owner: 'U1', due: DUE, refs: [HOSTILE], addresses: HOSTILE });
  scribe.set('review', '2026-03-12 13:00 UTC');
  const file = calendar([{ ...archived(scribe.record()), people: { U1: HOSTILE } }]);
  expectWellFormed(file);
  const parts = partsOf(file);
  expect(parts.map(({ kind }) => kind)).toEqual(['vevent', 'vtodo', 'vevent']);
  const shown = HOSTILE.replaceAll('\r\n', '\n').replace('\u0007', '\uFFFD');
  expect(parts[1]?.values.description).toBe(
    `${shown.repeat(4)}\nOwner: ${shown}\nTracker: ${shown}\nCause: ${shown}`,
  );
  expect(file).not.toMatch(/^ATTACH/m);
});

test('any text comes out as it went in', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
      const scribe = createScribe(42, START, 'x', 'UTC');
      scribe.action(text, { owner: 'U1' });
      const file = calendar([archived(scribe.record())]);
      expectWellFormed(file);
      expect(partsOf(file)[0]?.values.description).toContain(`${showable(text)}\nOwner: `);
    }),
    { numRuns: 200 },
  );
});
