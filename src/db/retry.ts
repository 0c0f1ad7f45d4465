import { setTimeout as sleep } from 'node:timers/promises';

/** Deadlock, serialisation failure, lock not available: the same transaction may well succeed now. */
const PASSING = new Set(['40P01', '40001', '55P03']);
const ATTEMPTS = 3;

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';

/** Runs a transaction again, up to three times in all, when another one was in its way. */
export async function whenBusy<T>(transaction: () => Promise<T>): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await transaction();
    } catch (error) {
      if (tried >= ATTEMPTS || !PASSING.has(codeOf(error))) throw error;
      await sleep(10 + Math.random() * 40 * tried);
    }
  }
}
