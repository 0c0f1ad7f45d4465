import type { WebClient } from '@slack/web-api';
import { peopleOf } from '../domain/schedules/on-call.ts';
import type { Settings, Target } from '../domain/settings.ts';
import type { Store } from '../ports.ts';
import type { Log } from './log.ts';
import { isAboutPerson } from './members.ts';
import { personOf } from './person.ts';

const EVERY_MS = 60 * 60_000;
/** More than any policy should name; Slack allows about a hundred profiles a minute. */
const MOST = 300;
const BETWEEN_MS = 700;
/** So many are read at once: a small team is known the moment Muster starts. */
const AT_ONCE = 20;

const idOf = (target: Target): readonly string[] => (target.type === 'user' ? [target.id] : []);

/** Everybody whom the configuration names: in schedules and policies, as administrators, as invited. */
export function regularsOf(settings: Settings): readonly string[] {
  const { schedules, policies, administrators, invite } = settings;
  const levels = Object.values(policies).flatMap((policy) => policy.levels);
  const ids = [
    ...Object.values(schedules).flatMap(peopleOf),
    ...levels.flatMap(({ notify }) => notify.flatMap(idOf)),
    ...invite.flatMap(idOf),
    ...administrators,
  ];
  return [...new Set(ids)].slice(0, MOST);
}

/**
 * Reads the profiles of everybody whom the configuration names, at the start and every hour: so that
 * they can be named before they ever typed anything, and so that who has left is known in time. Also
 * of whom somebody mentioned while Slack did not say who that is.
 */
export function createRegulars(
  client: WebClient,
  store: Pick<Store, 'savePerson' | 'strangers'>,
  settings: Settings,
  log: Log,
) {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  async function readOne(workspace: string, id: string): Promise<void> {
    try {
      const { user } = await client.users.info({ user: id });
      if (user) await store.savePerson(workspace, personOf(id, user, workspace));
    } catch (error) {
      log.info('profile not read', { user: id });
      if (!isAboutPerson(error)) return;
      const nobody = { zone: null, admin: false, guest: false, bot: false, deleted: true };
      await store.savePerson(workspace, { id, name: id, ...nobody });
    }
  }

  async function read(workspace: string): Promise<void> {
    try {
      const strangers = await store.strangers(workspace);
      const ids = new Set([...regularsOf(settings), ...strangers]);
      for (const [at, id] of [...ids].entries()) {
        if (stopped) return;
        if (at >= AT_ONCE) await pause(BETWEEN_MS);
        await readOne(workspace, id);
      }
    } catch (error) {
      log.info('people of the configuration and of the record not read');
      log.debug(String(error instanceof Error ? error.name : 'error'));
    }
  }

  return {
    async start(workspace: string): Promise<void> {
      if (stopped) return;
      timer = setInterval(() => void read(workspace), EVERY_MS);
      timer.unref();
      await read(workspace);
    },
    stop(): void {
      stopped = true;
      clearInterval(timer);
    },
  };
}

const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
