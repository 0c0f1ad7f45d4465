import { randomUUID } from 'node:crypto';
import type { Action } from '../../src/domain/action.ts';
import { decide, open } from '../../src/domain/decide/index.ts';
import type { Decision, Snapshot, World } from '../../src/domain/decision.ts';
import type { Entry } from '../../src/domain/entry.ts';
import { composeDraft, draftMarkdown } from '../../src/domain/postmortem/index.ts';
import type { IncidentRecord } from '../../src/domain/record.ts';
import { opening, settingsOf } from './incidents.ts';
import { personOf, WORKSPACE } from './office.ts';
import { figure, type Section, shown } from './report.ts';

const SIZES = [1250, 2500, 5000, 10_000, 20_000];
const JUDGED = 10_000;
const ROUNDS = 5;
const BEGIN = Date.UTC(2026, 2, 8, 14, 0);
const EVERY_MS = 3000;
const SAYINGS = [
  'errors rise on checkout, 12% of requests fail',
  'restarted the pool on node 7, no change',
  'found a slow query in the orders database #cause',
  'rolled back release 214 #mitigation',
  'customers in Spain report timeouts #impact',
  'queue is draining, 40,000 left',
];

/** A record that grows line by line, by the rules, as if people had typed it. */
class Growing {
  readonly entries: Entry[] = [];
  private now = BEGIN;
  private snapshot: Snapshot;
  private readonly settings = settingsOf();

  constructor() {
    const context = { id: randomUUID(), workspace: WORKSPACE, number: 1, twin: null };
    const opened = open(context, this.request(opening('Checkout is down')), this.world());
    if (!opened.ok) throw new Error(opened.refusal.reason);
    const { incident, timers, entries } = opened.value;
    this.entries.push(...entries);
    this.snapshot = { incident, timers, entries: [], revisions: [] };
  }

  private world(): World {
    const { now, settings } = this;
    return { now, typedAt: now, settings, newId: randomUUID };
  }

  private request(action: Action) {
    const actor = { id: personOf(this.entries.length % 7), zone: 'Europe/Madrid' };
    return { action, actor, source: 'command', typed: action.type } as const;
  }

  private decided(action: Action): Decision {
    this.now += EVERY_MS;
    const decision = decide(this.snapshot, this.request(action), this.world());
    if (!decision.ok) throw new Error(decision.refusal.reason);
    return decision.value;
  }

  /** Somebody does something, and it stays done. */
  does(action: Action): void {
    const { incident, entries, timers } = this.decided(action);
    this.entries.push(...entries);
    const changed = this.snapshot.timers.map(
      (timer) => timers.find(({ name }) => name === timer.name) ?? timer,
    );
    this.snapshot = { incident, timers: changed, entries: [], revisions: [] };
  }

  says(n: number): void {
    this.does({
      type: 'log',
      when: null,
      text: `${SAYINGS[n % SAYINGS.length]} (${n})`,
      kinds: n % 17 === 0 ? ['cause'] : n % 23 === 0 ? ['mitigation'] : [],
      after: null,
      otherReading: null,
    });
  }

  /** The record as if the incident were resolved now. */
  resolved(): IncidentRecord {
    const { incident, entries, timers } = this.decided({
      type: 'resolve',
      when: null,
      text: 'the old release serves all traffic',
      confirmed: true,
    });
    const people = Object.fromEntries(
      Array.from({ length: 7 }, (_, n) => [personOf(n), `person-${n}`]),
    );
    return { incident, entries: [...this.entries, ...entries], timers, asOf: this.now, people };
  }
}

/** Records of every size, of one and the same incident. */
function records(): Map<number, IncidentRecord> {
  const growing = new Growing();
  growing.does({ type: 'ack', when: null });
  const found = new Map<number, IncidentRecord>();
  for (let n = 1; n <= Math.max(...SIZES); n += 1) {
    growing.says(n);
    if (SIZES.includes(n)) found.set(n, growing.resolved());
  }
  return found;
}

/** A draft, composed and written out, in milliseconds. */
function draftOnce(record: IncidentRecord): number {
  const began = performance.now();
  const draft = composeDraft({ records: [record] }, settingsOf(), {
    version: 1,
    now: record.asOf,
  });
  const markdown = draftMarkdown(draft);
  const took = performance.now() - began;
  if (!markdown.includes('Checkout is down')) throw new Error('the draft is about something else');
  return took;
}

/** The draft of a long record: under a second, and twice as long takes twice as long. */
export function measureDraft(): Section {
  const made = records();
  const rounds = new Map(SIZES.map((size): [number, number[]] => [size, []]));
  for (let n = -1; n < ROUNDS; n += 1) {
    for (const [size, record] of made) {
      const took = draftOnce(record);
      // The first time the compiler is still at work.
      if (n >= 0) rounds.get(size)?.push(took);
    }
  }
  const figures = new Map([...rounds].map(([size, took]) => [size, figure(took)]));
  const of = (size: number): number => figures.get(size)?.median ?? 0;
  const doubling = of(20_000) / of(10_000);
  return {
    title: 'A draft, composed and written as Markdown',
    head: ['entries', 'ms', 'ms per 1,000 entries'],
    rows: [...figures].map(([size, one]) => [
      String(size),
      shown(one),
      ((one.median / size) * 1000).toFixed(2),
    ]),
    targets: [
      {
        what: `${JUDGED} entries, seconds`,
        ratio: of(JUDGED) / 1000,
        wanted: 'under 1',
        met: of(JUDGED) < 1000,
      },
      {
        what: 'twice the entries, times as long',
        ratio: doubling,
        wanted: 'at most 2.5',
        met: doubling <= 2.5,
      },
    ],
  };
}
