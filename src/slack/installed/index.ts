import { setTimeout as pause } from 'node:timers/promises';
import type { InstallationFacts } from '../../domain/doctor/index.ts';
import type { Installations, InstallStates } from '../../installation.ts';
import type { OnCall } from '../clients.ts';
import type { Route } from '../receiver.ts';
import type { DeskParts } from '../served.ts';
import type { Workspaces } from '../workspaces.ts';
import { factsOf, healthOf } from './health.ts';
import { type Credentials, INSTALL_PATH, installRoutes } from './install.ts';
import { createKnown, type Known, usableOf } from './known.ts';
import { createLeaving } from './leaving.ts';
import { createServing } from './serving.ts';
import { createTokens } from './tokens.ts';

/** What it takes to be installed by workspaces, and to remember them. */
export interface OAuthSetup extends Credentials {
  readonly stateSecret: string;
  readonly publicUrl: string;
  readonly installations: Installations;
  readonly states: InstallStates;
}

export interface InstalledParts extends DeskParts, OAuthSetup {
  readonly apiUrl?: string | null | undefined;
  readonly onCall?: OnCall | undefined;
  readonly onHealth: (state: 'ok' | 'degraded' | 'down', note: string) => void;
}

/** The workspaces that have installed Muster. */
export interface Installed extends Workspaces {
  /** For browsers. */
  readonly routes: readonly Route[];
  /** Every workspace that can be written to now, and what whoever installed Muster there is called. */
  all(): readonly { readonly id: string; readonly name: string }[];
  /** What is wrong with installations; of one workspace, or of all. */
  facts(workspace: string | null): readonly InstallationFacts[];
}

/** So soon every replica knows what another one was told. */
const LOOK_EVERY_MS = 5000;
const RETRY_MS = 1000;

/** The parts, and one look at everything that may have changed in the database. */
function assemble(parts: InstalledParts) {
  const { installations, onHealth, publicUrl, log } = parts;
  const known = createKnown(installations);
  const tokens = createTokens(parts, known);
  const serving = createServing(parts, known, tokens.of);
  const leaving = createLeaving(parts, known);

  function follow(): void {
    serving.follow();
    const { state, note } = healthOf(known.all(), `${publicUrl}${INSTALL_PATH}`, known.now());
    onHealth(state, note);
  }

  async function look(): Promise<void> {
    await leaving.wipe();
    await known.load();
    for (const one of known.all().flatMap((kept) => usableOf(kept) ?? []))
      await tokens.refresh(one);
    follow();
  }
  /** As `look`, and never fails: what was not read now is read a moment later. */
  const lookRound = (): Promise<void> =>
    look().catch((error: unknown) => log.warn('installations not read', {}, error));

  return { known, tokens, serving, leaving, follow, look, lookRound };
}

type Assembled = ReturnType<typeof assemble>;

/** Begins as soon as the database is there; false when stopped before. */
async function begin(
  { installations, onHealth, log }: InstalledParts,
  { look }: Assembled,
  stopped: AbortSignal,
): Promise<boolean> {
  onHealth('down', 'installations are not read yet');
  while (!stopped.aborted) {
    try {
      const count = await installations.reseal();
      if (count > 0) log.info('tokens encrypted with the newest key', { count });
      await look();
      return !stopped.aborted;
    } catch (error) {
      log.warn('installations not read', { retryMs: RETRY_MS }, error);
      await pause(RETRY_MS, undefined, { signal: stopped }).catch(() => undefined);
    }
  }
  return false;
}

const factsIn = (known: Known, workspace: string | null): readonly InstallationFacts[] =>
  factsOf(
    known.all(),
    workspace === null ? null : (known.find(workspace)?.id ?? workspace),
    known.now(),
  );

/** Serves whichever workspaces have installed Muster. Nothing happens before `ready`. */
export function createInstalled(parts: InstalledParts): Installed {
  const { installations, log } = parts;
  const assembled = assemble(parts);
  const { known, tokens, serving, leaving, follow, lookRound } = assembled;
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;

  return {
    async of(workspace, enterprise = null) {
      const one = await known.look(workspace, enterprise);
      return one === null ? null : serving.of(workspace, one);
    },
    acting: async (workspace) => ({
      botToken: await tokens.of(workspace),
      own: serving.identityIn(workspace),
    }),
    async ready() {
      if (!(await begin(parts, assembled, stopping.signal))) return false;
      timer = setInterval(() => void lookRound(), LOOK_EVERY_MS);
      timer.unref();
      return true;
    },
    async removed(id, event) {
      if (!(await leaving.begin(id, event))) return;
      follow();
      await lookRound();
    },
    async access(workspace, enterprise, granted) {
      await known.access(workspace, enterprise, granted);
      log.info('access of an organisation', { workspace, enterprise, granted });
      serving.follow();
    },
    stop() {
      stopping.abort();
      clearInterval(timer);
      serving.stop();
    },
    routes: installRoutes({
      ...parts,
      async keep(about, granted) {
        await installations.save(about, granted);
        leaving.returned(about.id);
        log.info('app installed', { id: about.id, by: about.installedBy });
        await lookRound();
      },
    }),
    all: () => known.workspaces().map((id) => ({ id, name: known.find(id)?.name ?? id })),
    facts: (workspace) => factsIn(known, workspace),
  };
}
