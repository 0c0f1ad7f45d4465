import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

// What is measured runs in processes of its own, so that neither the load nor the stopwatch
// shares a thread with it. A child answers questions by name, one process per file of this folder.

/** A process that answers. */
export interface Child {
  ask<Answer>(question: string, given?: unknown): Promise<Answer>;
  stop(): Promise<void>;
}

interface Asked {
  readonly id: number;
  readonly question: string;
  readonly given: unknown;
}

interface Answered {
  readonly id: number;
  readonly answer?: unknown;
  readonly error?: string;
}

/** `BENCH_PROFILE=/tmp/profiles npm run bench log` leaves a .cpuprofile of every process there. */
const profiling = (): string[] => {
  const directory = process.env.BENCH_PROFILE;
  return directory ? ['--cpu-prof', '--cpu-prof-dir', directory] : [];
};

/** Starts `<name>.ts` as a process; its standard output is thrown away, as a log under /dev/null. */
export async function startChild(name: string, more: readonly string[] = []): Promise<Child> {
  const file = fileURLToPath(new URL(`./${name}.ts`, import.meta.url));
  const child = fork(file, [], {
    execArgv: [...process.execArgv, ...profiling(), ...more],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const waiting = new Map<number, (answered: Answered) => void>();
  let next = 0;
  child.on('message', (message: Answered) => waiting.get(message.id)?.(message));
  child.on('exit', (code) => {
    for (const tell of waiting.values()) tell({ id: 0, error: `${name} ended with ${code}` });
  });
  const ask = <Answer>(question: string, given: unknown = null): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const id = ++next;
      waiting.set(id, ({ answer, error }) => {
        waiting.delete(id);
        if (error === undefined) resolve(answer as Answer);
        else reject(new Error(`${name}, ${question}: ${error}`));
      });
      child.send({ id, question, given } satisfies Asked);
    });
  await ask('hello');
  return {
    ask,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = once(child, 'exit');
      const late = setTimeout(() => child.kill('SIGKILL'), 12_000);
      await ask('stop').catch(() => undefined);
      child.disconnect();
      await ended;
      clearTimeout(late);
    },
  };
}

/** The other side: what a child does when it is asked. It ends when nobody asks any more. */
export function answer(
  questions: Readonly<Record<string, (given: never) => unknown>>,
  stop: () => Promise<unknown>,
): void {
  const all: typeof questions = { hello: () => null, stop, ...questions };
  process.on('message', ({ id, question, given }: Asked) => {
    Promise.resolve()
      .then(() => all[question]?.(given as never))
      .then(
        (value) => process.send?.({ id, answer: value ?? null } satisfies Answered),
        (error: unknown) =>
          process.send?.({
            id,
            error: error instanceof Error ? (error.stack ?? '') : String(error),
          }),
      );
  });
  process.on('disconnect', () => process.exit(0));
}
