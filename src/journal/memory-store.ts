import type { Reply } from '../domain/decision.ts';
import { hasLeft, type Incident, isOver } from '../domain/incident.ts';
import type { Instant } from '../domain/instant.ts';
import type { Override } from '../domain/schedules/schedule.ts';
import { maySee } from '../handle/seeing.ts';
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
  /** Who asks, and where; null where nobody does. */
  readonly asked: Parameters<typeof maySee>[1] | null;
}

const unknown = async (): Promise<never> => {
  throw new StoreUnavailable('this is not remembered', 'away');
};

/** Without its entries nobody can say whether somebody wrote in it: declaring it, a role or an action item counts. */
const isInside = (incident: Incident, user: string): boolean => {
  const { declaredBy, roles, openActions } = incident;
  if (hasLeft(incident, user)) return false;
  return (
    declaredBy === user ||
    Object.values(roles).includes(user) ||
    Object.values(openActions).some(({ owner }) => owner === user)
  );
};

/** The record as this process remembers it: what it cannot say fails as the database does. */
export function memoryStore(memory: Memory, now: () => Instant, keeping: Keeping): Store & Posts {
  const { asked } = keeping;
  const incidentOf = (glance: Glance | null): Incident | null => glance?.incident ?? null;
  const takesPart = async (id: string, user: string): Promise<boolean> => {
    const incident = incidentOf(memory.byId(id));
    // Whom it pinged is not remembered either, and a guest on call has to be able to stop the pings:
    // a button was on something that Muster told them.
    const wasTold = asked?.source === 'button' && incident?.private === false;
    return incident !== null && (wasTold || isInside(incident, user));
  };
  return {
    change: keeping.change,
    answer: async (answer) => (answer.pending ? keeping.question(answer) : answer.reply),
    inChannel: async (workspace, channel) => {
      const known = incidentOf(memory.inChannel(workspace, channel));
      return known === null && (await keeping.isOurs(channel)) ? unknown() : known;
    },
    // What is remembered and not for their eyes answers like what is not remembered: as nobody can
    // say here who wrote in it, "there is none" would be wrong for some, and a hint for others.
    numbered: async (workspace, { number, drill }) => {
      const known = incidentOf(memory.numbered(workspace, number, drill));
      if (known === null) return unknown();
      const seen = asked === null || (await maySee(known, asked, { store: { takesPart } }));
      return seen ? known : unknown();
    },
    list: async (workspace, what, viewer) => {
      if (what !== 'open' || memory.asOf() === null) return unknown();
      return memory
        .all()
        .map(({ incident }) => incident)
        .filter((one) => one.workspace === workspace && !isOver(one) && !one.drill)
        .filter((one) => !one.private || isInside(one, viewer));
    },
    // Without it an announcement says the rest.
    lastUpdate: async () => null,
    glance: async (id) => {
      const glance = memory.byId(id);
      return glance === null ? unknown() : { ...glance, asOf: now() };
    },
    takesPart,
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
