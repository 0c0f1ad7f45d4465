/** What is said about an event: ids, words of ours, numbers. Never what a person typed. */
export type Facts = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** Where this layer writes what happened; the process's own log fits. */
export interface Log {
  debug(event: string, facts?: Facts): void;
  info(event: string, facts?: Facts): void;
  warn(event: string, facts?: Facts, error?: unknown): void;
  error(event: string, facts?: Facts, error?: unknown): void;
}
