import { type DestinationStream, destination as fileDescriptor, pino } from 'pino';
import { describeError } from './log/error.ts';
import { createScrub } from './log/scrub.ts';

/**
 * What may be said about an event: ids, words of ours, numbers. Never what a person typed.
 *
 * Anything with a space in it is taken for a person's text and withheld, whatever its key.
 */
export type Facts = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** Names of events are sentences of ours: `timer fired`, `outbox row failed`. */
export interface Log {
  debug(event: string, facts?: Facts): void;
  info(event: string, facts?: Facts): void;
  warn(event: string, facts?: Facts, error?: unknown): void;
  error(event: string, facts?: Facts, error?: unknown): void;
  /** The same log, with facts that go with every line. */
  with(facts: Facts): Log;
}

export interface LogOptions {
  readonly level: pino.LevelWithSilent;
  /** Exact values that must not appear, such as the signing secret; see `secretsOf`. */
  readonly secrets?: readonly string[];
  /** Standard output unless given. */
  readonly destination?: DestinationStream;
}

/** A log of JSON lines that repeats neither secrets nor what people typed. */
export function createLog({ level, secrets = [], destination }: LogOptions): Log {
  const scrub = createScrub(secrets);
  const out = destination ?? fileDescriptor({ fd: 1, sync: true });
  // Scrubbed as a whole, last: whatever path a secret took into the line, it ends here.
  const scrubbed: DestinationStream = { write: (line) => out.write(scrub(line)) };
  const options: pino.LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    messageKey: 'event',
  };
  return wrap(pino(options, scrubbed), {});
}

function wrap(logger: pino.Logger, always: Facts): Log {
  const say =
    (level: 'debug' | 'info' | 'warn' | 'error') =>
    (event: string, facts: Facts = {}, error?: unknown) => {
      if (!logger.isLevelEnabled(level)) return;
      const told = speakable({ ...always, ...facts });
      logger[level](error === undefined ? told : { ...told, error: describeError(error) }, event);
    };
  return {
    debug: say('debug'),
    info: say('info'),
    warn: say('warn'),
    error: say('error'),
    with: (facts) => wrap(logger, { ...always, ...facts }),
  };
}

const SECRET_KEY = /token|secret|password|authorization|cookie|credential|encryption/i;
const TAKEN = ['level', 'time', 'event', 'error'];

function speakable(facts: Facts): Record<string, string | number | boolean | null> {
  const told: Record<string, string | number | boolean | null> = {};
  for (const [key, value] of Object.entries(facts)) {
    if (value === undefined) continue;
    told[TAKEN.includes(key) ? `${key}_` : key] = SECRET_KEY.test(key) ? '[hidden]' : id(value);
  }
  return told;
}

/** TypeScript keeps objects out; at run time whatever is left of the rule is kept here. */
function id(value: unknown): string | number | boolean | null {
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value;
  if (typeof value !== 'string') return '[not an id]';
  return /^[\w.:/@#+=,()[\]-]{0,200}$/.test(value) ? value : '[text withheld]';
}
