import type { Action, Actor, Request } from '../../src/domain/action.ts';
import { decide, fire, needs, open } from '../../src/domain/decide/index.ts';
import { NOTHING_NEEDED } from '../../src/domain/decide/rule.ts';
import type { Decision, Notice, World } from '../../src/domain/decision.ts';
import type { Entry, Revision } from '../../src/domain/entry.ts';
import type { Incident } from '../../src/domain/incident.ts';
import type { Instant } from '../../src/domain/instant.ts';
import type { Ping } from '../../src/domain/ping.ts';
import type { Result } from '../../src/domain/result.ts';
import type { Settings } from '../../src/domain/settings.ts';
import type { Timer } from '../../src/domain/timers/timer.ts';
import { SETTINGS, START } from './ladder.ts';
import { spoken } from './spoken.ts';

/** A pinged person or place, when, and what it said. */
export interface Told {
  readonly at: Instant;
  readonly to: string;
  readonly ping: Ping;
}

/** One incident without a database: what is asked is decided, what is due is fired. */
export function createClockwork(settings: Settings = SETTINGS, start: Instant = START) {
  let ids = 0;
  let now = start;
  let incident: Incident | null = null;
  let timers: readonly Timer[] = [];
  const entries = new Map<number, Entry>();
  const revisions: Revision[] = [];
  const notices: (Notice & { readonly at: Instant })[] = [];
  const work: Decision['work'][number][] = [];
  const world = (): World => ({ now, settings, newId: () => `timer-${++ids}` });
  const here = (): Incident => {
    if (incident === null) throw new Error('nothing is open yet');
    return incident;
  };

  function commit(decision: Decision): Decision {
    incident = decision.incident;
    const changed = decision.timers.map(({ name }) => name);
    timers = [...timers.filter(({ name }) => !changed.includes(name)), ...decision.timers];
    for (const entry of decision.entries) {
      if (entries.has(entry.no)) throw new Error(`entry #${entry.no} was given twice`);
      entries.set(entry.no, entry);
    }
    for (const { entry, revision } of decision.revised) {
      entries.set(entry.no, entry);
      revisions.push(revision);
    }
    notices.push(...decision.notices.map((notice) => ({ ...notice, at: now })));
    work.push(...decision.work);
    return decision;
  }

  const request = (action: Action, actor: Actor, typed: string): Request => ({
    action,
    actor,
    source: 'command',
    typed,
  });

  function snapshot(action: Action | null, actor: string) {
    const needed = action === null ? NOTHING_NEEDED : needs(action);
    const all = [...entries.values()];
    const mine = needed.mine
      ? all
          .filter(
            ({ author, source, struck }) => author === actor && source !== 'message' && !struck,
          )
          .at(-1)
      : undefined;
    const shown = all.filter(
      (entry) =>
        needed.entries.includes(entry.no) ||
        entry.no === mine?.no ||
        (needed.message !== null && entry.detail?.message?.ts === needed.message) ||
        (entry.detail?.type === 'action' && entry.detail.n === needed.action) ||
        (entry.detail?.type === 'section' &&
          entry.detail.section === needed.section &&
          entry.struck === null),
    );
    const written = shown.flatMap(({ no, detail }) => (detail?.type === 'section' ? [no] : []));
    const past = revisions.filter(({ entry }) => [...needed.entries, ...written].includes(entry));
    return { incident: here(), timers, entries: shown, revisions: past };
  }

  /** Asks for something; a refusal changes nothing. */
  function attempt(
    action: Action,
    by = 'UANA',
    zone: string | null = 'UTC',
    typed: string = action.type,
  ): Result<Decision> {
    const asked = request(action, { id: by, zone }, typed);
    const opening = action.type === 'open' || action.type === 'record';
    const context = { id: 'incident-1', workspace: 'T1', number: 42, twin: null };
    const decided = opening
      ? open(context, asked, world())
      : decide(snapshot(action, by), asked, world());
    if (decided.ok) commit(decided.value);
    return decided;
  }

  function sweep(): void {
    const decision = fire(snapshot(null, ''), world());
    if (decision.incident !== here()) commit(decision);
  }

  const nextDue = (until: Instant): Instant | null => {
    const due = timers.filter(({ state, dueAt }) => state === 'pending' && dueAt <= until);
    return due.length === 0 ? null : Math.max(now, Math.min(...due.map(({ dueAt }) => dueAt)));
  };

  return {
    attempt,
    /** Asks for something that must be accepted; gives what was answered. */
    does(action: Action, by = 'UANA', typed: string = action.type): string {
      const decided = attempt(action, by, 'UTC', typed);
      if (!decided.ok) throw new Error(`refused: ${decided.refusal.reason}`);
      return spoken(decided.value.reply.message);
    },
    /** Asks for something that must be refused; gives the reason. */
    refused(action: Action, by = 'UANA'): string {
      const decided = attempt(action, by);
      if (decided.ok) throw new Error(`accepted: ${spoken(decided.value.reply.message)}`);
      return decided.refusal.reason;
    },
    /** Time passes, and every timer fires the moment it is due. */
    passes(ms: number): void {
      const until = now + ms;
      for (let due = nextDue(until); due !== null; due = nextDue(until)) {
        now = due;
        sweep();
      }
      now = until;
    },
    /** Time passes while Muster is down; it comes back at the end of it. */
    isDownFor(ms: number): void {
      now += ms;
      sweep();
    },
    sweep,
    get now() {
      return now;
    },
    get incident() {
      return here();
    },
    get timers() {
      return timers;
    },
    get entries() {
      return [...entries.values()];
    },
    get notices() {
      return notices;
    },
    get work() {
      return work;
    },
    timer: (name: Timer['name']): Timer | undefined => timers.find((timer) => timer.name === name),
    /** Names of the timers that run, in alphabetical order. */
    get running(): string[] {
      return timers
        .filter(({ state }) => state === 'pending')
        .map(({ name }) => name)
        .sort();
    },
    /** Who was pinged, in order. */
    get pings(): Told[] {
      return notices.flatMap(({ at, to, what }) => {
        if (what.type === 'ping group') return [{ at, to: `@${what.group}`, ping: what.ping }];
        if (what.type !== 'ping') return [];
        return [{ at, to: 'id' in to ? to.id : to.type, ping: what.ping }];
      });
    },
  };
}

/** A declared incident: sev1 unless said otherwise. */
export function declared(severityName = 'sev1', settings: Settings = SETTINGS) {
  const story = createClockwork(settings);
  story.does({
    type: 'open',
    title: 'Checkout is down',
    severity: severityName,
    private: false,
    since: null,
  });
  return story;
}

/** A log entry as typed. */
export const logged = (
  text: string,
  when: string | null = null,
  kinds: Entry['kinds'] = [],
): Action => ({
  type: 'log',
  when,
  text,
  kinds,
  after: null,
  otherReading: null,
});
