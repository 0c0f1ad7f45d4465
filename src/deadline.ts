/** Waits for `what` at most so many milliseconds; then rejects with what `late` makes. */
export async function within<T>(ms: number, what: Promise<T>, late: () => Error): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(late()), ms);
  });
  try {
    return await Promise.race([what, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}

/** What comes of it, or null when it fails or takes longer than so many milliseconds. */
export const orNull = <T>(ms: number, what: Promise<T>): Promise<T | null> =>
  within(ms, what, () => new Error('not in time')).catch(() => null);
