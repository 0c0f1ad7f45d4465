import type { Instant } from '../../domain/instant.ts';
import type { Installations, KeptInstallation } from '../../installation.ts';

/** An installation that there is a token for. */
export type Usable = KeptInstallation & {
  readonly tokens: NonNullable<KeptInstallation['tokens']>;
};

const isUsable = (one: KeptInstallation | undefined): one is Usable => one?.tokens != null;

/** The installation, where there is a token for it. */
export const usableOf = (one: KeptInstallation | undefined): Usable | null =>
  isUsable(one) ? one : null;

/** At most so often the database is asked about a workspace that is not known. */
const ASK_EVERY_MS = 1000;

/**
 * The installations as this process last read them: requests and deliveries do not wait for the
 * database, and go on while it is away.
 */
export function createKnown(installations: Installations) {
  let all = new Map<string, KeptInstallation>();
  let orgOf = new Map<string, string>();
  let aheadMs = 0;
  let loadedAt: number | null = null;
  /** Removed, and not yet written down as such. */
  const gone = new Set<string>();

  async function load(): Promise<void> {
    const read = await installations.all();
    aheadMs = read.now - Date.now();
    all = new Map(read.installations.map((one) => [one.id, one]));
    orgOf = new Map(read.workspaces.map(({ workspace, enterprise }) => [workspace, enterprise]));
    loadedAt = performance.now();
  }

  const usable = (id: string | undefined): Usable | null =>
    id === undefined || gone.has(id) ? null : usableOf(all.get(id));
  /** A workspace's own installation goes before its organisation's. */
  const find = (workspace: string): Usable | null =>
    usable(workspace) ?? usable(orgOf.get(workspace));

  /** The organisation's installation, from now on this workspace's. */
  async function joined(workspace: string, enterprise: string): Promise<Usable | null> {
    const org = usable(enterprise);
    if (org?.isOrg !== true) return null;
    await installations.join(workspace, enterprise);
    orgOf.set(workspace, enterprise);
    return org;
  }

  return {
    load,
    find,
    gone,
    /** The organisation that is known to serve a workspace. */
    organisationOf: (workspace: string): string | undefined => orgOf.get(workspace),
    /** The organisation lets us into one of its workspaces, or out of it. */
    async access(workspace: string, enterprise: string, granted: boolean): Promise<void> {
      if (granted) await joined(workspace, enterprise);
      else if (await installations.part(workspace, enterprise)) orgOf.delete(workspace);
    },
    /** As `find`, and asks the database where nothing is known. Fails while nothing was read yet. */
    async look(workspace: string, enterprise: string | null): Promise<Usable | null> {
      // An event may be about no workspace, or about all of an organisation's.
      if (workspace === '') return null;
      const isStale = loadedAt === null || performance.now() - loadedAt > ASK_EVERY_MS;
      if (find(workspace) === null && isStale) await load();
      const found = find(workspace);
      return found ?? (enterprise === null ? null : joined(workspace, enterprise));
    },
    /** The database's clock. */
    now: (): Instant => Date.now() + aheadMs,
    all: (): readonly KeptInstallation[] => [...all.values()],
    byId: (id: string): KeptInstallation | undefined => all.get(id),
    /** Every workspace that there is a token for, as far as it was ever seen. */
    workspaces: (): readonly string[] =>
      [...all.values()]
        .filter(({ isOrg }) => !isOrg)
        .map(({ id }) => id)
        .concat([...orgOf.keys()])
        .filter((workspace, at, every) => every.indexOf(workspace) === at)
        .filter((workspace) => find(workspace) !== null),
    /** For how long its token is good, by the database's clock; negative when it has ended. */
    leftMs: ({ tokens }: Usable): number =>
      tokens.expiresAt === null
        ? Number.POSITIVE_INFINITY
        : tokens.expiresAt - Date.now() - aheadMs,
  };
}

export type Known = ReturnType<typeof createKnown>;
