import type { ReadFile } from './config/configuration.ts';
import { readConfiguration } from './config/configuration.ts';
import { problemLine } from './config/problem.ts';
import type { Variables } from './config/variables.ts';
import { preflight } from './slack/preflight.ts';

/** Longer than Slack is waited for on the other side, about many workspaces too. */
const WITHIN_MS = 30_000;

/**
 * `muster doctor`: asks the Muster that runs on this machine how it is; not `ok` when something is to
 * mend. Where none runs, it tries the tokens with Slack itself.
 */
export async function askDoctor(
  env: Variables,
  readFile: ReadFile,
): Promise<{ ok: boolean; lines: readonly string[] }> {
  const read = readConfiguration(env, readFile);
  if (!read.ok)
    return { ok: false, lines: read.refusal.map((one) => `problem: ${problemLine(one)}`) };
  const { adminPort, slack } = read.value.environment;
  try {
    const answer = await fetch(`http://127.0.0.1:${adminPort}/doctor`, {
      signal: AbortSignal.timeout(WITHIN_MS),
    });
    return { ok: answer.status === 200, lines: [(await answer.text()).trimEnd()] };
  } catch {
    const { lines } = await preflight({ botToken: null, ...slack });
    return {
      ok: false,
      lines: [
        ...lines,
        `No Muster answers on 127.0.0.1:${adminPort}, which is ADMIN_PORT.`,
        'Start it, or ask on the machine and in the container where it runs. check looks at the configuration alone.',
      ],
    };
  }
}
