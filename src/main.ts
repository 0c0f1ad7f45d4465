import { existsSync, readFileSync } from 'node:fs';
import { isUnheard } from './app/database.ts';
import { type RunningApp, startApp } from './app/index.ts';
import { checkConfiguration } from './check.ts';
import { readConfiguration } from './config/configuration.ts';
import { secretsOf } from './config/environment.ts';
import { problemLine } from './config/problem.ts';
import { webhookKeys } from './config/webhook-keys.ts';
import { askDoctor } from './doctor.ts';
import { createLog, type Log } from './log.ts';
import { writeManifest } from './manifest.ts';
import { importFile } from './records/import.ts';
import { purgeRecords } from './records/purge.ts';
import { asksForHelp, USAGE, unknownCommand, wrongArguments } from './usage.ts';
import { verify } from './verify.ts';

const STOP_WITHIN_MS = 10_000;
const CRASH_WITHIN_MS = 2000;

/** The text of a file; null when there is none. */
function readFile(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

interface Said {
  readonly ok: boolean;
  readonly lines: readonly string[];
}

function finish({ ok, lines }: Said): never {
  for (const line of lines) console.log(line);
  process.exit(ok ? 0 : 1);
}

/** What is written into a file must not have an error in it. */
function finishOutput({ ok, lines }: Said): never {
  if (ok) finish({ ok, lines });
  for (const line of lines) console.error(line);
  process.exit(1);
}

/** Checks the file that is named, else the one that Muster would start with. */
function check([file, ...more]: readonly string[]): never {
  if (more.length > 0 || file?.startsWith('-')) misused(wrongArguments('check'));
  const env = file === undefined ? process.env : { ...process.env, CONFIG_FILE: file };
  finish(checkConfiguration(env, readFile, Date.now()));
}

function misused(lines: readonly string[]): never {
  for (const line of lines) console.error(line);
  process.exit(2);
}

/** Stops once, in order and within its deadline; a second signal does not wait any longer. */
function stopOnSignals(app: RunningApp, log: Log): void {
  let stopping = false;
  for (const [signal, number] of [
    ['SIGTERM', 15],
    ['SIGINT', 2],
  ] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(128 + number);
      stopping = true;
      log.info('stopping', { signal });
      setTimeout(() => process.exit(1), STOP_WITHIN_MS).unref();
      app.stop().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
}

/** A fault that nobody caught: nothing is lost by starting afresh, and something may be by going on. */
function crashOnFaults(app: RunningApp, log: Log): void {
  const crash = (error: unknown): void => {
    log.error('unexpected fault', {}, error);
    setTimeout(() => process.exit(1), CRASH_WITHIN_MS).unref();
    app.stop().then(
      () => process.exit(1),
      () => process.exit(1),
    );
  };
  process.on('uncaughtException', crash);
  process.on('unhandledRejection', (error) => {
    if (isUnheard(error)) log.warn('connection lost', {}, error);
    else crash(error);
  });
}

async function main(): Promise<void> {
  const read = readConfiguration(process.env, readFile);
  for (const warning of read.warnings) console.error(`warning: ${problemLine(warning)}`);
  if (!read.ok) {
    for (const problem of read.refusal) console.error(`problem: ${problemLine(problem)}`);
    console.error('Muster did not start. See .env.example and docs/configuration.md.');
    process.exit(1);
  }
  const { environment, settings } = read.value;
  const keys = webhookKeys(settings, process.env);
  const secrets = [...secretsOf(environment), ...Object.values(keys)];
  const log = createLog({ level: environment.logLevel, secrets });
  try {
    const app = await startApp({ environment, settings, log, webhooks: { keys } });
    stopOnSignals(app, log);
    crashOnFaults(app, log);
  } catch (error) {
    log.error('could not start', {}, error);
    console.error(error instanceof Error ? error.message : String(error));
    process.exit(1);
  }
}

// What is set already wins over the file.
if (existsSync('.env')) process.loadEnvFile('.env');

const [, , command, ...rest] = process.argv;
if (asksForHelp(command)) finish({ ok: true, lines: USAGE });
else if (command === 'check') check(rest);
else if (command === 'manifest') finishOutput(writeManifest(rest, process.env));
else if (command === 'doctor') finish(await askDoctor(process.env, readFile));
else if (command === 'verify') process.exit(await verify(rest, process.env, console.log));
else if (command === 'import') process.exit(await importFile(rest, process.env, console.log));
else if (command === 'purge')
  process.exit(await purgeRecords(rest, process.env, readFile, console.log));
else if (command === undefined) await main();
else misused(unknownCommand(command));
