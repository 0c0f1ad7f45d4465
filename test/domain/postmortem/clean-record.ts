import type { Detail, Entry } from '../../../src/domain/entry.ts';
import type { IncidentRecord } from '../../../src/domain/record.ts';
import type { Kind, MilestoneName } from '../../../src/domain/words.ts';
import { createScribe, type Scribe } from '../../support/scribe.ts';

const DAY = '2026-03-10T';
const at = (clock: string): number => Date.parse(`${DAY}${clock}:00Z`);

/** How one record differs from the clean one. */
export interface Change {
  /** Milestones left out, moved to another clock, or put on an entry without a time. */
  readonly marks?: Partial<Record<MilestoneName, string | null | 'untimed'>>;
  readonly texts?: Partial<Record<'mitigated' | 'resolved' | 'cause found' | 'detected', string>>;
  readonly without?: readonly string[];
  readonly also?: (scribe: Scribe) => void;
  readonly incident?: Partial<IncidentRecord['incident']>;
}

/** A line of the timeline. */
export const log = (scribe: Scribe, clock: string | null, text: string, ...kinds: Kind[]): Entry =>
  scribe.write({ at: clock === null ? null : at(clock), text, kinds });

/** A record that leaves nothing to be asked, unless something about it is changed. */
export function record({
  marks = {},
  texts = {},
  without = [],
  also,
  incident = {},
}: Change): IncidentRecord {
  const scribe = createScribe(42, at('14:02'), 'Checkout fails', 'UTC');
  const moments: readonly (readonly [MilestoneName, string, string, readonly Kind[]])[] = [
    ['impact started', '14:00', 'Checkout answers with errors', ['impact']],
    ['detected', '14:01', 'Alert: error rate of checkout above 5 per minute', ['alert']],
    ['declared', '14:02', 'Declared.', []],
    ['acknowledged', '14:04', 'On call looks at it', ['acknowledged']],
    ['cause found', '14:12', 'Pool of connections is exhausted', ['cause']],
    ['mitigated', '14:22', 'Rolled back to the release of Monday', ['mitigation']],
    ['impact ended', '14:28', 'Error rate back at its usual level', ['recovered']],
    ['resolved', '14:33', 'Watched for five minutes, all orders go through', ['recovered']],
  ];
  log(scribe, '13:55', 'Release 118 deployed', 'change');
  log(scribe, '14:14', 'Rollback of release 118 started', 'mitigation');
  for (const [name, clock, text, kinds] of moments) {
    const moved = marks[name];
    if (moved === null) continue;
    const told = moved === 'untimed' ? null : (moved ?? clock);
    const words = (texts as Record<string, string | undefined>)[name] ?? text;
    scribe.point(name, log(scribe, told, words, ...kinds).no);
  }
  findings(scribe, without);
  also?.(scribe);
  return scribe.record(incident);
}

function findings(scribe: Scribe, without: readonly string[]): void {
  const finds: readonly (readonly [string, () => unknown])[] = [
    ['effect', () => scribe.find('effect', 'Checkout failed for 20% of users.')],
    ['trigger', () => cause(scribe, 'trigger', 'Release 118 doubled the connections per request.')],
    [
      'cause',
      () => cause(scribe, 'root', 'The pool allows fewer connections than release 118 opens.'),
    ],
    [
      'fix',
      () =>
        detail(scribe, { type: 'fix', n: 1, permanence: 'permanent' }, 'The pool was enlarged.'),
    ],
    [
      'workaround',
      () => detail(scribe, { type: 'workaround', n: 1, none: true }, 'There was none.'),
    ],
    ['comms', () => comms(scribe, '14:10', 'Status page: checkout fails for some of the orders')],
    ['action', () => act(scribe, 'Alert on pool usage above 80%')],
    ['stated', () => scribe.state('downtime', 28 * 60_000)],
  ];
  for (const [name, find] of finds) if (!without.includes(name)) find();
}

/** An entry with this detail. */
export const detail = (scribe: Scribe, given: Detail, text: string): Entry =>
  scribe.write({ text, after: null, detail: given });
/** A cause. */
export const cause = (
  scribe: Scribe,
  role: 'trigger' | 'root' | 'contributing',
  text: string,
): Entry => detail(scribe, { type: 'cause', n: scribe.next('cause'), role }, text);
/** A message to the outside. */
export const comms = (scribe: Scribe, clock: string | null, text: string): Entry =>
  scribe.write({
    text,
    at: clock === null ? null : at(clock),
    after: null,
    kinds: ['comms'],
    detail: { type: 'comms', audience: 'external' },
  });
/** An action item with nothing missing. */
export const act = (scribe: Scribe, text: string, more = {}): void =>
  scribe.action(text, {
    owner: 'U1',
    due: at('20:00'),
    refs: ['OPS-1'],
    addresses: 'c1',
    sort: 'preventive',
    ...more,
  });
/** An entry with a time as typed. */
export const typed = (
  scribe: Scribe,
  text: string,
  time: Partial<NonNullable<Entry['time']>>,
  question: Entry['question'] = null,
): Entry =>
  scribe.write({
    text,
    at: question === null ? at('14:15') : null,
    time: { typed: '14:15', zone: 'UTC', flags: [], disagreements: [], ...time },
    question,
  });
/** A time that could not be read. */
export const question = (reason: string): Entry['question'] => ({
  code: 'ambiguous-zone',
  typed: '14:15 IST',
  reason,
  offers: [{ label: '14:15 UTC', typed: '14:15 UTC' }],
});

/** Other effects than the clean one. */
export const effect = (...lines: readonly string[]): Change => ({
  without: ['effect'],
  also: (scribe) => {
    for (const line of lines) scribe.find('effect', line);
  },
});
/** The clean record and something more. */
export const more = (also: (scribe: Scribe) => void): Change => ({ also });
/** The clean record and one more line. */
export const line = (clock: string | null, text: string, ...kinds: Kind[]): Change =>
  more((scribe) => log(scribe, clock, text, ...kinds));

/** Reopened, and perhaps resolved again. */
export function reopenedAt(clock: string, resolved?: string): Change {
  return {
    incident: { round: 1 },
    also: (scribe) => {
      scribe.point(
        'reopened',
        scribe.write({
          at: at(clock),
          text: 'Reopened: errors again',
          detail: { type: 'reopened', reason: null },
        }).no,
        1,
      );
      if (resolved !== undefined)
        scribe.point('resolved', log(scribe, resolved, 'Over again').no, 1);
    },
  };
}

/** Noticed by a report before any alert, with a lesson drawn. */
export function reportFirst(lesson: string): Change {
  return {
    marks: { detected: null },
    also: (scribe) => {
      scribe.point('detected', log(scribe, '14:03', 'Shops report that orders fail', 'report').no);
      scribe.find('lesson', lesson);
    },
  };
}

/** Repaired for now; what will last is an action with these fields, if any are given. */
export const temporary = (lasting: object | null): Change => ({
  without: ['fix'],
  also: (scribe) => {
    detail(
      scribe,
      { type: 'fix', n: 1, permanence: 'temporary' },
      'The pool was enlarged by hand.',
    );
    if (lasting !== null) act(scribe, 'Size the pool by the release', lasting);
  },
});
