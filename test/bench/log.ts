import type { Child } from './child.ts';
import type { Ground } from './ground.ts';
import { lookInto, runningIncidents } from './incidents.ts';
import type { Load, Measured } from './load-child.ts';
import { IN_FLIGHT } from './office.ts';
import { figure, type Section, shown, type Target } from './report.ts';

const ROUNDS = 5;
const ROUND_MS = 2500;
/** Long enough for the compiler to have seen everything, and for every profile to have been read. */
const WARM_UP_MS = 2500;

type Who = 'bare' | 'spread' | 'one';
type Rounds<Side extends string = Who> = Record<Side, Measured[]>;

const NAMES: Record<Who, string> = {
  bare: 'Bolt with one bare insert',
  spread: 'Muster, 50 incidents',
  one: 'Muster, all in one incident',
};

/** What is measured against each other, and who types. */
export interface Sides<Side extends string> {
  readonly load: Child;
  readonly urls: Record<Side, string>;
  /** Done about each measured round, for what else is to be measured. */
  readonly around?: (who: Side, run: () => Promise<Measured>) => Promise<Measured>;
}

/** Alternately, and every other time the other way round, so that a drift hits all of them. */
export async function alternate<Side extends string>(
  { load, urls, around = (_, run) => run() }: Sides<Side>,
  order: readonly Side[],
): Promise<Rounds<Side>> {
  const measure = (who: Side, forMs: number): Promise<Measured> =>
    load.ask<Measured>('run', {
      url: urls[who],
      forMs,
      shape: who === 'one' ? 'one' : 'spread',
    } satisfies Load);
  const rounds = Object.fromEntries(
    order.map((who): [Side, Measured[]] => [who, []]),
  ) as Rounds<Side>;
  for (const who of order) await measure(who, WARM_UP_MS);
  for (let n = 0; n < ROUNDS; n += 1) {
    for (const who of n % 2 === 0 ? order : order.toReversed()) {
      rounds[who].push(await around(who, () => measure(who, ROUND_MS)));
    }
  }
  return rounds;
}

/** What was acknowledged must be there: otherwise the figures mean nothing. */
async function allThere(url: string, before: number): Promise<number> {
  const sql = lookInto(url);
  try {
    const [row] = await sql<{ n: number }[]>`select count(*)::int as n from entry`;
    return (row?.n ?? 0) - before;
  } finally {
    await sql.end({ timeout: 1 });
  }
}

export const throughput = ({ requests, seconds }: Measured): number => requests / seconds;

function targetsOf(rounds: Rounds, who: 'spread' | 'one'): Target[] {
  // Each round against the baseline's round beside it; the middle of those ratios.
  const against = (of: (measured: Measured) => number): number =>
    figure(rounds[who].map((one, n) => of(one) / of(rounds.bare[n] as Measured))).median;
  const speed = against(throughput);
  const wait = against(({ p99 }) => p99);
  return [
    {
      what: `${NAMES[who]}: throughput against the baseline`,
      ratio: speed,
      wanted: 'at least 0.5',
      met: speed >= 0.5,
    },
    {
      what: `${NAMES[who]}: p99 against the baseline`,
      ratio: wait,
      wanted: 'at most 2',
      met: wait <= 2,
    },
  ];
}

/** `/incident log`, from the request to the acknowledgement after the commit. */
export async function measureLog(ground: Ground): Promise<Section> {
  const url = await ground.database('log');
  await runningIncidents(url, IN_FLIGHT);
  const before = await allThere(url, 0);
  const load = await ground.child('load-child');
  const bolt = await ground.child('bolt-child');
  const muster = await ground.child('muster-child');
  const service = await muster.ask<string>('start', {
    office: ground.office,
    databaseUrl: url,
    redisUrl: ground.redisUrl,
  });
  const bare = await bolt.ask<string>('start', { databaseUrl: await ground.database('bare') });
  const order: Who[] = ['bare', 'spread', 'one'];
  const rounds = await alternate({ load, urls: { bare, spread: service, one: service } }, order);
  const acknowledged = [...rounds.spread, ...rounds.one].reduce(
    (sum, one) => sum + one.requests,
    0,
  );
  const written = await allThere(url, before);
  if (written < acknowledged) {
    throw new Error(`${acknowledged} lines were acknowledged and only ${written} are there`);
  }
  for (const child of [load, bolt, muster]) await child.stop();
  return {
    title: `/incident log, ${IN_FLIGHT} in flight, acknowledged after the commit`,
    head: ['', 'acknowledged/s', 'p50 ms', 'p99 ms', 'slowest ms'],
    rows: order.map((who) => [
      NAMES[who],
      shown(figure(rounds[who].map(throughput))),
      shown(figure(rounds[who].map(({ p50 }) => p50))),
      shown(figure(rounds[who].map(({ p99 }) => p99))),
      shown(figure(rounds[who].map(({ max }) => max))),
    ]),
    targets: [...targetsOf(rounds, 'spread'), ...targetsOf(rounds, 'one')],
  };
}
