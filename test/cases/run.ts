import { DEFAULTS } from '../../src/config/defaults.ts';
import { castOf, type Performance, play } from '../../src/demo/play.ts';
import type { Script } from '../../src/demo/script.ts';
import { openStage } from '../../src/demo/stage.ts';
import type { Violation } from '../../src/demo/workspace/index.ts';
import type { Log } from '../../src/log.ts';
import { type Forms, formsOf } from './forms.ts';

/** What some scripts left behind, played one after another in one workspace. */
export interface Run {
  readonly performances: readonly Performance[];
  /** The drafts in every form, by the name of the script. */
  readonly forms: ReadonlyMap<string, Forms>;
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
  // On a busy machine it says that its database does not answer, which is still being made.
  complaints.length = 0;
  const performances: Performance[] = [];
  const forms = new Map<string, Forms>();
  try {
    for (const script of scripts) {
      const performance = await play(stage, script);
      performances.push(performance);
      forms.set(script.name, await formsOf(stage, performance));
    }
    return { performances, forms, violations: [...stage.workspace.violations], complaints };
  } finally {
    await stage.close();
  }
}
