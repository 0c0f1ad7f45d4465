import type { WebClient } from '@slack/web-api';
import { orNull } from '../deadline.ts';
import { unnamedIn } from '../domain/mentioned.ts';
import type { Person, Store } from '../ports.ts';
import type { Log } from './log.ts';
import { isAboutPerson } from './members.ts';
import { personOf } from './person.ts';

/** People move: a profile is read again after a day. */
const FRESH_MS = 24 * 60 * 60_000;
const MOST_REMEMBERED = 10_000;
/** So many are asked for at once; whoever is mentioned after them keeps the id. */
const MOST_STRANGERS = 20;
/** A line is answered within 2.5 s, whatever Slack does. */
const MEET_MS = 600;

/** Somebody whom Slack will not show us: whoever they are, they are no member. */
const stranger = (id: string): Person => ({
  id,
  name: id,
  zone: null,
  admin: false,
  guest: true,
  bot: false,
  deleted: false,
});

/** Whom Slack knows, as far as Muster needs it: above all, whose clock a time was read off. */
export function createPeople(client: WebClient, store: Store, log: Log, meetMs = MEET_MS) {
  const readAt = new Map<string, number>();
  const remembered = new Map<string, Person>();
  /** Those whom Slack would not show us when it was last asked. */
  const hidden = new Set<string>();

  /** What is known of somebody is wanted most when the database does not answer. */
  function remember(workspace: string, person: Person): Person {
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    remembered.set(`${workspace}:${person.id}`, person);
    return person;
  }

  /** Asks Slack. A person whose profile cannot be read has no zone, and times are asked about. */
  async function read(workspace: string, id: string): Promise<Person | null> {
    try {
      const { user } = await client.users.info({ user: id, include_locale: true });
      if (!user) return null;
      const person = remember(workspace, personOf(id, user, workspace));
      hidden.delete(`${workspace}:${id}`);
      await store.savePerson(workspace, person);
      if (readAt.size >= MOST_REMEMBERED) readAt.clear();
      readAt.set(`${workspace}:${id}`, Date.now());
      return person;
    } catch (error) {
      log.warn('profile not read', { user: id }, error);
      if (hidden.size >= MOST_REMEMBERED) hidden.clear();
      if (isAboutPerson(error)) hidden.add(`${workspace}:${id}`);
      return null;
    }
  }

  const isFresh = (workspace: string, id: string): boolean =>
    Date.now() - (readAt.get(`${workspace}:${id}`) ?? 0) < FRESH_MS;

  async function meetOne(workspace: string, id: string): Promise<void> {
    if (!isFresh(workspace, id) && (await store.person(workspace, id)) === null)
      await read(workspace, id);
  }

  return {
    /**
     * Asks Slack for the names of strangers whom a text mentions, all at once, for 600 ms at most.
     * What comes later is remembered too. Never fails.
     */
    meet: async (workspace: string, text: string): Promise<void> => {
      const ids = unnamedIn(text).slice(0, MOST_STRANGERS);
      if (ids.length > 0)
        await orNull(meetMs, Promise.all(ids.map((id) => meetOne(workspace, id))));
    },
    /** What is known without asking Slack; null for somebody never seen. */
    async known(workspace: string, id: string): Promise<Person | null> {
      const person = await store.person(workspace, id);
      return person === null ? null : remember(workspace, person);
    },
    /** What this process knew last, whatever became of the database. */
    remembered: (workspace: string, id: string): Person | null =>
      remembered.get(`${workspace}:${id}`) ?? null,
    /** Somebody's profile from Slack: only after an acknowledgement. */
    ask: async (workspace: string, id: string): Promise<Person | null> =>
      (await read(workspace, id)) ?? (hidden.has(`${workspace}:${id}`) ? stranger(id) : null),
    /** What somebody is called: as known, else from Slack. Null when nobody can say. */
    nameOf: async (workspace: string, id: string): Promise<string | null> =>
      ((await store.person(workspace, id)) ?? (await read(workspace, id)))?.name ?? null,
    /** Reads the profile again when the last reading is a day old, and says whether it did. Never fails. */
    refresh: async (workspace: string, id: string): Promise<boolean> =>
      !isFresh(workspace, id) && (await read(workspace, id)) !== null,
  };
}

export type People = ReturnType<typeof createPeople>;
