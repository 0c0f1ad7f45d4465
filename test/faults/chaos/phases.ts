import { type Lateness, lateMs, latenessOf } from '../friday/judge.ts';
import type { Stretch } from '../friday/scene.ts';
import type { Trail } from '../friday/trail.ts';
import { AWAY, KINDS, type Kind } from './misfortunes.ts';

/** Something that went wrong, and when. */
export interface Happened {
  readonly name: string;
  readonly kind: Kind;
  readonly stretch: Stretch;
}

/** How late timers were while one kind of thing went wrong, or nothing. */
export interface Phase {
  readonly name: string;
  readonly fired: number;
  readonly lateness: Lateness;
  readonly wanted: string;
  readonly met: boolean;
}

/** What is under way when it is over may still suffer from it. */
const AFTERMATH_MS: Readonly<Record<Kind, number>> = {
  postgres: 5000,
  gone: 5000,
  frozen: 4000,
  killed: 1000,
  redis: 2000,
  slack: 0,
};

/** What is to be reached, and by how many: 99 of a hundred, or all of them. */
const TARGETS: Readonly<Record<Kind | 'healthy', readonly ['p99' | 'max', number]>> = {
  healthy: ['p99', 1000],
  slack: ['p99', 1000],
  redis: ['p99', 1500],
  killed: ['p99', 1500],
  frozen: ['max', 5000],
  gone: ['max', 5000],
  postgres: ['max', 5000],
};

const TITLES: Readonly<Record<Kind | 'healthy', string>> = {
  healthy: 'nothing wrong',
  slack: 'Slack faulty',
  redis: 'Redis flushed, frozen or gone',
  killed: 'replicas killed or restarted',
  frozen: 'a replica frozen or cut off',
  gone: 'every replica killed, from the first return',
  postgres: 'PostgreSQL away, from its return',
};

/** Sorts every firing by the worst that went on between its time and its commit. */
export function phasesOf(trail: Trail, happened: readonly Happened[]): readonly Phase[] {
  const away = happened.filter(({ kind }) => AWAY.includes(kind)).map(({ stretch }) => stretch);
  const late = new Map<Kind | 'healthy', number[]>();
  for (const firing of trail.fired) {
    const kinds = happened
      .filter(
        ({ kind, stretch }) =>
          firing.due < stretch.to + AFTERMATH_MS[kind] && firing.committed > stretch.from,
      )
      .map(({ kind }) => kind);
    const worst = KINDS.find((kind) => kinds.includes(kind)) ?? 'healthy';
    late.set(worst, [...(late.get(worst) ?? []), lateMs(firing, away)]);
  }
  return (['healthy', ...KINDS.toReversed()] as const).flatMap((kind) => {
    const all = late.get(kind);
    if (all === undefined) return [];
    const lateness = latenessOf(all);
    const [by, ms] = TARGETS[kind];
    const wanted = `${by} at most ${ms}`;
    return [{ name: TITLES[kind], fired: all.length, lateness, wanted, met: lateness[by] <= ms }];
  });
}
