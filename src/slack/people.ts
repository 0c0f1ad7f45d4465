import type { WebClient } from '@slack/web-api';
import type { Zone } from '../domain/instant.ts';
import type { Person, Store } from '../ports.ts';
import type { Log } from './log.ts';
import { personOf } from './person.ts';

/** People move: a profile is read again after a day. */
const FRESH_MS = 24 * 60 * 60_000;
const MOST_REMEMBERED = 10_000;

/** Whom Slack knows, as far as Muster needs it: above all, whose clock a time was read off. */
export function createPeople(client: WebClient, store: Store, log: Log) {
  const readAt = new Map<string, number>();

  /** Asks Slack. A person whose profile cannot be read has no zone, and times are asked about. */
  async function read(workspace: string, id: string): Promise<Person | null> {
    try {
      const { user } = await client.users.info({ user: id, include_locale: true });
      if (!user) return null;
      const person = personOf(id, user);
      await store.savePerson(workspace, person);
      if (readAt.size >= MOST_REMEMBERED) readAt.clear();
      readAt.set(`${workspace}:${id}`, Date.now());
      return person;
    } catch (error) {
      log.warn('profile not read', { user: id }, error);
      return null;
    }
  }

  const isFresh = (workspace: string, id: string): boolean =>
    Date.now() - (readAt.get(`${workspace}:${id}`) ?? 0) < FRESH_MS;

  return {
    /** What is known without asking Slack; null for somebody never seen. */
    known: (workspace: string, id: string): Promise<Person | null> => store.person(workspace, id),
    /** Somebody's zone from Slack: only after an acknowledgement. */
    zoneOf: async (workspace: string, id: string): Promise<Zone | null> =>
      (await read(workspace, id))?.zone ?? null,
    /** What somebody is called: as known, else from Slack. Null when nobody can say. */
    nameOf: async (workspace: string, id: string): Promise<string | null> =>
      ((await store.person(workspace, id)) ?? (await read(workspace, id)))?.name ?? null,
    /** Reads the profile again when the last reading is a day old, and says whether it did. Never fails. */
    refresh: async (workspace: string, id: string): Promise<boolean> =>
      !isFresh(workspace, id) && (await read(workspace, id)) !== null,
  };
}

export type People = ReturnType<typeof createPeople>;
