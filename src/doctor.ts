import type { ReadFile } from './config/configuration.ts';
import { readConfiguration } from './config/configuration.ts';
import { problemLine } from './config/problem.ts';
import type { Variables } from './config/variables.ts';
import { errorCodes } from './slack/outcome.ts';
import { preflight, tryConnection } from './slack/preflight.ts';

/** Longer than Slack is waited for on the other side, about many workspaces too. */
const WITHIN_MS = 30_000;

interface Said {
  readonly ok: boolean;
  readonly lines: readonly string[];
}

/**
 * `muster doctor`: asks the Muster that runs on this machine how it is; not `ok` when something is to
 * mend. Where none runs, it tries the tokens with Slack itself, and the answer is theirs.
 */
export async function askDoctor(env: Variables, readFile: ReadFile): Promise<Said> {
  const read = readConfiguration(env, readFile);
  if (!read.ok)
    return { ok: false, lines: read.refusal.map((one) => `problem: ${problemLine(one)}`) };
  const { adminPort, slack } = read.value.environment;
  const asked = await askRunning(adminPort);
  if (asked === 'nobody')
    return beforeTheStart(await preflight({ botToken: null, ...slack }), adminPort);
  if (slack.connection.type === 'http') return asked;
  // The token in these variables may be another one than the one that it was started with.
  const tried = await tryConnection(slack);
  return { ok: asked.ok && tried.ok, lines: [...asked.lines, ...tried.lines] };
}

const beforeTheStart = ({ ok, lines }: Said, adminPort: number): Said => ({
  ok,
  lines: [
    ...lines,
    `Muster is not running yet (nothing listens on 127.0.0.1:${adminPort}, which is ADMIN_PORT): fine before the first start.`,
    'If it should be running, ask on the machine and in the container where it does.',
  ],
});

async function askRunning(adminPort: number): Promise<Said | 'nobody'> {
  try {
    const answer = await fetch(`http://127.0.0.1:${adminPort}/doctor`, {
      signal: AbortSignal.timeout(WITHIN_MS),
    });
    return { ok: answer.status === 200, lines: [(await answer.text()).trimEnd()] };
  } catch (error) {
    if (errorCodes(error).includes('ECONNREFUSED')) return 'nobody';
    const lines = [
      `problem: what listens on 127.0.0.1:${adminPort}, which is ADMIN_PORT, did not answer.`,
      'To mend it, look into the log of Muster, and restart it if it hangs.',
    ];
    return { ok: false, lines };
  }
}
