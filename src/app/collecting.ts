import { statfs } from 'node:fs/promises';
import type { Environment } from '../config/environment.ts';
import { createPatrol } from '../db/chain/patrol.ts';
import { createExamination, createOwned } from '../db/examination.ts';
import { orNull } from '../deadline.ts';
import type {
  BrokenChain,
  Facts,
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

/** Asks Slack, of the one workspace, or of the one that is asked for where there are several. */
function createAsking(settings: Settings) {
  const known = new Map<string | null, { at: number; facts: WorkspaceFacts }>();
  let edge: SlackEdge | null = null;

  async function examined(only: string | null): Promise<WorkspaceFacts | null> {
    const served = only === null ? edge?.one : await edge?.workspaces.of(only);
    return (await served?.examine(namedIn(settingsOf(settings, only)))) ?? null;
  }

  return {
    slackIs(ready: SlackEdge): void {
      edge = ready;
    },
    async askWorkspace(asKnown: boolean, only: string | null): Promise<WorkspaceFacts | null> {
      const before = known.get(only);
      if (asKnown && before !== undefined && Date.now() - before.at < WORKSPACE_FRESH_MS)
        return before.facts;
      const facts = await orNull(SLACK_WITHIN_MS, examined(only));
      if (facts === null) known.delete(only);
      else known.set(only, { at: Date.now(), facts });
      return facts;
    },
  };
}

/** Looks at the audit's chains; what was known stays known while PostgreSQL does not answer. */
function createWalking({ engine }: Database) {
  const owned = createOwned(engine);
  const patrol = createPatrol(engine);
  let chains: readonly BrokenChain[] = [];
  return async (asKnown: boolean, only: string | null): Promise<readonly BrokenChain[]> => {
    const few = asKnown ? CHAINS_AT_A_LOOK : CHAINS_WHEN_ASKED;
    chains = (await orNull(RECORD_WITHIN_MS, patrol(few))) ?? chains;
    if (only === null) return chains;
    const ids = chains.map(({ incident }) => incident.id);
    const own = (await orNull(RECORD_WITHIN_MS, owned(only, ids))) ?? [];
    return chains.filter(({ incident }) => own.includes(incident.id));
  };
}

/** Finds out what there is to judge; asking never fails, what does not answer is missing. */
export function createCollecting({ environment, database, machinery, settings }: CollectingParts) {
  const record = createExamination(database.engine);
  const walk = createWalking(database);
  const { askWorkspace, slackIs } = createAsking(settings);
  let edge: SlackEdge | null = null;
  let slackAheadMs: number | null = null;
  let jobs: JobCounts | null = null;

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

  /** `workspace` is who asks; the operator, who asks with null, is told of all. */
  async function collect(asKnown: boolean, workspace: string | null = null): Promise<Facts> {
    const several = edge?.several ?? null;
    const only = several === null ? null : workspace;
    const [found, broken, queue, told, diskFreeBytes] = await Promise.all([
      orNull(RECORD_WITHIN_MS, record(only)),
      walk(asKnown, only),
      queueFacts(jobs),
      askWorkspace(asKnown, only),
      diskFree(),
    ]);
    if (asKnown) jobs = queue.jobs;
    const process = {
      sweptAgoMs: Date.now() - machinery.lastSweepAt(),
      slackAheadMs,
      diskFreeBytes,
    };
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

  return {
    collect,
    askSlack(ready: SlackEdge): void {
      edge = ready;
      slackIs(ready);
    },
    /** Slack's own clock, from the header of any answer; it counts whole seconds. */
    slackSaid(date: string | null): void {
      const at = Date.parse(date ?? '');
      if (Number.isFinite(at)) slackAheadMs = at + 500 - Date.now();
    },
  };
}
