import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReadFile } from '../config/configuration.ts';
import { readConfiguration } from '../config/configuration.ts';
import type { Variables } from '../config/variables.ts';
import { readArchive } from '../db/archive.ts';
import type { Queryable, Sql } from '../db/connect.ts';
import {
  databaseNow,
  type Purgeable,
  purge,
  purgeable,
  purgeableNumbered,
  purgeWorkspace,
} from '../db/purge.ts';
import { counted } from '../domain/counted.ts';
import { incidentName } from '../domain/incident.ts';
import { type Retention, settingsIn } from '../domain/settings.ts';
import { recordJson } from '../exports/json.ts';
import { inDatabase, why } from './database.ts';
import { type Asked, PURGE_USAGE, readPurge } from './purge-words.ts';
import { BROKEN, type Print, UNKNOWN, WHOLE } from './words.ts';

const DAY = 86_400_000;

/** What is to be removed, and what is not, with the reason. */
interface Plan {
  readonly purged: readonly Purgeable[];
  readonly kept: readonly string[];
  readonly reason: string;
}

/** Nothing was removed, and why. */
class NotPurged extends Error {}

const daysSince = (at: number, now: number): number => Math.floor((now - at) / DAY);

/** How long what belongs to a workspace is kept. */
type RetentionIn = (workspace: string) => Retention;

/** What the configuration says is over for long enough. */
function due(all: readonly Purgeable[], retentionIn: RetentionIn, now: number): Plan {
  const isDue = ({ workspace, over, drill, changedAt }: Purgeable): boolean => {
    const { incidents, drills } = retentionIn(workspace);
    const limit = drill ? drills : incidents;
    return over && limit !== null && now - changedAt > limit;
  };
  const found = all.filter(isDue);
  const waiting = found.filter(({ openActions }) => openActions > 0);
  return {
    purged: found.filter(({ openActions }) => openActions === 0),
    kept: waiting.map(
      (one) =>
        `${incidentName(one)} stays: ${counted(one.openActions, 'action item')} still to be done.`,
    ),
    reason: 'its retention is over',
  };
}

function retentionOf(env: Variables, readFile: ReadFile): RetentionIn {
  const read = readConfiguration(env, readFile);
  if (!read.ok) throw new NotPurged('muster.yaml or the environment is not good. check says what.');
  const { settings } = read.value;
  const all = [settings, ...Object.values(settings.workspaces ?? {})];
  if (all.every(({ retention }) => retention.incidents === null && retention.drills === null))
    throw new NotPurged('The configuration has no retention: incidents are kept for ever.');
  return (workspace) => settingsIn(settings, workspace).retention;
}

async function planned(sql: Sql, asked: Asked, rules: () => RetentionIn): Promise<Plan> {
  if (asked.type === 'due')
    return due(await purgeable(sql, asked.workspace), rules(), await databaseNow(sql));
  if (asked.type === 'workspace')
    return { purged: await purgeable(sql, asked.workspace), kept: [], reason: asked.reason };
  const named = await purgeableNumbered(sql, asked.address);
  const here = named.filter(
    ({ workspace }) => asked.workspace === null || workspace === asked.workspace,
  );
  const [one, ...more] = here;
  if (one === undefined) throw new NotPurged(`There is no ${incidentName(asked.address)} here.`);
  if (more.length > 0)
    throw new NotPurged(
      `${incidentName(asked.address)} is in ${here.map(({ workspace }) => workspace).join(', ')}: say which with --in ${one.workspace}.`,
    );
  if (!one.over)
    throw new NotPurged(`${incidentName(one)} is not over: resolve or cancel it first.`);
  return { purged: [one], kept: [], reason: asked.reason };
}

/** Writes the record where nothing is yet, and waits until it is on the disk. */
async function exportTo(folder: string, one: Purgeable, tx: Queryable): Promise<string> {
  const archive = await readArchive(tx, one.id);
  if (archive === null) throw new NotPurged(`${incidentName(one)} is gone already.`);
  const path = join(folder, `${one.workspace}-${incidentName(one)}.json`);
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(recordJson([archive]));
    await file.sync();
  } finally {
    await file.close();
  }
  return path;
}

async function carryOut(sql: Sql, asked: Asked, { purged, reason }: Plan, print: Print) {
  const { exportTo: folder } = asked;
  if (folder !== null) await mkdir(folder, { recursive: true, mode: 0o700 });
  const exported = async (one: Purgeable, tx: Queryable): Promise<void> => {
    if (folder !== null)
      print(`${incidentName(one)} is exported to ${await exportTo(folder, one, tx)}.`);
  };
  if (asked.type === 'workspace') {
    await sql.begin(async (tx) => {
      for (const one of purged) await exported(one, tx);
      await purgeWorkspace(tx, asked.workspace, reason);
    });
  } else {
    for (const one of purged)
      await sql.begin(async (tx) => {
        await exported(one, tx);
        await purge(tx, one, reason);
      });
  }
  for (const one of purged) print(`${incidentName(one)} of ${one.workspace} is purged: ${reason}.`);
}

async function purgeIn(
  sql: Sql,
  asked: Asked,
  rules: () => RetentionIn,
  print: Print,
): Promise<number> {
  const plan = await planned(sql, asked, rules);
  for (const line of plan.kept) print(line);
  if (plan.purged.length === 0 && asked.type !== 'workspace') {
    print('Nothing is to be purged.');
    return WHOLE;
  }
  if (!asked.yes) {
    const now = await databaseNow(sql);
    for (const one of plan.purged)
      print(
        `${incidentName(one)} of ${one.workspace}, last changed ${daysSince(one.changedAt, now)} days ago, would be purged.`,
      );
    if (asked.type === 'workspace') print(`All else of ${asked.workspace} would go with them.`);
    print('Nothing was removed. To remove it for good, type it again with --yes.');
    return WHOLE;
  }
  await carryOut(sql, asked, plan, print);
  print(
    `${counted(plan.purged.length, 'incident')} purged. A line of each stays, with who did it, when and why. Slack and back-ups still have theirs.`,
  );
  return WHOLE;
}

/** Whoever works for Muster may not delete: where another role owns the tables, it does this. */
const asOwner = (env: Variables): Variables =>
  env.DATABASE_OWNER_URL ? { ...env, DATABASE_URL: env.DATABASE_OWNER_URL } : env;

/**
 * `muster purge`: removes incidents whose time is up, one by name, or a whole workspace, whether or not
 * Muster runs; without `--yes` only says what it would do. Ends with 0 when that is done, 1 when it
 * was refused, 2 when it could not be done.
 */
export async function purgeRecords(
  words: readonly string[],
  env: Variables,
  readFile: ReadFile,
  print: Print,
): Promise<number> {
  const asked = readPurge(words);
  if (typeof asked === 'string') {
    print(`${asked} ${PURGE_USAGE}`);
    return UNKNOWN;
  }
  try {
    return await inDatabase(asOwner(env), 'muster-purge', (sql) =>
      purgeIn(sql, asked, () => retentionOf(env, readFile), print),
    );
  } catch (error) {
    if (error instanceof NotPurged) {
      print(error.message);
      return BROKEN;
    }
    const denied = error instanceof Error && 'code' in error && error.code === '42501';
    print(
      denied
        ? 'This role may not remove anything: set DATABASE_OWNER_URL to the role that owns the tables.'
        : `It was not purged: ${why(error)}`,
    );
    return UNKNOWN;
  }
}
