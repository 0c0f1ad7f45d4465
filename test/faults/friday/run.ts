/** Says a line to whoever waits for the outcome. */
export const print = (text: string): void => void process.stdout.write(`${text}\n`);

/** Runs a program of this folder and ends with 0 when all is as it has to be, with 1 when not. */
export function run(main: () => Promise<boolean>): void {
  main().then(
    (passed) => process.exit(passed ? 0 : 1),
    (error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
      process.exit(2);
    },
  );
}
