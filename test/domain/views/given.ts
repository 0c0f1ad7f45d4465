import type { Entry } from '../../../src/domain/entry.ts';
import { type Incident, UNTOUCHED } from '../../../src/domain/incident.ts';
import type { IncidentRecord } from '../../../src/domain/record.ts';
import type { Timer } from '../../../src/domain/timers/timer.ts';

/** 12:50 UTC, 14:50 in Amsterdam. */
export const NOW = Date.UTC(2024, 3, 10, 12, 50);
export const clock = (hour: number, minute: number) => Date.UTC(2024, 3, 10, hour, minute);

export const incident = (more: Partial<Incident> = {}): Incident => ({
  ...UNTOUCHED,
  id: 'id-42',
  workspace: 'T1',
  number: 42,
  title: 'Checkout fails',
  severity: 'sev2',
  status: 'investigating',
  channel: { id: 'C042', name: 'inc-42-checkout-fails', state: 'ready' },
  declaredBy: 'U012OPENER',
  openedAt: clock(12, 40),
  armedAt: clock(12, 40),
  nextEntry: 2,
  seq: 1,
  ...more,
});

export const entry = (no: number, more: Partial<Entry> = {}): Entry => ({
  no,
  at: clock(12, 40) + no * 60_000,
  time: null,
  question: null,
  after: null,
  kinds: [],
  text: `Event ${no}`,
  detail: null,
  author: 'U012ANA',
  source: 'command',
  recordedAt: clock(12, 40) + no * 60_000,
  struck: null,
  revision: 0,
  ...more,
});

export const timer = (name: Timer['name'], dueAt: number, more: Partial<Timer> = {}): Timer => ({
  id: `timer-${name}`,
  name,
  step: 1,
  dueAt,
  basis: clock(12, 40),
  span: dueAt - clock(12, 40),
  delay: 0,
  gen: 1,
  state: 'pending',
  ...more,
});

export const record = (more: Partial<IncidentRecord> = {}): IncidentRecord => ({
  incident: incident(),
  entries: [],
  timers: [],
  asOf: NOW,
  people: {},
  ...more,
});
