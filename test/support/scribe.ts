import { DEFAULTS } from '../../src/config/defaults.ts';
import type { ActionItem, Detail, Entry } from '../../src/domain/entry.ts';
import { type Milestone, UNTOUCHED } from '../../src/domain/incident.ts';
import type { Instant } from '../../src/domain/instant.ts';
import type { IncidentRecord } from '../../src/domain/record.ts';
import type { Settings } from '../../src/domain/settings.ts';
import type { MilestoneName } from '../../src/domain/words.ts';

/** The configuration that the drafts are composed with. */
export const settings: Settings = {
  ...DEFAULTS,
  zones: ['UTC', 'Europe/Amsterdam'],
  announce: null,
  severities: [],
  policies: {},
  invite: [],
  administrators: [],
  pageAsksAbove: 5,
  roles: [],
};

/** Writes entries one after another, as the commands would. */
export function createScribe(number: number, openedAt: Instant, title: string, zone: string) {
  const entries: Entry[] = [];
  const milestones: Milestone[] = [];
  const counts: Record<string, number> = {};
  const header: Record<string, string> = {};
  const scribe = {
    entries,
    milestones,
    counts,
    header,
    write(given: Partial<Entry> & { text: string }): Entry {
      const no = entries.length + 1;
      const at = given.at ?? null;
      const entry: Entry = {
        no,
        at,
        time: at === null ? null : { typed: '', zone, flags: [], disagreements: [] },
        question: null,
        after: at === null ? no - 1 : null,
        kinds: [],
        detail: null,
        author: 'U1',
        source: 'command',
        recordedAt: at ?? openedAt,
        struck: null,
        revision: 0,
        ...given,
      };
      entries.push(entry);
      return entry;
    },
    next(type: string): number {
      counts[type] = (counts[type] ?? 0) + 1;
      return counts[type];
    },
    point(name: MilestoneName, no: number, round = 0): void {
      const entry = entries[no - 1];
      milestones.push({ name, round, entry: no, at: entry?.at ?? null });
      if (entry !== undefined && entry.detail === null) {
        const detail: Detail =
          name === 'detected'
            ? { type: 'detected', by: null }
            : { type: 'milestone', milestone: name };
        entries[no - 1] = { ...entry, detail };
      }
    },
    find(type: Detail['type'], text: string, at: Instant | null = null): Entry {
      const n = scribe.next(type);
      return scribe.write({ text, at, after: null, detail: finding(type, n) });
    },
    set(field: string, value: string): void {
      header[field] = value;
      scribe.write({
        text: `${field}: ${value}`,
        after: null,
        detail: { type: 'field', field, value },
      });
    },
    action(text: string, item: Partial<ActionItem> = {}): void {
      const whole: ActionItem = {
        owner: null,
        due: null,
        refs: [],
        addresses: null,
        sort: null,
        done: false,
        ...item,
      };
      const n = scribe.next('action');
      scribe.write({ text, after: null, detail: { type: 'action', n, item: whole } });
    },
    state(metric: string, ms: number | null): void {
      const n = scribe.next('stated');
      const stated = { metric, ms, from: null, to: null };
      const text = `${metric}: ${ms === null ? 'N/A' : `${ms / 60_000} min`}`;
      scribe.write({ text, after: null, detail: { type: 'stated', n, stated } });
    },
    record(more: Partial<IncidentRecord['incident']> = {}): IncidentRecord {
      return {
        incident: {
          ...UNTOUCHED,
          id: `i${number}`,
          workspace: 'T1',
          number,
          title,
          severity: 'sev1',
          status: 'resolved',
          channel: { id: 'C1', name: `inc-${number}`, state: 'ready' },
          declaredBy: 'U1',
          openedAt,
          header,
          milestones,
          armedAt: openedAt,
          nextEntry: entries.length + 1,
          counts,
          seq: entries.length,
          ...more,
        },
        entries,
        timers: [],
        asOf: openedAt,
        people: { U1: 'Robin Vermeer' },
      };
    },
  };
  return scribe;
}

export type Scribe = ReturnType<typeof createScribe>;

function finding(type: Detail['type'], n: number): Detail {
  if (type === 'cause') return { type, n, role: 'root' };
  if (type === 'fix') return { type, n, permanence: null };
  if (type === 'lesson') return { type, n, sort: null };
  if (type === 'workaround') return { type, n, none: false };
  return { type: 'effect', n };
}
