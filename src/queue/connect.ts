import type { Backend, OnError } from './backend.ts';
import { postgresBackend } from './postgres.ts';
import { redisBackend } from './redis.ts';

/** Redis when there is one, otherwise PostgreSQL: the same code on top of both. */
export const connectQueue = (
  redisUrl: string | null,
  databaseUrl: string,
  onError: OnError,
): Backend => (redisUrl ? redisBackend(redisUrl, onError) : postgresBackend(databaseUrl, onError));
