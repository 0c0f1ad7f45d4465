import { counted } from '../counted.ts';
import { type Check, overall } from './check.ts';
import type { QueueFacts } from './facts.ts';

/** More jobs than this wait only when nobody takes them. */
const MANY_WAITING = 200;
const MANY_FAILED = 20;

const isRedis = ({ name, reachable }: QueueFacts): boolean => name === 'redis' && reachable;

const grew = ({ jobs, before }: QueueFacts, what: 'waiting' | 'failed'): boolean =>
  jobs !== null && before !== null && jobs[what] > before[what];

/** The queue of wake-ups. Nothing here loses a timer: the sweep fires them all the same. */
export const queue: readonly Check[] = [
  {
    name: 'queue-unreachable',
    title: 'The queue does not answer',
    weight: 'degraded',
    watched: true,
    means: 'Timers fire by the sweep alone, up to a second later; nothing is lost.',
    repair: 'Bring Redis back, or remove REDIS_URL; Muster reconnects by itself.',
    repairs: [],
    find: (facts) => (facts.queue.reachable ? [] : overall('It did not answer at the last look.')),
  },
  {
    name: 'redis-evicts',
    title: 'Redis throws keys away',
    weight: 'degraded',
    means: 'A queue whose keys are evicted fails in odd ways; timers fire by the sweep then.',
    repair: 'Set maxmemory-policy to noeviction, in redis.conf or where the service is managed.',
    repairs: [],
    find: (facts) => {
      const { eviction } = facts.queue;
      if (!isRedis(facts.queue) || eviction === null || eviction === 'noeviction') return [];
      return overall('Its maxmemory-policy is ', { type: 'code', text: eviction }, '.');
    },
  },
  {
    name: 'redis-forgets',
    title: 'Redis keeps nothing on disk',
    weight: 'hint',
    means: 'After a restart of Redis the hints are gone; Muster makes them anew within seconds.',
    repair: 'Set appendonly to yes, if that gap matters to you.',
    repairs: [],
    find: (facts) =>
      isRedis(facts.queue) && facts.queue.persistent === false
        ? overall('Neither its append-only file nor its snapshots are on.')
        : [],
  },
  {
    name: 'queue-stuck',
    title: 'Wake-ups pile up',
    weight: 'degraded',
    means: 'Nobody takes wake-ups from the queue; timers fire by the sweep, up to a second later.',
    repair: 'Hint anew; if they go on piling up, restart Muster and keep its log.',
    repairs: [{ how: 'hint', label: 'Hint anew' }],
    find: ({ queue: facts }) => {
      const { jobs } = facts;
      if (jobs === null) return [];
      if (jobs.waiting > MANY_WAITING && grew(facts, 'waiting'))
        return overall(`${counted(jobs.waiting, 'job')} wait, more than at the look before.`);
      return jobs.failed > MANY_FAILED && grew(facts, 'failed')
        ? overall(`${counted(jobs.failed, 'job')} failed, more than at the look before.`)
        : [];
    },
  },
];
