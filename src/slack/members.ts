import { whyNobody } from '../domain/schedules/roster.ts';
import type { Names } from '../domain/views/phrases.ts';
import type { Store } from '../ports.ts';
import type { Calls } from './calls.ts';
import { keepGroups } from './groups.ts';
import type { Log } from './log.ts';
import { slackCode } from './outcome.ts';

/** What is looked up about people on the way of a delivery, remembered for a little while. */
export interface Members {
  /** Why somebody cannot be paged, after their name: `has left the workspace`. Null when they can, or nobody knows. */
  trouble(user: string): Promise<string | null>;
  /** What people and groups are called, where that is known. */
  names(workspace: string, ids: readonly string[]): Promise<Names>;
}

/** A page must not wait for a profile: not knowing is no reason to keep it back. */
const WITHIN_MS = 3000;
const TROUBLE_FRESH_MS = 60_000;
const NAME_FRESH_MS = 10 * 60_000;
const GROUPS_FRESH_MS = 60_000;
const MOST_REMEMBERED = 5000;

const isGroup = (id: string): boolean => id.startsWith('S');

/** Slack's codes for somebody who is not there to be written to. */
const NOT_THERE = [
  'user_not_found',
  'user_not_visible',
  'users_not_found',
  'user_disabled',
  'cannot_dm_bot',
  'channel_not_found',
];

/** Whether an error says that the person who was written to is gone, or nobody to write to. */
export const isAboutPerson = (error: unknown): boolean =>
  NOT_THERE.includes(slackCode(error) ?? '');

/** Values by key for so long; forgets everything rather than growing without end. */
function memory<Value>(freshMs: number) {
  const kept = new Map<string, { readonly value: Value; readonly at: number }>();
  return {
    get(key: string): Value | undefined {
      const found = kept.get(key);
      return found !== undefined && performance.now() - found.at < freshMs
        ? found.value
        : undefined;
    },
    set(key: string, value: Value): void {
      if (kept.size >= MOST_REMEMBERED) kept.clear();
      kept.set(key, { value, at: performance.now() });
    },
  };
}

const late = (): Promise<'late'> =>
  new Promise((resolve) => {
    setTimeout(() => resolve('late'), WITHIN_MS).unref();
  });

/** Looks people up for deliveries; a profile that cannot be read troubles nobody. */
export function createMembers(
  calls: Pick<Calls, 'profile' | 'groups'>,
  store: Pick<Store, 'names' | 'saveGroup'>,
  log: Log,
): Members {
  const troubles = memory<string | null>(TROUBLE_FRESH_MS);
  /** By id: Slack gives no id twice, whatever the workspace. */
  const known = memory<string>(NAME_FRESH_MS);
  /** Workspaces whose groups were asked for: a group that Slack does not know is not asked for with every card. */
  const asked = memory<true>(GROUPS_FRESH_MS);

  async function read(user: string): Promise<string | null> {
    try {
      const profile = await Promise.race([calls.profile(user), late()]);
      if (profile === 'late') return null;
      const trouble = profile === null ? null : whyNobody(profile);
      if (profile !== null) known.set(user, profile.name);
      troubles.set(user, trouble);
      return trouble;
    } catch (error) {
      if (isAboutPerson(error)) {
        const trouble = 'is not in this workspace';
        troubles.set(user, trouble);
        return trouble;
      }
      log.info('profile not read', { user });
      return null;
    }
  }

  /** Groups of which the database knows no name yet: they are read in the background, which may come later. */
  async function readGroups(workspace: string): Promise<void> {
    if (asked.get(workspace)) return;
    asked.set(workspace, true);
    try {
      const groups = await Promise.race([calls.groups(), late()]);
      if (groups === 'late') return;
      for (const { id, handle } of groups) known.set(id, handle);
      await keepGroups(groups, store, workspace);
    } catch {
      log.info('user groups not read', { workspace });
    }
  }

  return {
    async trouble(user) {
      const remembered = troubles.get(user);
      return remembered === undefined ? read(user) : remembered;
    },
    async names(workspace, ids) {
      const unknown = ids.filter((id) => known.get(id) === undefined);
      const read = unknown.length === 0 ? {} : await store.names(workspace, unknown);
      for (const [id, name] of Object.entries(read)) known.set(id, name);
      if (unknown.some((id) => isGroup(id) && read[id] === undefined)) await readGroups(workspace);
      const found = ids.flatMap((id) => {
        const name = known.get(id);
        return name === undefined ? [] : [[id, name] as const];
      });
      return Object.fromEntries(found);
    },
  };
}
