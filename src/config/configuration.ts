import type { Settings } from '../domain/settings.ts';
import { type Environment, readEnvironment } from './environment.ts';
import { readSettings } from './file.ts';
import type { Problem, Read } from './problem.ts';
import type { Variables } from './variables.ts';

/** Everything that is decided before Muster starts. */
export interface Configuration {
  readonly environment: Environment;
  readonly settings: Settings;
}

/** The text of a file, or null where there is none; throws when it cannot be read. */
export type ReadFile = (path: string) => string | null;

/** Reads environment and file together, so that one look shows all that is wrong with both. */
export function readConfiguration(env: Variables, readFile: ReadFile): Read<Configuration> {
  const environment = readEnvironment(env);
  const named = env.CONFIG_FILE?.trim() || null;
  const settings = readNamed(named ?? 'muster.yaml', named !== null, readFile, env);
  const warnings = [...environment.warnings, ...settings.warnings];
  if (environment.ok && settings.ok) {
    const { value: meant, warning } = forOne(environment.value, settings.value);
    const value = { environment: environment.value, settings: meant };
    return { ok: true, value, warnings: [...warnings, ...warning] };
  }
  const problems = [
    ...(environment.ok ? [] : environment.refusal),
    ...(settings.ok ? [] : settings.refusal),
  ];
  return { ok: false, refusal: problems, warnings };
}

/** Sections of workspaces mean nothing where there is one, and are then as if they were not there. */
function forOne(
  { slack }: Environment,
  settings: Settings,
): { readonly value: Settings; readonly warning: readonly Problem[] } {
  const { workspaces, ...value } = settings;
  if (workspaces === undefined || 'oauth' in slack) return { value: settings, warning: [] };
  const reason = 'is not used: SLACK_BOT_TOKEN serves one workspace';
  return {
    value,
    warning: [{ path: 'workspaces', reason, fix: 'write it at the top, or remove it' }],
  };
}

function readNamed(
  path: string,
  named: boolean,
  readFile: ReadFile,
  env: Variables,
): Read<Settings> {
  const wrong = (reason: string, fix: string): Read<Settings> => {
    const problem: Problem = { path: 'CONFIG_FILE', reason, fix };
    return { ok: false, refusal: [problem], warnings: [] };
  };
  try {
    const text = readFile(path);
    if (text !== null || !named) return readSettings(text, env);
    return wrong(`${path} does not exist`, 'correct it, or remove it to work with the defaults');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    return wrong(`${path} cannot be read${code}`, 'let the user who runs Muster read this file');
  }
}
