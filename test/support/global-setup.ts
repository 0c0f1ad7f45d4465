import type { TestProject } from 'vitest/node';
import { startTestPostgres } from './postgres.ts';

let stop = async () => {};

/** Gives the whole run one PostgreSQL, before the first test file. */
export async function setup(project: TestProject): Promise<void> {
  const { url, template, ...server } = await startTestPostgres();
  stop = server.stop;
  project.provide('postgres', { url, template });
}

/** Stops it after the last one. */
export async function teardown(): Promise<void> {
  await stop();
}
