import type { WebhookAccess } from '../../src/app/delivering.ts';
import type { WithoutDatabase } from '../../src/app/journal.ts';
import { createLog, type Log } from '../../src/log.ts';

/** What a story may choose. */
export interface StoryOptions {
  readonly redisUrl?: string | null;
  readonly config?: string;
  /** How many instances of the service stand behind Slack; requests go to the first. */
  readonly replicas?: number;
  /** 1 lets the clock run; 0 leaves every turn of it to the test. */
  readonly speed?: number;
  readonly sweepEveryMs?: number;
  /** How often the auditor looks; by default not within a story. */
  readonly auditEveryMs?: number;
  /** By Socket Mode instead of HTTP. */
  readonly socket?: boolean;
  /** How configured webhooks are reached. */
  readonly webhooks?: WebhookAccess;
  /** The way to another database than the shared one; it has to be migrated. */
  readonly databaseUrl?: string;
  /** Who migrates, where replicas are started as another role. */
  readonly ownerUrl?: string;
  /** Lets clocks fire without the database, so soon. */
  readonly withoutDatabase?: WithoutDatabase;
  /** Whether the workspace's plan has channel canvases. */
  readonly canvases?: boolean;
  /** For stories of many at once: a busy machine is no outage. */
  readonly answerWithinMs?: number;
  /** Takes everything that is logged, debugging too, to be looked through. */
  readonly lines?: string[];
}

/** The log of a story: silent, unless somebody wants to read it. */
export const logTo = (lines: string[] | undefined): Log =>
  lines === undefined
    ? createLog({ level: process.env.STORY_LOG ? 'debug' : 'silent' })
    : createLog({ level: 'debug', destination: { write: (line) => void lines.push(line) } });
