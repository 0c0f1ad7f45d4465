import type { Outcome } from '../ports.ts';
import type { Asked, Settled } from './together.ts';

/** How the lanes get changes done. */
export interface LaneParts {
  /** Many in one transaction. */
  readonly together: (asked: readonly Asked[]) => Promise<Settled[]>;
  /** One in its own, waiting for locks and finding repetitions. */
  readonly alone: (asked: Asked) => Promise<Outcome>;
}

interface Waiting {
  readonly asked: Asked;
  readonly resolve: (outcome: Outcome) => void;
  readonly reject: (error: unknown) => void;
}

/** Two, so that one transaction is decided while the other one is on its way to the disk. */
const LANES = 2;
const MOST_TOGETHER = 40;

/**
 * Gathers changes that arrive while others are being committed into the next transaction.
 *
 * Nobody waits for company: a change that finds a lane free goes at once. Changes of one incident
 * keep their order, and are never in two lanes.
 */
export function createLanes({ together, alone }: LaneParts) {
  let queue: Waiting[] = [];
  const busy = new Set<string>();
  let underWay = 0;
  let starting = false;

  /** The longest waiting whose incidents are not in another lane. */
  function take(): Waiting[] {
    const taken: Waiting[] = [];
    const left: Waiting[] = [];
    for (const one of queue) {
      const fits = taken.length < MOST_TOGETHER && !busy.has(one.asked.incident);
      (fits ? taken : left).push(one);
    }
    queue = left;
    return taken;
  }

  const oneAlone = ({ asked, resolve, reject }: Waiting): void =>
    void alone(asked).then(resolve, reject);

  async function carry(taken: readonly Waiting[]): Promise<void> {
    try {
      const settled = await together(taken.map(({ asked }) => asked));
      const later: Waiting[] = [];
      for (const [n, one] of taken.entries()) {
        const what = settled[n] ?? 'alone';
        if (what === 'later') later.push(one);
        else if (what === 'alone') oneAlone(one);
        else one.resolve(what);
      }
      queue = [...later, ...queue];
    } catch {
      // Whatever was wrong with one of them is not the others' fault: each finds out for itself.
      for (const one of taken) oneAlone(one);
    }
  }

  function start(): void {
    starting = false;
    while (underWay < LANES) {
      const taken = take();
      if (taken.length === 0) return;
      const incidents = new Set(taken.map(({ asked }) => asked.incident));
      for (const id of incidents) busy.add(id);
      underWay += 1;
      void carry(taken).finally(() => {
        for (const id of incidents) busy.delete(id);
        underWay -= 1;
        begin();
      });
    }
  }

  function begin(): void {
    if (starting) return;
    starting = true;
    setImmediate(start);
  }

  return (asked: Asked): Promise<Outcome> =>
    new Promise((resolve, reject) => {
      queue.push({ asked, resolve, reject });
      begin();
    });
}
