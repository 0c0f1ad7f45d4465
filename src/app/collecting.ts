import { statfs } from 'node:fs/promises';
import type { Environment } from '../config/environment.ts';
import { createPatrol } from '../db/chain/patrol.ts';
import { createExamination } from '../db/examination.ts';
import { orNull } from '../deadline.ts';
import type {
  BrokenChain,
  Facts,
  JobCounts,
  QueueFacts,
  WorkspaceFacts,
} from '../domain/doctor/index.ts';
import { namedIn } from '../domain/doctor/named.ts';
import type { Settings } from '../domain/settings.ts';
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

/** Finds out what there is to judge; asking never fails, what does not answer is missing. */
export function createCollecting({ environment, database, machinery, settings }: CollectingParts) {
  const record = createExamination(database.engine);
  const patrol = createPatrol(database.engine);
  let chains: readonly BrokenChain[] = [];
  let edge: SlackEdge | null = null;
  let slackAheadMs: number | null = null;
  let jobs: JobCounts | null = null;
  let known: { at: number; facts: WorkspaceFacts | null } = { at: 0, facts: null };

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

  async function workspaceFacts(asKnown: boolean): Promise<WorkspaceFacts | null> {
    if (edge === null) return null;
    if (asKnown && known.facts !== null && Date.now() - known.at < WORKSPACE_FRESH_MS)
      return known.facts;
    const facts = await orNull(SLACK_WITHIN_MS, edge.examine(namedIn(settings)));
    known = { at: Date.now(), facts };
    return facts;
  }

  /** Left for the embedded PostgreSQL; somebody else minds the disk of another one. */
  async function diskFree(): Promise<number | null> {
    if (environment.databaseUrl !== null) return null;
    const disk = await orNull(ANSWER_WITHIN_MS, statfs(environment.dataDir));
    return disk === null ? null : disk.bavail * disk.bsize;
  }

  /** What was known stays known while PostgreSQL does not answer. */
  async function walk(asKnown: boolean): Promise<readonly BrokenChain[]> {
    const few = asKnown ? CHAINS_AT_A_LOOK : CHAINS_WHEN_ASKED;
    chains = (await orNull(RECORD_WITHIN_MS, patrol(few))) ?? chains;
    return chains;
  }

  async function collect(asKnown: boolean): Promise<Facts> {
    const [found, broken, queue, workspace, diskFreeBytes] = await Promise.all([
      orNull(RECORD_WITHIN_MS, record()),
      walk(asKnown),
      queueFacts(jobs),
      workspaceFacts(asKnown),
      diskFree(),
    ]);
    if (asKnown) jobs = queue.jobs;
    const process = {
      sweptAgoMs: Date.now() - machinery.lastSweepAt(),
      slackAheadMs,
      diskFreeBytes,
    };
    return { process, record: found, chains: broken, queue, workspace, settings };
  }

  return {
    collect,
    askSlack(ready: SlackEdge): void {
      edge = ready;
    },
    /** Slack's own clock, from the header of any answer; it counts whole seconds. */
    slackSaid(date: string | null): void {
      const at = Date.parse(date ?? '');
      if (Number.isFinite(at)) slackAheadMs = at + 500 - Date.now();
    },
  };
}
