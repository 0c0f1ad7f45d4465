import type { Finding } from '../domain/doctor/index.ts';
import { folded } from './folded.ts';

/** What one look came to. */
export interface Look {
  /** Everything that is wrong. */
  readonly findings: readonly Finding[];
  /** What is wrong in each of several workspaces and is its own; none where there is one. */
  readonly each: readonly LookInOne[];
}

export interface LookInOne {
  readonly workspace: string;
  readonly administrators: readonly string[];
  readonly findings: readonly Finding[];
}

/** What the auditor works with. */
export interface AuditorParts {
  readonly look: () => Promise<Look>;
  /** Told of every look: for metrics and readiness. */
  readonly onLooked: (findings: readonly Finding[]) => void;
  /** Notes what was found and tells the administrators what is new or over; once among all replicas. */
  readonly tell: (look: Look) => Promise<void>;
  readonly onError: (error: unknown) => void;
}

/** Hints are told to nobody. */
const serious = (findings: readonly Finding[]): readonly Finding[] =>
  findings.filter(({ check }) => check.weight !== 'hint');

/**
 * Looks at Muster itself now and then, in every replica: whoever is the only one left must notice
 * alone. The first look comes after one interval, when a start has settled.
 */
export function createAuditor(parts: AuditorParts, everyMs: number) {
  const audit = folded(async () => {
    const { findings, each } = await parts.look();
    parts.onLooked(findings);
    await parts.tell({
      findings: serious(findings),
      each: each.map((one) => ({ ...one, findings: serious(one.findings) })),
    });
  }, parts.onError);
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;

  function next(): void {
    if (stopped) return;
    // Replicas that started together must not ask Slack together.
    timer = setTimeout(
      () => void audit.kick().finally(next),
      everyMs * (0.8 + Math.random() * 0.4),
    );
  }

  return {
    start: next,
    async stop(): Promise<void> {
      stopped = true;
      clearTimeout(timer);
      await audit.stop();
    },
  };
}

export type Auditor = ReturnType<typeof createAuditor>;
