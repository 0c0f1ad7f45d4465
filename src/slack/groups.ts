import type { WebClient } from '@slack/web-api';
import type { Store } from '../ports.ts';
import type { Log } from './log.ts';

/** A user group, for menus. */
export interface Group {
  readonly id: string;
  readonly handle: string;
}

const EVERY_MS = 60 * 60_000;

/** The workspace's user groups: what each is called after the @. */
export async function listGroups(client: WebClient): Promise<readonly Group[]> {
  const { usergroups = [] } = await client.usergroups.list();
  return usergroups.flatMap(({ id, handle }) => (id && handle ? [{ id, handle }] : []));
}

/** Keeps what they are called, for whatever names them. */
export async function keepGroups(
  groups: readonly Group[],
  store: Pick<Store, 'saveGroup'>,
  workspace: string,
): Promise<void> {
  for (const { id, handle } of groups) await store.saveGroup(workspace, id, handle);
}

/**
 * The workspace's user groups, read now and then in the background: a form has to open within the
 * three seconds of its trigger, which leaves no time to ask.
 */
export function createGroups(client: WebClient, store: Pick<Store, 'saveGroup'>, log: Log) {
  let groups: readonly Group[] = [];
  let timer: NodeJS.Timeout | undefined;
  async function read(workspace: string): Promise<void> {
    try {
      groups = await listGroups(client);
      await keepGroups(groups, store, workspace);
    } catch (error) {
      log.info('user groups not read');
      log.debug(String(error instanceof Error ? error.name : 'error'));
    }
  }
  return {
    current: (): readonly Group[] => groups,
    start: async (workspace: string): Promise<void> => {
      timer = setInterval(() => void read(workspace), EVERY_MS);
      timer.unref();
      await read(workspace);
    },
    stop: (): void => clearInterval(timer),
  };
}

export type Groups = ReturnType<typeof createGroups>;
