import { LineCounter, parseDocument } from 'yaml';
import type * as z from 'zod';
import type { Settings } from '../domain/settings.ts';
import { withoutBlanks } from './blanks.ts';
import { crossChecks } from './cross-checks.ts';
import { unsetKeys } from './cross-webhooks.ts';
import { DEFAULTS } from './defaults.ts';
import { doubts } from './doubts.ts';
import { knownKeys } from './json-schema.ts';
import { nearest } from './nearest.ts';
import { pathText, placeOf } from './place.ts';
import type { Problem, Read } from './problem.ts';
import { fileSchema } from './schema.ts';
import { settle } from './settle.ts';
import type { Variables } from './variables.ts';
import { workspaceChecks, workspaceDoubts, workspaceSettings } from './workspaces.ts';
import { type Found, isSection } from './written.ts';

/**
 * Reads the configuration file: complete settings, or every problem at once with its path and place.
 *
 * Without a file (null), or with an empty one, the defaults are the settings. With the variables of
 * the process, those that the file names must be set; without them (null) that is not looked at.
 */
export function readSettings(
  yamlText: string | null,
  variables: Variables | null = null,
): Read<Settings> {
  if (yamlText === null) return { ok: true, value: DEFAULTS, warnings: [] };
  const lines = new LineCounter();
  const options = { lineCounter: lines, prettyErrors: false, logLevel: 'error' } as const;
  const document = parseDocument(yamlText, options);
  const place = ({ keys, ...found }: Found): Problem => {
    const at = placeOf(document, lines, keys);
    return { path: pathText(keys), ...found, ...(at === undefined ? {} : { at }) };
  };
  const said = (found: readonly Found[]) => inOrder(found.map(place));
  const source = yamlText.split('\n');
  const saidOfBlanks = (found: readonly Found[]) =>
    said(found).map((problem) => commentedOut(problem, source));
  const contents = valuesOf(document, lines);
  if (!contents.ok) return contents;
  const { value: written, blanks } = withoutBlanks(contents.value);
  const read = fileSchema.safeParse(written ?? {});
  const found = [
    ...issues(read, written),
    ...crossChecks(written),
    ...unsetKeys(written, variables),
    ...workspaceChecks(written, variables),
  ];
  if (!read.success || found.length > 0)
    return { ok: false, refusal: said(found), warnings: saidOfBlanks(blanks) };
  const settings = settle(read.data);
  const workspaces = workspaceSettings(written);
  const doubted = [...doubts(read.data, settings), ...workspaceDoubts(written)];
  const value = Object.keys(workspaces).length === 0 ? settings : { ...settings, workspaces };
  return { ok: true, value, warnings: inOrder([...saidOfBlanks(blanks), ...said(doubted)]) };
}

/** `announce: #incidents` has nothing after it, to whoever knows that # begins a comment. */
function commentedOut(problem: Problem, source: readonly string[]): Problem {
  const line = source[(problem.at?.line ?? 0) - 1]?.slice((problem.at?.column ?? 1) - 1) ?? '';
  const comment = /^[^\s:]+:\s+(#\S+)/.exec(line)?.[1];
  if (comment === undefined) return problem;
  return {
    ...problem,
    reason: 'counts as not written, for # begins a comment',
    fix: `put quotes around a value with a # (${JSON.stringify(comment)}), or remove the line`,
  };
}

/** The values of a document, unless it is not YAML at all. */
function valuesOf(document: ReturnType<typeof parseDocument>, lines: LineCounter): Read<unknown> {
  // An unknown tag is a warning to the parser; here it is a mistake like any other.
  const refusal = [...document.errors, ...document.warnings].map(({ message, code, pos }) =>
    notYaml(
      code === 'DUPLICATE_KEY' ? 'this key is written twice' : message,
      lines.linePos(pos[0]),
    ),
  );
  if (refusal.length > 0) return { ok: false, refusal, warnings: [] };
  try {
    return { ok: true, value: document.toJS(), warnings: [] };
  } catch (error) {
    // Only when the values are put together: an alias without its anchor, or a great many of them.
    const message = error instanceof Error ? error.message : 'it cannot be put together';
    return { ok: false, refusal: [notYaml(message)], warnings: [] };
  }
}

const notYaml = (why: string, at?: { line: number; col: number }): Problem => ({
  path: 'the file',
  reason: `is not valid YAML: ${why}`,
  fix: 'look at this place and the line before it: indentation, quotes, brackets',
  ...(at === undefined ? {} : { at: { line: at.line, column: at.col } }),
});

const inOrder = (problems: readonly Problem[]): readonly Problem[] =>
  problems.toSorted(
    ({ at: a }, { at: b }) =>
      (a?.line ?? 0) - (b?.line ?? 0) || (a?.column ?? 0) - (b?.column ?? 0),
  );

const issues = (read: z.ZodSafeParseResult<unknown>, written: unknown): readonly Found[] =>
  read.success ? [] : read.error.issues.flatMap((issue) => translate(issue, written));

function translate(issue: z.core.$ZodIssue, written: unknown): readonly Found[] {
  const keys = issue.path;
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => unknownKey([...keys, key]));
    case 'custom':
      return [{ keys, reason: issue.message, fix: String(issue.params?.fix) }];
    case 'too_small':
      return [{ keys, reason: 'is empty', fix: 'write at least one, or remove it' }];
    default:
      return [wrongShape(keys, issue, written)];
  }
}

function unknownKey(keys: readonly PropertyKey[]): Found {
  const key = String(keys.at(-1));
  const known = knownKeys(keys.slice(0, -1));
  const near = nearest(key, known);
  const fix = near === null ? `known here: ${known.join(', ')}` : `did you mean ${near}?`;
  return { keys, reason: 'is not a known key', fix };
}

function wrongShape(
  keys: readonly PropertyKey[],
  issue: z.core.$ZodIssue,
  written: unknown,
): Found {
  const list = issue.code === 'invalid_type' && issue.expected === 'array';
  const shape = list ? 'a list' : 'a section';
  const fix = list
    ? 'write [a, b], or one item per line after "- "'
    : 'write its keys below it, indented';
  return { keys, reason: isMissing(written, keys) ? 'is missing' : `is not ${shape}`, fix };
}

const isMissing = (written: unknown, keys: readonly PropertyKey[]): boolean =>
  keys.reduce<unknown>((here, key) => {
    if (Array.isArray(here)) return here[Number(key)];
    return isSection(here) ? here[String(key)] : undefined;
  }, written) === undefined;
