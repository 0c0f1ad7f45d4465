import { readFileSync } from 'node:fs';
import type { Instant } from '../../src/domain/instant.ts';
import type { IncidentRecord, Report } from '../../src/domain/record.ts';
import type { Kind, MilestoneName } from '../../src/domain/words.ts';
import { EXTRAS, type Extras } from './case-extras.ts';
import { createScribe, type Scribe } from './scribe.ts';

/** One incident of a case file, as far as somebody could type it. */
export interface Case {
  readonly title: string;
  readonly reporterTimeZone: string;
  readonly severity: string;
  readonly declaredAt: string;
  readonly impactStartedAt: string | null;
  readonly detectedAt: string | null;
  readonly acknowledgedAt: string | null;
  readonly mitigatedAt: string | null;
  readonly resolvedAt: string | null;
  readonly events: readonly CaseEvent[];
  readonly impact: string;
  readonly rootCause: string;
  readonly resolution: string;
  readonly actions: readonly { text: string; tracker?: string; state?: string }[];
  readonly facts: readonly string[];
  readonly statedDurationMinutes: number | null;
  readonly computedDurationMinutes: number;
  readonly computed: Readonly<Record<string, number | null>>;
  readonly assumed?: readonly string[];
  readonly statedMetrics?: Readonly<Record<string, number | null>>;
  readonly displayZones?: readonly string[];
}

interface CaseEvent {
  readonly at: string | null;
  readonly asTyped: string | null;
  readonly kind: string;
  readonly subkind?: string;
  readonly text: string;
}

const KINDS: Readonly<Record<string, readonly Kind[]>> = {
  detection: ['detected'],
  report: ['report'],
  alert: ['alert'],
  action: ['action'],
  escalation: ['escalation'],
  mitigation: ['mitigation'],
  resolved: ['recovered'],
  monitoring: ['monitoring'],
  'failed-action': ['action', 'failed'],
  'hypothesis-that-was-wrong': ['hypothesis', 'dead-end'],
  'root-cause-found': ['cause'],
};

const SUBKINDS: Readonly<Record<string, readonly Kind[]>> = {
  change: ['change'],
  'impact-start': ['impact'],
  detection: ['detected'],
  acknowledged: ['acknowledged'],
  'failed-action': ['failed'],
  alert: ['alert'],
  monitoring: ['monitoring'],
  communication: ['comms'],
  handover: ['decision'],
};

/** A change is one, and not also an action; what came before is no report of users. */
function kindsOf({ kind, subkind }: CaseEvent): readonly Kind[] {
  if (subkind === 'lead-up') return ['note'];
  const more = SUBKINDS[subkind ?? ''] ?? [];
  const own = kind === 'action' && subkind !== undefined ? [] : (KINDS[kind] ?? []);
  return [...new Set([...own, ...more])];
}

/** Reads a case file. */
export const readCase = (name: string): Case & { incidents?: readonly Case[] } =>
  JSON.parse(readFileSync(new URL(`../fixtures/cases/${name}.json`, import.meta.url), 'utf8'));

const at = (iso: string | null): Instant | null => (iso === null ? null : Date.parse(iso));

/** The record of one incident of a case. */
export function caseRecord(given: Case, number: number, extras: Extras = {}): IncidentRecord {
  const openedAt = Date.parse(given.declaredAt);
  const scribe = createScribe(number, openedAt, given.title, given.reporterTimeZone);
  const declared = scribe.write({
    text: 'Declared.',
    at: openedAt,
    author: null,
    source: 'system',
    detail: { type: 'declared' },
  });
  scribe.point('declared', declared.no);
  let previous: number | null = null;
  const written = given.events.map((event, place) => {
    const reopened = event.subkind === 'reopened';
    const disagreements = extras.disagreements?.[place] ?? [];
    const entry = scribe.write({
      at: at(event.at),
      after: event.at === null ? previous : null,
      kinds: kindsOf(event),
      text: reopened ? `Reopened: ${event.text}` : event.text,
      time:
        event.at === null
          ? null
          : {
              typed: event.asTyped ?? '',
              zone: given.reporterTimeZone,
              flags: event.asTyped?.startsWith('~') ? ['approximate'] : [],
              disagreements,
            },
      detail: reopened ? { type: 'reopened', reason: event.text } : null,
    });
    previous = entry.no;
    return { event, no: entry.no };
  });
  const round = written.some(({ event }) => event.subkind === 'reopened') ? 1 : 0;
  pointMilestones(scribe, given, written, extras);
  typeFindings(scribe, given, extras);
  return scribe.record({
    severity: given.severity,
    round,
    status: given.resolvedAt === null || round > 0 ? 'monitoring' : 'resolved',
  });
}

type Written = readonly { readonly event: CaseEvent; readonly no: number }[];

/** Points a milestone to the event at its instant, or writes an entry of its own. */
function pointMilestones(scribe: Scribe, given: Case, written: Written, extras: Extras): void {
  const set = (
    name: MilestoneName,
    iso: string | null | undefined,
    fits: (event: CaseEvent) => boolean,
  ): void => {
    if (iso === null || iso === undefined) return;
    const there = written.filter(({ event }) => at(event.at) === at(iso));
    const chosen = there.find(({ event }) => fits(event)) ?? there[0];
    const no =
      chosen?.no ??
      scribe.write({ text: `${name.charAt(0).toUpperCase()}${name.slice(1)}.`, at: at(iso) }).no;
    scribe.point(name, no);
  };
  set('impact started', given.impactStartedAt, ({ subkind }) => subkind === 'impact-start');
  if (extras.untimedStart === true) {
    const start = written.find(({ event }) => event.subkind === 'impact-start');
    if (start !== undefined) scribe.point('impact started', start.no);
  }
  set(
    'detected',
    given.detectedAt,
    ({ subkind, kind }) => subkind === 'detection' || kind === 'detection',
  );
  set('acknowledged', given.acknowledgedAt, ({ subkind }) => subkind === 'acknowledged');
  const cause = written.find(({ event }) => event.kind === 'root-cause-found');
  set('cause found', cause?.event.at, ({ kind }) => kind === 'root-cause-found');
  set('mitigated', given.mitigatedAt, ({ kind }) => kind === 'mitigation');
  const ended = extras.impactEnded === undefined ? given.resolvedAt : extras.impactEnded;
  set('impact ended', ended, ({ kind }) => kind === 'resolved' || kind === 'mitigation');
  set('resolved', given.resolvedAt, ({ kind }) => kind === 'resolved');
  const reopened = written.find(({ event }) => event.subkind === 'reopened');
  if (reopened !== undefined) scribe.point('reopened', reopened.no, 1);
}

const sentences = (text: string): readonly string[] =>
  text.split(/(?<=[.!?])\s+|(?<=。)/u).filter((sentence) => sentence.trim() !== '');

function typeFindings(scribe: Scribe, given: Case, extras: Extras): void {
  for (const effect of sentences(given.impact)) scribe.find('effect', effect);
  scribe.find('cause', given.rootCause);
  scribe.find('fix', given.resolution);
  for (const [type, text] of extras.findings ?? []) scribe.find(type, text);
  typeAnswers(scribe, extras);
  for (const { text, tracker, state } of given.actions) {
    const done = state?.toLowerCase() === 'done';
    scribe.action(text, { refs: tracker === undefined ? [] : [tracker], done });
  }
  typeFigures(scribe, given, extras);
  if (given.displayZones !== undefined) scribe.set('zones', given.displayZones.join(', '));
  if (given.assumed !== undefined) scribe.set('assumed', given.assumed.join('; '));
  for (const [field, value] of Object.entries(extras.fields ?? {})) scribe.set(field, value);
}

function typeAnswers(scribe: Scribe, { noWorkaround, comms = [] }: Extras): void {
  if (noWorkaround !== undefined) {
    const detail = { type: 'workaround', n: scribe.next('workaround'), none: true } as const;
    scribe.write({ text: noWorkaround, after: null, detail });
  }
  for (const [audience, when, text] of comms) {
    const detail = { type: 'comms', audience } as const;
    scribe.write({ text, at: at(when), after: null, kinds: ['comms'], detail });
  }
}

const METRICS: Readonly<Record<string, string>> = {
  leadTimeMin: 'lead time',
  workAroundTimeMin: 'work around time',
  correctionTimeMin: 'correction time',
};

function typeFigures(scribe: Scribe, given: Case, extras: Extras): void {
  if (given.statedDurationMinutes !== null) {
    scribe.state(extras.stated ?? 'duration', given.statedDurationMinutes * 60_000);
  }
  for (const [key, value] of Object.entries(given.statedMetrics ?? {})) {
    scribe.state(METRICS[key] ?? key, value === null ? null : value * 60_000);
  }
}

/** The cases, each as the report that its commands would leave. */
export const CASES = [
  '02-2i2c-leap-2025',
  '08-wikimedia-commons-2019',
  '10-bilibili-slb-2021',
  'seed-0',
  'seed-1',
  'seed-2',
  'seed-3',
  'seed-4',
] as const;

/** The report of a case; of two incidents the shared actions are typed in the first. */
export function caseReport(name: string): Report {
  const given = readCase(name);
  if (given.incidents === undefined) return { records: [caseRecord(given, 42, EXTRAS[name])] };
  return {
    records: given.incidents.map((one, place) => {
      const shared = place === 0 ? { ...one, actions: given.actions } : one;
      return caseRecord(shared, 42 + place, EXTRAS[`${name}#${place + 1}`]);
    }),
  };
}
