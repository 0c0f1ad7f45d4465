import type { Ground } from './ground.ts';
import { lookInto, runningIncidents } from './incidents.ts';
import type { Measured } from './load-child.ts';
import { alternate, throughput } from './log.ts';
import { IN_FLIGHT } from './office.ts';
import { figure, type Section, shown } from './report.ts';
import { UNSEALED } from './unsealed.ts';

type Who = 'sealed' | 'unsealed';

const NAMES: Record<Who, string> = { sealed: 'with the chain', unsealed: 'without' };
const ORDER: readonly Who[] = ['sealed', 'unsealed'];

/** How many rows of the audit have a hash: otherwise the two sides are the same. */
async function hashed(url: string): Promise<{ with: number; without: number }> {
  const sql = lookInto(url);
  try {
    const [row] = await sql<{ with: number; without: number }[]>`
      select count(hash)::int as with, count(*) filter (where hash is null)::int as without from audit`;
    return row ?? { with: 0, without: 0 };
  } finally {
    await sql.end({ timeout: 1 });
  }
}

const busy = ({ user, system }: NodeJS.CpuUsage): number => user + system;

/**
 * What sealing costs `/incident log`: the same service against the same PostgreSQL, without it. By the
 * service's own processor time, which is what limits it, and which other processes do not change.
 */
export async function measureChain(ground: Ground): Promise<Section> {
  const load = await ground.child('load-child');
  const start = async (who: Who) => {
    const databaseUrl = await ground.database(`chain_${who}`);
    await runningIncidents(databaseUrl, IN_FLIGHT);
    const before = await hashed(databaseUrl);
    const child = await ground.child('muster-child', who === 'sealed' ? [] : UNSEALED);
    const given = { office: ground.office, databaseUrl, redisUrl: ground.redisUrl };
    return { child, databaseUrl, before, url: await child.ask<string>('start', given) };
  };
  const sides = { sealed: await start('sealed'), unsealed: await start('unsealed') };
  const urls = { sealed: sides.sealed.url, unsealed: sides.unsealed.url };
  const costs: Record<Who, number[]> = { sealed: [], unsealed: [] };
  const around = async (who: Who, run: () => Promise<Measured>): Promise<Measured> => {
    const { child } = sides[who];
    const before = busy(await child.ask<NodeJS.CpuUsage>('cpu'));
    const measured = await run();
    costs[who].push((busy(await child.ask<NodeJS.CpuUsage>('cpu')) - before) / measured.requests);
    return measured;
  };
  const rounds = await alternate({ load, urls, around }, ORDER);
  const after = await hashed(sides.unsealed.databaseUrl);
  if (after.with !== sides.unsealed.before.with || after.without === 0)
    throw new Error('the side without the chain sealed what it wrote');
  if ((await hashed(sides.sealed.databaseUrl)).without > 0)
    throw new Error('the side with the chain left something unsealed');
  for (const child of [load, sides.sealed.child, sides.unsealed.child]) await child.stop();
  const ratio = figure(costs.sealed.map((one, n) => one / (costs.unsealed[n] ?? one))).median;
  return {
    title: 'What the audit’s chain costs /incident log',
    head: ['', 'µs of the service’s processor', 'acknowledged/s', 'p99 ms'],
    rows: ORDER.map((who) => [
      NAMES[who],
      shown(figure(costs[who])),
      shown(figure(rounds[who].map(throughput))),
      shown(figure(rounds[who].map(({ p99 }) => p99))),
    ]),
    targets: [
      {
        what: 'processor time of a line with the chain against without',
        ratio,
        wanted: 'at most 1.1',
        met: ratio <= 1.1,
      },
    ],
  };
}
