import type { WebClient } from '@slack/web-api';
import { orNull } from '../deadline.ts';
import type { Zone } from '../domain/instant.ts';
import { unnamedIn } from '../domain/mentioned.ts';
import type { Person, Store } from '../ports.ts';
import type { Log } from './log.ts';
import { personOf } from './person.ts';

/** People move: a profile is read again after a day. */
const FRESH_MS = 24 * 60 * 60_000;
const MOST_REMEMBERED = 10_000;
/** So many are asked for at once; whoever is mentioned after them keeps the id. */
const MOST_STRANGERS = 20;
/** A line is answered within 2.5 s, whatever Slack does. */
const MEET_MS = 600;

/** Whom Slack knows, as far as Muster needs it: above all, whose clock a time was read off. */
export function createPeople(client: WebClient, store: Store, log: Log, meetMs = MEET_MS) {
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
    known: (workspace: string, id: string): Promise<Person | null> => store.person(workspace, id),
    /** Somebody's zone from Slack: only after an acknowledgement. */
    zoneOf: async (workspace: string, id: string): Promise<Zone | null> =>
      (await read(workspace, id))?.zone ?? null,
    /** What somebody is called: as known, else from Slack. Null when nobody can say. */
    nameOf: async (workspace: string, id: string): Promise<string | null> =>
      ((await store.person(workspace, id)) ?? (await read(workspace, id)))?.name ?? null,
    /** Reads the profile again when the last reading is a day old. Never fails. */
    refresh: async (workspace: string, id: string): Promise<void> => {
      if (!isFresh(workspace, id)) await read(workspace, id);
    },
  };
}

export type People = ReturnType<typeof createPeople>;
