/** Lets so many of those who come work at a time; the others wait for their turn, in order. */
export function createTurns(most: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let working = 0;
  return async (work) => {
    if (working < most) working += 1;
    else await new Promise<void>((go) => waiting.push(go));
    try {
      return await work();
    } finally {
      // A turn goes from hand to hand; only when nobody waits is there one more.
      const next = waiting.shift();
      if (next === undefined) working -= 1;
      else next();
    }
  };
}
