/** Somebody who waits for a value. */
interface Waiter<Value> {
  readonly resolve: (value: Value | null) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Lookups that are wanted at the same time become one statement.
 *
 * The first one goes at once; what arrives while it is under way goes together, next. A value is
 * never older than the asking: nothing is kept, and a lookup that is under way is not joined.
 */
export function gather<Value>(
  look: (keys: readonly string[]) => Promise<ReadonlyMap<string, Value>>,
): (key: string) => Promise<Value | null> {
  let waiting = new Map<string, Waiter<Value>[]>();
  let looking = false;

  async function round(asked: ReadonlyMap<string, Waiter<Value>[]>): Promise<void> {
    const everybody = [...asked].flatMap(([key, waiters]) =>
      waiters.map((waiter) => ({ key, ...waiter })),
    );
    try {
      const found = await look([...asked.keys()]);
      for (const { key, resolve } of everybody) resolve(found.get(key) ?? null);
    } catch (error) {
      for (const { reject } of everybody) reject(error);
    }
  }

  async function rounds(): Promise<void> {
    while (waiting.size > 0) {
      const asked = waiting;
      waiting = new Map();
      await round(asked);
    }
    looking = false;
  }

  return (key) =>
    new Promise((resolve, reject) => {
      const waiters = waiting.get(key);
      if (waiters) waiters.push({ resolve, reject });
      else waiting.set(key, [{ resolve, reject }]);
      if (looking) return;
      looking = true;
      // After the events of this moment: whoever typed in the same millisecond comes along.
      setImmediate(() => void rounds());
    });
}

/** Two ids as one key: neither Slack's nor ours have a space in them. */
export const pairOf = (first: string, second: string): string => `${first} ${second}`;

/** The two ids of a key. */
export function partsOf(pair: string): [string, string] {
  const at = pair.indexOf(' ');
  return [pair.slice(0, at), pair.slice(at + 1)];
}
