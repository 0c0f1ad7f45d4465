import type { JobsOptions } from 'bullmq';

/** As measured: a worker that was killed is replaced in 10 s instead of 60, and crashes never exhaust a wake-up. */
export const WORKER = {
  lockDuration: 10_000,
  stalledInterval: 5000,
  maxStalledCount: 100,
  runRetryDelay: 1000,
} as const;

/** A job as the handlers see it: an instant and nothing else, for BullMQ keeps data in the clear. */
export interface WakeJob {
  readonly name: string;
  readonly data: { readonly at?: number };
}

/** A job to be added. */
export interface NewJob {
  readonly name: string;
  readonly data: WakeJob['data'];
  readonly opts: JobsOptions;
}

export interface Producer {
  add(name: string, data: WakeJob['data'], options: JobsOptions): Promise<unknown>;
  /** All of them in one go: a thousand cost little more than one. */
  addBulk(jobs: NewJob[]): Promise<unknown>;
  /** How many jobs are in these states. */
  getJobCounts(...states: ('waiting' | 'failed')[]): Promise<Record<string, number>>;
  close(): Promise<void>;
}

export interface Consumer {
  /** Waits for running jobs; with `force` it does not. */
  close(force?: boolean): Promise<void>;
}

/** One backend of BullMQ: which one it is stays in this file. */
export interface Backend {
  readonly name: 'redis' | 'postgres';
  producer(queue: string): Producer;
  consumer(queue: string, concurrency: number, handle: (job: WakeJob) => Promise<void>): Consumer;
  /**
   * Whether the backend still knows that it was here before, and notes it. Answers within a second
   * and a half; rejects when the backend is not there. One that forgot says so to one replica.
   */
  remembers(): Promise<boolean>;
  /** How it is set up, as far as it says so; rejects when it is not there. */
  setup(): Promise<BackendSetup>;
  close(): Promise<void>;
}

/** What a backend is set to. Null is what it does not say, or what it has not. */
export interface BackendSetup {
  /** Redis' `maxmemory-policy`. */
  readonly eviction: string | null;
  /** Whether anything is written to disk. */
  readonly persistent: boolean | null;
}

/** What is told of trouble with connections, which mend themselves. */
export type OnError = (error: Error) => void;
