import { readSettings } from '../../src/config/file.ts';
import { problemLine } from '../../src/config/problem.ts';
import type { Settings } from '../../src/domain/settings.ts';

/** The problems of a file as lines, without their places. */
export function problemsOf(yaml: string): string[] {
  const read = readSettings(yaml);
  if (read.ok) return [];
  return read.refusal.map(({ path, reason, fix }) => problemLine({ path, reason, fix }));
}

/** The settings of a file that must be right. */
export function settingsOf(yaml: string | null): Settings {
  const read = readSettings(yaml);
  if (!read.ok) throw new Error(read.refusal.map(problemLine).join('\n'));
  return read.value;
}

/** The doubts about a file, without their fixes. */
export const warningsOf = (yaml: string) =>
  readSettings(yaml).warnings.map(({ path, reason }) => `${path}: ${reason}`);

/** One level as it is written. */
export const level = (after: string, notify: string) => `{ after: ${after}, notify: [${notify}] }`;
/** A file with one policy, `p`. */
export const policy = (...levels: string[]) =>
  `policies: { p: { levels: [${levels.join(', ')}] } }`;
