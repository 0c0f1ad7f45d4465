/** One thing that is wrong, or doubtful, in what somebody configured. */
export interface Problem {
  /** Where: a variable such as `PORT`, or a path such as `severities.sev1.sla.acknowledge`. */
  readonly path: string;
  /** What is wrong, without the path: `"5 minute" is not a duration`. Never a secret's value. */
  readonly reason: string;
  /** What to do about it: `write 5m, 90s or 1h30m`. */
  readonly fix: string;
  /** Line and column in the file, from 1, where the place is known. */
  readonly at?: { readonly line: number; readonly column: number };
}

/** A thing read, or every problem that kept it from being read; doubts in either case. A `Result`. */
export type Read<T> =
  | { readonly ok: true; readonly value: T; readonly warnings: readonly Problem[] }
  | {
      readonly ok: false;
      readonly refusal: readonly Problem[];
      readonly warnings: readonly Problem[];
    };

/** What was read when nothing was wrong, otherwise the problems. */
export function readUnless<T>(
  problems: readonly Problem[],
  warnings: readonly Problem[],
  value: () => T,
): Read<T> {
  if (problems.length > 0) return { ok: false, refusal: problems, warnings };
  return { ok: true, value: value(), warnings };
}

/** The problem as one line for a terminal. */
export function problemLine({ path, reason, fix, at }: Problem): string {
  const place = at === undefined ? '' : ` (line ${at.line}, column ${at.column})`;
  return `${path}: ${reason}; ${fix}${place}`;
}

/** A value as it was written, short enough for a sentence. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'a section';
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
