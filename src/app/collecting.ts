import { statfs } from 'node:fs/promises';
import type { Environment } from '../config/environment.ts';
import { createPatrol } from '../db/chain/patrol.ts';
import { createExamination, createOwned } from '../db/examination.ts';
import { orNull } from '../deadline.ts';
import type {
  BrokenChain,
  Facts,
  FactsInOne,
  JobCounts,
  QueueFacts,
  WorkspaceFacts,
} from '../domain/doctor/index.ts';
import { namedIn } from '../domain/doctor/named.ts';
import { type Settings, settingsIn } from '../domain/settings.ts';
import type { SlackEdge } from '../slack/app.ts';
import type { Database } from './database.ts';
import type { Machinery } from './machinery.ts';

export interface CollectingParts {
  readonly environment: Pick<Environment, 'databaseUrl' | 'dataDir'>;
  readonly database: Database;
  readonly machinery: Machinery;
  readonly settings: Settings;
}

export const ANSWER_WITHIN_MS = 2000;
/** A dozen questions in a row: one that is busy is not one that is gone. */
const RECORD_WITHIN_MS = 6000;
/** Chains recomputed at a look of the auditor's, and when somebody asks: the newest 500 within hours. */
const CHAINS_AT_A_LOOK = 2;
const CHAINS_WHEN_ASKED = 10;
const SLACK_WITHIN_MS = 10_000;
/** Who is in the workspace changes slowly, and Slack counts the calls. */
const WORKSPACE_FRESH_MS = 15 * 60_000;

const settingsOf = (settings: Settings, workspace: string | null): Settings =>
  workspace === null ? settings : settingsIn(settings, workspace);

/** Slack's words for a token of somebody who has thrown us out; the event that says so may be missed. */
const REMOVED = ['token_revoked', 'account_inactive'];

/** Asks Slack, of the one workspace, or of the one that is asked for where there are several. */
function createAsking(settings: Settings) {
  const known = new Map<string | null, { at: number; facts: WorkspaceFacts }>();
  /** When Slack was last asked about it, whatever it said. */
  const tried = new Map<string | null, number>();
  let edge: SlackEdge | null = null;

  const freshIn = (only: string | null): WorkspaceFacts | null => {
    const before = known.get(only);
    return before !== undefined && Date.now() - before.at < WORKSPACE_FRESH_MS
      ? before.facts
      : null;
  };

  async function examined(only: string | null): Promise<WorkspaceFacts | null> {
    const served = only === null ? edge?.one : await edge?.workspaces.of(only);
    return (await served?.examine(namedIn(settingsOf(settings, only)))) ?? null;
  }

  return {
    slackIs(ready: SlackEdge): void {
      edge = ready;
    },
    /** What Slack said last, however long ago. */
    knownIn: (only: string): WorkspaceFacts | null => known.get(only)?.facts ?? null,
    freshIn,
    /** Of these the one whose turn it is to be asked about; null where all are known well enough. */
    due: (ids: readonly string[]): string | null =>
      ids
        .filter((id) => freshIn(id) === null)
        .toSorted((a, b) => (tried.get(a) ?? 0) - (tried.get(b) ?? 0))[0] ?? null,
    async askWorkspace(asKnown: boolean, only: string | null): Promise<WorkspaceFacts | null> {
      const before = asKnown ? freshIn(only) : null;
      if (before !== null) return before;
      tried.set(only, Date.now());
      const facts = await orNull(SLACK_WITHIN_MS, examined(only));
      if (facts === null) known.delete(only);
      else known.set(only, { at: Date.now(), facts });
      const refused = facts?.refused ?? '';
      if (only !== null && REMOVED.includes(refused)) await edge?.several?.removed(only, refused);
      return facts;
    },
  };
}

/** Looks at the audit's chains; what was known stays known while PostgreSQL does not answer. */
function createChains({ engine }: Database) {
  const owned = createOwned(engine);
  const patrol = createPatrol(engine);
  let chains: readonly BrokenChain[] = [];

  /** Those of one workspace, or all, as they are known. */
  async function brokenIn(only: string | null): Promise<readonly BrokenChain[]> {
    if (only === null || chains.length === 0) return chains;
    const ids = chains.map(({ incident }) => incident.id);
    const own = (await orNull(RECORD_WITHIN_MS, owned(only, ids))) ?? [];
    return chains.filter(({ incident }) => own.includes(incident.id));
  }
  return {
    brokenIn,
    async walk(asKnown: boolean, only: string | null): Promise<readonly BrokenChain[]> {
      const few = asKnown ? CHAINS_AT_A_LOOK : CHAINS_WHEN_ASKED;
      chains = (await orNull(RECORD_WITHIN_MS, patrol(few))) ?? chains;
      return brokenIn(only);
    },
  };
}

/** What Muster runs on besides PostgreSQL. */
function createGround({
  environment,
  machinery,
}: Pick<CollectingParts, 'environment' | 'machinery'>) {
  async function queueFacts(before: JobCounts | null): Promise<QueueFacts> {
    const { backend, hints } = machinery;
    const [setup, counted] = await Promise.all([
      orNull(ANSWER_WITHIN_MS, backend.setup()),
      orNull(ANSWER_WITHIN_MS, hints.counts()),
    ]);
    return {
      name: backend.name,
      reachable: setup !== null,
      eviction: setup?.eviction ?? null,
      persistent: setup?.persistent ?? null,
      jobs: counted,
      before,
    };
  }

  /** Left for the embedded PostgreSQL; somebody else minds the disk of another one. */
  async function diskFree(): Promise<number | null> {
    if (environment.databaseUrl !== null) return null;
    const disk = await orNull(ANSWER_WITHIN_MS, statfs(environment.dataDir));
    return disk === null ? null : disk.bavail * disk.bsize;
  }

  return { queueFacts, diskFree };
}

/** Finds out what there is to judge; asking never fails, what does not answer is missing. */
export function createCollecting(parts: CollectingParts) {
  const { database, machinery, settings } = parts;
  const record = createExamination(database.engine);
  const { walk, brokenIn } = createChains(database);
  const { queueFacts, diskFree } = createGround(parts);
  const asking = createAsking(settings);
  let edge: SlackEdge | null = null;
  let slackAheadMs: number | null = null;
  let jobs: JobCounts | null = null;

  /** Whose facts are to be told apart: where one workspace is served, everything is its own. */
  const scopeOf = (workspace: string | null): string | null =>
    edge?.several == null ? null : workspace;

  /** `workspace` is who asks; the operator, who asks with null, is told of all. */
  async function collect(asKnown: boolean, workspace: string | null = null): Promise<Facts> {
    const several = edge?.several ?? null;
    const only = scopeOf(workspace);
    const [found, broken, queue, told, diskFreeBytes] = await Promise.all([
      orNull(RECORD_WITHIN_MS, record(only)),
      walk(asKnown, only),
      queueFacts(jobs),
      asking.askWorkspace(asKnown, only),
      diskFree(),
    ]);
    if (asKnown) jobs = queue.jobs;
    const sweptAgoMs = Date.now() - machinery.lastSweepAt();
    const process = { sweptAgoMs, slackAheadMs, diskFreeBytes };
    const facts = {
      process,
      record: found,
      chains: broken,
      queue,
      workspace: told,
      deaf: edge?.deaf() ?? null,
      settings: settingsOf(settings, only),
    };
    return several === null ? facts : { ...facts, installations: several.facts(only) };
  }

  /** Of one of several workspaces; what all have in common was looked at just now. */
  async function collectIn(id: string, shared: Facts, asks: boolean): Promise<Facts> {
    const [found, chains, told] = await Promise.all([
      orNull(RECORD_WITHIN_MS, record(id)),
      brokenIn(id),
      asks ? asking.askWorkspace(false, id) : asking.knownIn(id),
    ]);
    const installations = edge?.several?.facts(id) ?? [];
    const own = { record: found, chains, workspace: told, installations };
    return { ...shared, ...own, settings: settingsOf(settings, id) };
  }

  /**
   * Each of several workspaces by itself, one after the other; none where there is one. Slack is
   * asked about one of them, whose turn it is; with time to spend, about all that it was not asked
   * about lately.
   */
  async function collectEach(shared: Facts, withinMs = 0): Promise<readonly FactsInOne[]> {
    const all = edge?.several?.all() ?? [];
    const turn = asking.due(all.map(({ id }) => id));
    const until = performance.now() + withinMs;
    const each: FactsInOne[] = [];
    for (const { id, name } of all) {
      const hasTime = asking.freshIn(id) === null && performance.now() < until;
      each.push({ id, name, facts: await collectIn(id, shared, id === turn || hasTime) });
    }
    return each;
  }

  return {
    collect,
    collectEach,
    scopeOf,
    askSlack(ready: SlackEdge): void {
      edge = ready;
      asking.slackIs(ready);
    },
    /** Slack's own clock, from the header of any answer; it counts whole seconds. */
    slackSaid(date: string | null): void {
      const at = Date.parse(date ?? '');
      if (Number.isFinite(at)) slackAheadMs = at + 500 - Date.now();
    },
  };
}
