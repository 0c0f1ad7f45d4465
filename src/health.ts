/** From best to worst. `degraded` still serves; `down` does not. */
const STATES = ['ok', 'degraded', 'down'] as const;
export type HealthState = (typeof STATES)[number];

/** How one part is, and since when. */
export interface Check {
  readonly state: HealthState;
  /** Milliseconds since the epoch. */
  readonly since: number;
  /** For the operator; only shown on the admin port. */
  readonly note: string;
}

export interface Health {
  /** Says how a part is; `since` moves only when the state does. */
  set(name: string, state: HealthState, note?: string): void;
  /** The worst of all parts, as /readyz answers it. */
  ready(): { readonly status: 'ready' | 'degraded' | 'down'; readonly http: 200 | 503 };
  details(): Readonly<Record<string, Check>>;
}

/** Holds what others find out; whoever is `expected` counts as down until it has said something. */
export function createHealth(expected: readonly string[], now: () => number): Health {
  const checks = new Map<string, Check>();
  const set: Health['set'] = (name, state, note = '') => {
    const before = checks.get(name);
    const since = before?.state === state ? before.since : now();
    checks.set(name, { state, since, note });
  };
  for (const name of expected) set(name, 'down', 'has not reported yet');
  return {
    set,
    ready: () => {
      const worst = Math.max(0, ...[...checks.values()].map(({ state }) => STATES.indexOf(state)));
      if (worst === 2) return { status: 'down', http: 503 };
      return { status: worst === 1 ? 'degraded' : 'ready', http: 200 };
    },
    details: () => Object.fromEntries(checks),
  };
}

/** A route as Bolt's receivers take it. */
export interface HealthRoute {
  readonly path: string;
  readonly method: string[];
  readonly handler: (request: unknown, response: Response) => void;
}

/** As much of Node's response as one word needs. */
interface Response {
  writeHead(http: number, headers: Record<string, string>): unknown;
  end(body: string): unknown;
}

/** What the public port says about us: that we live, and one word about whether we can work. */
export const healthRoutes = (health: Health): HealthRoute[] => [
  route('/healthz', () => ({ http: 200, status: 'alive' })),
  route('/readyz', () => health.ready()),
];

const route = (path: string, answer: () => { http: number; status: string }): HealthRoute => ({
  path,
  method: ['GET', 'HEAD'],
  handler: (_request, response) => {
    const { http, status } = answer();
    response.writeHead(http, { 'content-type': 'text/plain', 'cache-control': 'no-store' });
    response.end(`${status}\n`);
  },
});
