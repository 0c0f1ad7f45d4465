import { isSlackError } from '../outcome.ts';
import type { Errand } from './errand.ts';

/** Enough for the people of an incident; a whole department need not be read for its names. */
const MET_AT_ONCE = 20;

/** Reads the names of people who have never typed anything, so that a draft can name them. */
export async function meet(
  { calls, store, delivery, log }: Errand,
  people: readonly string[],
): Promise<void> {
  for (const id of people.slice(0, MET_AT_ONCE)) {
    try {
      if (await store.person(delivery.workspace, id)) continue;
      const person = await calls.profile(id);
      if (person) await store.savePerson(delivery.workspace, person);
    } catch (error) {
      log.info('profile not read', { user: id });
      if (!isSlackError(error)) throw error;
    }
  }
}
