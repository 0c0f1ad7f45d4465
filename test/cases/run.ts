import { DEFAULTS } from '../../src/config/defaults.ts';
import { castOf, type Performance, play } from '../../src/demo/play.ts';
import type { Script } from '../../src/demo/script.ts';
import { openStage } from '../../src/demo/stage.ts';
import type { Violation } from '../../src/demo/workspace/index.ts';
import type { Log } from '../../src/log.ts';

/** What some scripts left behind, played one after another in one workspace. */
export interface Run {
  readonly performances: readonly Performance[];
  readonly violations: readonly Violation[];
  /** What the app complained about in its log. */
  readonly complaints: readonly string[];
}

/** A log that only keeps what somebody should see. */
function complaintsInto(complaints: string[]): Log {
  const log: Log = {
    debug: () => undefined,
    info: () => undefined,
    warn: (event, _, error) => complaints.push(`${event} ${String(error ?? '')}`.trim()),
    error: (event, _, error) => complaints.push(`${event} ${String(error ?? '')}`.trim()),
    with: () => log,
  };
  return log;
}

/** Plays scripts through signed requests against the real app, on an empty database. */
export async function run(databaseUrl: string, scripts: readonly Script[]): Promise<Run> {
  const complaints: string[] = [];
  const stage = await openStage({
    databaseUrl,
    people: castOf(scripts),
    settings: DEFAULTS,
    log: complaintsInto(complaints),
    startsAt: scripts[0]?.lines[0]?.at ?? 0,
  });
  const performances: Performance[] = [];
  try {
    for (const script of scripts) performances.push(await play(stage, script));
    return { performances, violations: [...stage.workspace.violations], complaints };
  } finally {
    await stage.close();
  }
}
