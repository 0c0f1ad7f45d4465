import type { Reply } from '../../src/domain/decision.ts';
import { type Incident, UNTOUCHED } from '../../src/domain/incident.ts';
import type { IncidentRecord } from '../../src/domain/record.ts';
import { type Block, type Button, type Message, plainText, say } from '../../src/domain/text.ts';
import { type Handled, handle, type Input } from '../../src/handle.ts';
import type { Answer, Change, Person, Ports, Store, StoredDraft } from '../../src/ports.ts';
import { ME, settings } from '../commands/settings.ts';
import { someDoctor } from '../domain/doctor/well.ts';
import { linesOf } from '../support/lines.ts';

export const NOW = Date.UTC(2024, 3, 10, 12, 50);
export const HERE = 'C042';

/** An incident as it is after its opening. */
export const incident = (number: number, more: Partial<Incident> = {}): Incident => ({
  ...UNTOUCHED,
  id: `id-${number}`,
  workspace: 'T1',
  number,
  title: `Trouble ${number}`,
  severity: 'sev2',
  status: 'investigating',
  channel: { id: `C0${number}`, name: `inc-${number}`, state: 'ready' },
  declaredBy: 'U012OPENER',
  openedAt: NOW - 600_000,
  armedAt: NOW - 600_000,
  nextEntry: 2,
  seq: 1,
  ...more,
});

/** Somebody's desk: incidents, what was changed and stored, and a keyboard. Only for routing. */
export function createDesk(incidents: readonly Incident[], rules: { asks?: boolean } = {}) {
  const changes: Change[] = [];
  const answers = new Map<string, Answer>();
  const people: Person[] = [];
  const drafts: StoredDraft[] = [];
  let presses = 0;

  const recordOf = (found: Incident): IncidentRecord => ({
    incident: found,
    entries: [],
    timers: [],
    asOf: NOW,
    people: {},
  });
  const byId = (id: string) => incidents.find((one) => one.id === id) ?? null;

  const store: Store = {
    async change(change) {
      changes.push(change);
      const { action } = change.request;
      const asks = rules.asks === true && 'confirmed' in action && !action.confirmed;
      const reply: Reply = {
        message: say(asks ? 'Nobody has acknowledged it. Resolve it all the same?' : 'Done.'),
        to: 'asker',
        outcome: asks ? 'asked' : 'done',
      };
      const found = change.subject.type === 'incident' ? byId(change.subject.id) : null;
      const hint = { timers: [], outbox: false, work: false };
      return { reply, repeated: false, incident: found, hint };
    },
    async answer(answer) {
      if (!answers.has(answer.key)) answers.set(answer.key, answer);
      return answers.get(answer.key)?.reply ?? answer.reply;
    },
    async pending(_, key) {
      const asked = answers.get(key);
      if (asked?.pending === undefined) return null;
      const { pending, actor, typed } = asked;
      const request = { action: pending.action, actor, source: 'button', typed } as const;
      return { incident: pending.incident, request, at: NOW - 90_000 };
    },
    inChannel: async (_, channel) => incidents.find((one) => one.channel.id === channel) ?? null,
    numbered: async (_, { number, drill }) =>
      incidents.find((one) => one.number === number && one.drill === drill) ?? null,
    list: async (_, what) =>
      incidents.filter(
        ({ status, ...one }) =>
          !one.private &&
          one.drill === (what === 'drills') &&
          (what !== 'open' || status !== 'resolved'),
      ),
    actionItems: async () => [],
    openChannels: async () => [],
    takenFrom: async () => [],
    home: async () => ({ open: [], counts: { mine: 0, others: 0 }, postmortems: [], asOf: NOW }),
    homeMark: async () => '0',
    find: async () => ({ hits: [], count: 0, hasWords: true, vocabulary: [] }),
    record: async (id) => {
      const found = byId(id);
      return found && recordOf(found);
    },
    report: async (id) => {
      const found = byId(id);
      return found && { records: [recordOf(found)] };
    },
    archives: async (id) => {
      const found = byId(id);
      return found ? [{ ...recordOf(found), revisions: [], audit: [] }] : [];
    },
    timeline: async (id, choose) => {
      const found = byId(id);
      return found && linesOf(recordOf(found), choose);
    },
    archive: async (id) => {
      const found = byId(id);
      return found && { ...recordOf(found), revisions: [], audit: [] };
    },
    glance: async (id) => {
      const found = byId(id);
      return found && recordOf(found);
    },
    lastUpdate: async () => null,
    lastHere: async () => null,
    denied: async () => ({ attempts: [], count: 0 }),
    takesPart: async (id, who) => byId(id)?.declaredBy === who,
    async lastRefused(_, who) {
      const refused = [...answers.values()].filter(
        ({ actor, reply }) => actor.id === who && reply.outcome === 'refused',
      );
      const last = refused.at(-1);
      return last
        ? { typed: last.typed, reason: plainText(last.reply.message.summary), at: NOW }
        : null;
    },
    draft: async () => drafts.at(-1) ?? null,
    now: async () => NOW,
    person: async (_, id) => people.find((one) => one.id === id) ?? null,
    savePerson: async () => undefined,
    strangers: async () => [],
    tell: async () => undefined,
    saveGroup: async () => undefined,
    overrides: async () => [],
    arrange: async () => {
      throw new Error('nobody arranges who is on call at this desk');
    },
    stats: async () => ({ asOf: NOW, incidents: [], cancelled: 0, actions: [] }),
    entryOf: async () => null,
    names: async () => ({}),
  };
  const ports: Ports = { store, settings, doctor: someDoctor(), wake: () => undefined };

  const type = (text: string, more: Partial<Input> = {}): Promise<Handled> => {
    presses += 1;
    const actor = { id: ME, zone: 'Europe/Amsterdam' };
    const key = `${presses}.0`;
    return handle(
      { workspace: 'T1', key, actor, channel: HERE, text, source: 'command', ...more },
      ports,
    );
  };
  return { type, changes, answers, people, drafts, store };
}

/** Everything that a reply says, block by block. */
export function said(handled: Handled): string {
  if (handled.type === 'form') return `form ${handled.form}`;
  if (handled.type === 'later') return 'later';
  return handled.reply.message.blocks.map(blockText).join('\n');
}

/** Everything that a message says, block by block. */
export const wordsOf = ({ blocks }: Message): string => blocks.map(blockText).join('\n');

const pressable = (all: readonly Button[]): string =>
  all.map(({ label, command }) => `[${label}: ${command}]`).join(' ');

export function blockText(block: Block): string {
  switch (block.type) {
    case 'heading':
    case 'quote':
      return block.text;
    case 'paragraph':
    case 'note':
      return plainText(block.line);
    case 'facts':
      return block.rows.map(({ label, value }) => `${label}: ${plainText(value)}`).join('\n');
    case 'list':
      return block.items.map((item) => `- ${plainText(item)}`).join('\n');
    case 'table':
      return block.rows.map((row) => row.map(plainText).join(' | ')).join('\n');
    case 'buttons':
      return [pressable(block.buttons), ...(block.more ? [pressable(block.more)] : [])].join(' … ');
    case 'divider':
      return '---';
  }
}
