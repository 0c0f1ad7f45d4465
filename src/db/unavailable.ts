import { StoreUnavailable, type Unavailable } from '../ports.ts';

/**
 * What PostgreSQL, the driver and the network say when nothing can be recorded just now, by the
 * beginning of the code. The first row that fits counts.
 */
const REASONS: readonly (readonly [RegExp, Unavailable])[] = [
  [/^25006/, 'read-only'],
  // No room on the disk, no memory, a limit of its configuration, a disk that fails.
  [/^(53100|53200|53400|58030)/, 'full'],
  // Cancelled by its time limit, a lock that somebody holds, a deadlock: it may work in a moment.
  [/^(57014|55P03|40P01|40001)/, 'busy'],
  // Too many connections, shutting down or starting up, no such database or login, lost connections.
  [/^(53300|57P0|08|28|3D000)/, 'away'],
  [/^(CONN|ECONN|ETIMEDOUT|EPIPE|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)/, 'away'],
];

const WORDS: Readonly<Record<Unavailable, string>> = {
  away: 'PostgreSQL cannot be reached',
  late: 'PostgreSQL does not answer',
  busy: 'PostgreSQL is busy with somebody else',
  'read-only': 'PostgreSQL takes no changes',
  full: 'PostgreSQL has no room left',
};

/** The error as it is to be understood: unavailable, or a fault of ours that is passed on as it is. */
export function understood(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  const code = String(error.code);
  const [, why] = REASONS.find(([pattern]) => pattern.test(code)) ?? [];
  return why === undefined ? error : new StoreUnavailable(WORDS[why], why, { cause: error });
}

/** No answer within our own deadline: frozen, overloaded, or the network ate it. */
export const late = (): StoreUnavailable => new StoreUnavailable(WORDS.late, 'late');
