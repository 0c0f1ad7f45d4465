/** The ways of failing that we can name, as found in PostgreSQL's own words. */
const KNOWN: readonly [pattern: RegExp, sentence: (where: string) => string][] = [
  [
    /No space left on device|ENOSPC|EDQUOT/i,
    (where) => `The disk that holds ${where} is full: free some space and start again.`,
  ],
  [
    /could not (create|resize|open) shared memory segment|could not map anonymous shared memory/,
    () =>
      'There is not enough shared memory for PostgreSQL: give the container more (docker run --shm-size=128m), or set DATABASE_URL.',
  ],
  [
    /pre-existing shared memory block/,
    () =>
      'Processes of an earlier PostgreSQL are still finishing: wait a moment and start again, or end them.',
  ],
  [
    /could not bind IPv4 address|Address already in use/,
    () => 'Its port on 127.0.0.1 was taken by another program: start again to get another port.',
  ],
  [
    /error while loading shared libraries|cannot open shared object/,
    () =>
      'A system library that PostgreSQL needs is missing: install it (Debian: libstdc++6), or set DATABASE_URL.',
  ],
  [
    /Permission denied|EACCES|EROFS|Operation not permitted|data directory .* has wrong ownership/,
    (where) =>
      `It may not read or write ${where}: check who owns that directory, or point DATA_DIR somewhere else.`,
  ],
  [
    /could not locate a valid checkpoint record|invalid primary checkpoint record|PANIC/,
    (where) =>
      `The data in ${where} is damaged: restore a backup, or move the directory away to start empty.`,
  ],
];

/** Says in one sentence what to do about what PostgreSQL wrote before it failed. */
export function explain(doing: string, said: string, where: string): Error {
  const known = KNOWN.find(([pattern]) => pattern.test(said))?.[1](where);
  const last = said
    .trim()
    .split('\n')
    .filter((line) => /FATAL|ERROR|PANIC|error|fatal/.test(line))
    .at(-1);
  const advice =
    known ?? `Its own words are in ${where}; DATABASE_URL points elsewhere if need be.`;
  return new Error(`The embedded PostgreSQL could not ${doing}. ${advice}${quote(last)}`);
}

const quote = (line: string | undefined) => (line === undefined ? '' : ` (${line.trim()})`);

/** The system's error code such as `ENOENT`, or an empty string. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** Turns one kind of system error into a value and lets every other pass. */
export function whenCode<T>(code: string, value: T): (error: unknown) => T {
  return (error) => {
    if (codeOf(error) === code) return value;
    throw error;
  };
}
