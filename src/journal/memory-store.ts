import type { Reply } from '../domain/decision.ts';
import { type Incident, isOver } from '../domain/incident.ts';
import type { Instant } from '../domain/instant.ts';
import type { Override } from '../domain/schedules/schedule.ts';
import {
  type Answer,
  type Change,
  type Glance,
  type Outcome,
  type Posts,
  type Store,
  StoreUnavailable,
} from '../ports.ts';
import type { Memory } from './memory.ts';
import { Refused } from './refusing.ts';

/** What happens to the two things that cannot be done from memory. */
export interface Keeping {
  readonly change: (change: Change) => Promise<Outcome>;
  /** A question, whose answer would have nothing to refer to. */
  readonly question: (answer: Answer) => Promise<Reply>;
  readonly overrides: (workspace: string) => readonly Override[];
  /** Whether Muster made a channel: then it is an incident's, remembered or not. */
  readonly isOurs: (channel: string) => Promise<boolean>;
}

const unknown = async (): Promise<never> => {
  throw new StoreUnavailable('this is not remembered', 'away');
};

/** Without its entries nobody can say whether somebody wrote in it: declaring it, a role or an action item counts. */
const isInside = (
  { private: hidden, declaredBy, roles, openActions }: Incident,
  user: string,
): boolean =>
  !hidden ||
  declaredBy === user ||
  Object.values(roles).includes(user) ||
  Object.values(openActions).some(({ owner }) => owner === user);

/** The record as this process remembers it: what it cannot say fails as the database does. */
export function memoryStore(memory: Memory, now: () => Instant, keeping: Keeping): Store & Posts {
  const incidentOf = (glance: Glance | null): Incident | null => glance?.incident ?? null;
  return {
    change: keeping.change,
    answer: async (answer) => (answer.pending ? keeping.question(answer) : answer.reply),
    inChannel: async (workspace, channel) => {
      const known = incidentOf(memory.inChannel(workspace, channel));
      return known === null && (await keeping.isOurs(channel)) ? unknown() : known;
    },
    numbered: async (workspace, { number, drill }) =>
      incidentOf(memory.numbered(workspace, number, drill)) ?? unknown(),
    list: async (workspace, what, viewer) => {
      if (what !== 'open' || memory.asOf() === null) return unknown();
      return memory
        .all()
        .map(({ incident }) => incident)
        .filter((one) => one.workspace === workspace && !isOver(one) && !one.drill)
        .filter((one) => isInside(one, viewer));
    },
    // Without it an announcement says the rest.
    lastUpdate: async () => null,
    glance: async (id) => {
      const glance = memory.byId(id);
      return glance === null ? unknown() : { ...glance, asOf: now() };
    },
    takesPart: async (id, user) => {
      const incident = incidentOf(memory.byId(id));
      return incident !== null && isInside(incident, user);
    },
    person: async () => null,
    overrides: async (workspace) => keeping.overrides(workspace),
    arrange: async () => {
      throw new Refused('Who is on call is not changed from memory: two overrides could collide.');
    },
    now: async () => now(),
    names: async () => ({}),
    actionItems: unknown,
    home: unknown,
    homeMark: unknown,
    find: unknown,
    stats: unknown,
    entryOf: unknown,
    openChannels: unknown,
    takenFrom: unknown,
    record: unknown,
    report: unknown,
    lastHere: unknown,
    timeline: unknown,
    archive: unknown,
    archives: unknown,
    draft: unknown,
    pending: unknown,
    lastRefused: unknown,
    denied: unknown,
    savePerson: async () => undefined,
    strangers: async () => [],
    saveGroup: async () => undefined,
    tell: unknown,
    post: async () => null,
    posts: async () => [],
    traces: async () => [],
  };
}
