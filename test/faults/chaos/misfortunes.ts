import { setTimeout as pause } from 'node:timers/promises';
import { troubleSlack } from '../friday/faults-slack.ts';
import { delivered } from '../friday/night.ts';
import type { Random } from '../friday/random.ts';
import type { Replica } from '../friday/replica.ts';
import type { Stretch } from '../friday/scene.ts';
import type { Stack } from '../friday/stack.ts';

/** What a firing may be measured by: the worst that was going on meanwhile. Worst first. */
export const KINDS = ['postgres', 'gone', 'frozen', 'killed', 'redis', 'slack'] as const;
export type Kind = (typeof KINDS)[number];
/** While these last nothing can fire: how late it is counts from their end. */
export const AWAY: readonly Kind[] = ['postgres', 'gone'];

/** What misfortunes have at hand. */
export interface Chaos {
  readonly stack: Stack;
  readonly random: Random;
  /** Told how long what a killed replica had under way took to be done by another. */
  readonly onHealed: (ms: number | null) => void;
}

/** Something that goes wrong for a while. */
export interface Misfortune {
  readonly name: string;
  readonly kind: Kind;
  /** How often it is chosen, against the others. */
  readonly weight: number;
  /** Resolves when it is over, with when its cause was there; without, all of it counts. */
  strike(chaos: Chaos): Promise<Stretch | undefined>;
}

const aliveOf = ({ stack, random }: Chaos): Replica =>
  random.pick(stack.replicas.filter(({ alive }) => alive));

async function killOne(chaos: Chaos): Promise<undefined> {
  const killed = aliveOf(chaos).kill();
  const [ms] = await Promise.all([delivered(chaos.stack), killed]);
  chaos.onHealed(ms);
}

/** Takes something away for a random time; the stretch ends when it is back. */
const awayFor =
  (leastMs: number, mostMs: number, take: (stack: Stack) => Promise<void>, bring: typeof take) =>
  async ({ stack, random }: Chaos): Promise<Stretch> => {
    const from = Date.now();
    await take(stack);
    await pause(random.between(leastMs, mostMs));
    await bring(stack);
    return { from, to: Date.now() };
  };

async function freezeOne(chaos: Chaos): Promise<undefined> {
  const victim = aliveOf(chaos);
  victim.freeze();
  await pause(chaos.random.between(3000, 13_000));
  victim.thaw();
}

const linesOf = ({ lines }: Stack) => Object.values(lines ?? {});

/** Everything that goes wrong in a long night. */
export const MISFORTUNES: readonly Misfortune[] = [
  { name: 'a replica killed', kind: 'killed', weight: 5, strike: killOne },
  {
    name: 'all replicas killed',
    kind: 'gone',
    weight: 1,
    async strike({ stack }) {
      const from = Date.now();
      const killed = stack.replicas.filter(({ alive }) => alive).map((each) => each.kill());
      await Promise.any(killed);
      const to = Date.now();
      await Promise.all(killed);
      return { from, to };
    },
  },
  {
    name: 'a replica restarted',
    kind: 'killed',
    weight: 2,
    strike: async (chaos) => void (await aliveOf(chaos).roll()),
  },
  { name: 'a replica frozen', kind: 'frozen', weight: 1, strike: freezeOne },
  {
    name: 'a replica cut off',
    kind: 'frozen',
    weight: 1,
    strike: awayFor(
      3000,
      12_000,
      async (stack) => {
        for (const line of linesOf(stack)) line.freeze();
      },
      async (stack) => {
        for (const line of linesOf(stack)) line.thaw();
      },
    ),
  },
  {
    name: 'Redis flushed',
    kind: 'redis',
    weight: 3,
    strike: awayFor(
      500,
      1000,
      async ({ redis }) => redis.flush(),
      async () => undefined,
    ),
  },
  {
    name: 'Redis frozen',
    kind: 'redis',
    weight: 2,
    strike: awayFor(
      3000,
      15_000,
      async ({ redis }) => redis.freeze(),
      async ({ redis }) => redis.thaw(),
    ),
  },
  {
    name: 'Redis killed',
    kind: 'redis',
    weight: 2,
    strike: awayFor(
      1000,
      12_000,
      ({ redis }) => redis.kill(),
      ({ redis }) => redis.restart(),
    ),
  },
  {
    name: 'PostgreSQL stopped',
    kind: 'postgres',
    weight: 2,
    strike: awayFor(
      1000,
      8000,
      (stack) => stack.postgres.stopAtOnce(),
      (stack) => stack.postgres.start(),
    ),
  },
  {
    name: 'PostgreSQL frozen',
    kind: 'postgres',
    weight: 2,
    strike: awayFor(
      1000,
      9000,
      (stack) => stack.postgres.freeze(),
      async (stack) => stack.postgres.thaw(),
    ),
  },
  {
    name: 'PostgreSQL restarted',
    kind: 'postgres',
    weight: 1,
    strike: awayFor(
      0,
      100,
      (stack) => stack.postgres.restart(),
      async () => undefined,
    ),
  },
  {
    name: 'a quarter of Slack’s answers lost',
    kind: 'slack',
    weight: 4,
    async strike({ stack, random }) {
      const stop = troubleSlack(stack, random, 0.25);
      await pause(random.between(5000, 15_000));
      stop();
      return undefined;
    },
  },
];

/** One of them, by its weight. */
export function choose(random: Random): Misfortune {
  const all = MISFORTUNES.flatMap((each) => Array.from({ length: each.weight }, () => each));
  return random.pick(all);
}
