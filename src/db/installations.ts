import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Instant } from '../domain/instant.ts';
import type {
  Granted,
  Installation,
  Installations,
  KeptInstallation,
  OrgWorkspace,
  Refreshed,
  Tokens,
} from '../installation.ts';
import { StoreUnavailable } from '../ports.ts';
import { answering } from './answering.ts';
import { NOW } from './bulk.ts';
import { type Queryable, run, type Sql } from './connect.ts';
import { CannotOpen, type Sealer } from './sealing.ts';
import { understood } from './unavailable.ts';

const COLUMNS = `id, is_org as "isOrg", enterprise, name, app_id as "appId", bot_id as "botId",
  bot_user_id as "botUserId", scopes, installed_by as "installedBy", bot_token as "botToken",
  refresh_token as "refreshToken", refresh_fault as "refreshFault",
  floor(extract(epoch from expires_at) * 1000)::float8 as "expiresAt",
  floor(extract(epoch from removed_at) * 1000)::float8 as "removedAt"`;
const ALL = `select ${COLUMNS} from installation order by id`;
const WORKSPACES = 'select workspace, enterprise from org_workspace order by workspace';
const CLOCK = `select ${NOW} as "now"`;
const SAVE = `insert into installation (id, is_org, enterprise, name, app_id, bot_id, bot_user_id, scopes,
    installed_by, installed_at, bot_token, refresh_token, expires_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, now(), $10, $11, now() + $12::float8 * interval '1 millisecond')
  on conflict (id) do update set is_org = excluded.is_org, enterprise = excluded.enterprise,
    name = excluded.name, app_id = excluded.app_id, bot_id = excluded.bot_id,
    bot_user_id = excluded.bot_user_id, scopes = excluded.scopes,
    installed_by = excluded.installed_by, installed_at = excluded.installed_at,
    bot_token = excluded.bot_token, refresh_token = excluded.refresh_token,
    expires_at = excluded.expires_at, refreshing_by = null, refreshing_until = null,
    refresh_fault = null, removed_at = null, removed_why = null`;
/** What waits for this installation waits no longer. */
const LET_GO = `delete from gate where scope = 'ws:' || $1
  or scope in (select 'ws:' || workspace from org_workspace where enterprise = $1)`;
const JOIN = `insert into org_workspace (workspace, enterprise) values ($1, $2)
  on conflict (workspace) do update set enterprise = excluded.enterprise`;
const LET_GO_JOINED = `delete from gate where scope = 'ws:' || $1`;
const PART =
  'delete from org_workspace where workspace = $1 and enterprise = $2 returning workspace';
const REMOVE = `update installation set bot_token = null, refresh_token = null, expires_at = null,
    refreshing_by = null, refreshing_until = null, refresh_fault = null, removed_at = now(), removed_why = $2
  where id = $1 and bot_token is not null returning id`;
/** How long the one that asks Slack for a token keeps the others from it. */
const REFRESH_SECONDS = 30;
const CLAIM = `update installation set refreshing_by = $2::text::uuid,
    refreshing_until = now() + interval '${REFRESH_SECONDS} seconds'
  where id = $1 and refresh_token is not null
    and expires_at < now() + $3::float8 * interval '1 millisecond'
    and (refreshing_until is null or refreshing_until < now())
  returning refresh_token as "refreshToken"`;
const IS_FRESH = `select 1 as yes from installation
  where id = $1 and bot_token is not null
    and (expires_at is null or expires_at >= now() + $2::float8 * interval '1 millisecond')`;
const SETTLE = `update installation set bot_token = $3, refresh_token = $4,
    expires_at = now() + $5::float8 * interval '1 millisecond',
    refreshing_by = null, refreshing_until = null, refresh_fault = null
  where id = $1 and refreshing_by = $2::text::uuid and bot_token is not null`;
/** Asked again after a minute: it may be Slack's own trouble. */
const FAULT = `update installation set refresh_fault = $3, refreshing_by = null,
    refreshing_until = now() + interval '60 seconds'
  where id = $1 and refreshing_by = $2::text::uuid`;
const RESEAL = `update installation set bot_token = $3, refresh_token = $5
  where id = $1 and bot_token = $2 and refresh_token is not distinct from $4 returning id`;
const FORGET = 'delete from installation where id = $1';
const FORGET_WORKSPACES = 'delete from org_workspace where enterprise = $1';

/** A token that Slack has given out and nobody has kept is lost: it is tried for this long. */
const SETTLE_WITHIN_MS = 25_000;
const SETTLE_AGAIN_MS = 250;

interface Row {
  readonly id: string;
  readonly isOrg: boolean;
  readonly enterprise: string | null;
  readonly name: string;
  readonly appId: string;
  readonly botId: string;
  readonly botUserId: string;
  readonly scopes: string;
  readonly installedBy: string;
  readonly botToken: string | null;
  readonly refreshToken: string | null;
  readonly refreshFault: string | null;
  readonly expiresAt: Instant | null;
  readonly removedAt: Instant | null;
}

const botPlace = (id: string): string => `${id}:bot_token`;
const refreshPlace = (id: string): string => `${id}:refresh_token`;

function tokensOf(sealer: Sealer, { id, botToken, refreshToken, expiresAt }: Row): Tokens | null {
  if (botToken === null) return null;
  const refresh = refreshToken === null ? null : sealer.open(refreshToken, refreshPlace(id));
  return { bot: sealer.open(botToken, botPlace(id)), refresh, expiresAt };
}

/** One row that no key opens is no reason to serve nobody. */
function opened(sealer: Sealer, row: Row): Pick<KeptInstallation, 'tokens' | 'untokened'> {
  try {
    const tokens = tokensOf(sealer, row);
    return { tokens, untokened: tokens === null ? 'removed' : null };
  } catch (error) {
    if (!(error instanceof CannotOpen)) throw error;
    return { tokens: null, untokened: 'sealed' };
  }
}

function keptOf(sealer: Sealer, row: Row): KeptInstallation {
  const { botToken: _, refreshToken: __, expiresAt: ___, scopes, ...rest } = row;
  return { ...rest, scopes: scopes.split(',').filter(Boolean), ...opened(sealer, row) };
}

const sealedRefresh = (sealer: Sealer, id: string, refresh: string | null): string | null =>
  refresh === null ? null : sealer.seal(refresh, refreshPlace(id));

async function save(
  tx: Queryable,
  sealer: Sealer,
  { id, ...about }: Omit<Installation, 'tokens'>,
  { bot, refresh, expiresInMs }: Granted,
): Promise<void> {
  const { isOrg, enterprise, name, appId, botId, botUserId, scopes, installedBy } = about;
  await run(tx, SAVE, [
    ...[id, isOrg, enterprise, name, appId, botId, botUserId, scopes.join(), installedBy],
    ...[sealer.seal(bot, botPlace(id)), sealedRefresh(sealer, id, refresh), expiresInMs],
  ]);
  await run(tx, LET_GO, [id]);
}

/** Keeps on trying while the database is away: what is to be kept exists nowhere else. */
async function persistently(settle: () => Promise<unknown>): Promise<void> {
  const until = performance.now() + SETTLE_WITHIN_MS;
  for (;;) {
    try {
      await settle();
      return;
    } catch (error) {
      if (!(understood(error) instanceof StoreUnavailable) || performance.now() > until)
        throw error;
      await pause(SETTLE_AGAIN_MS);
    }
  }
}

async function refresh(
  sql: Sql,
  sealer: Sealer,
  id: string,
  withinMs: number,
  renew: Parameters<Installations['refresh']>[2],
): Promise<Refreshed> {
  const owner = randomUUID();
  const [claimed] = await run<{ refreshToken: string }>(sql, CLAIM, [id, owner, withinMs]);
  if (!claimed) {
    const [fresh] = await run(sql, IS_FRESH, [id, withinMs]);
    return { type: fresh ? 'fresh' : 'elsewhere' };
  }
  const granted = await renew(sealer.open(claimed.refreshToken, refreshPlace(id)));
  if ('fault' in granted) {
    await persistently(() => run(sql, FAULT, [id, owner, granted.fault]));
    return { type: 'refused', fault: granted.fault };
  }
  const { bot, refresh: next, expiresInMs } = granted;
  const values = [sealer.seal(bot, botPlace(id)), sealedRefresh(sealer, id, next), expiresInMs];
  await persistently(() => run(sql, SETTLE, [id, owner, ...values]));
  return { type: 'fresh' };
}

async function reseal(sql: Sql, sealer: Sealer): Promise<number> {
  const rows = await run<Row>(sql, ALL);
  let count = 0;
  for (const row of rows) {
    const { id, botToken, refreshToken } = row;
    const old = [botToken, refreshToken].filter((sealed) => sealed !== null);
    const { tokens } = opened(sealer, row);
    if (tokens === null || old.every((sealed) => sealer.isNewest(sealed))) continue;
    const bot = sealer.seal(tokens.bot, botPlace(id));
    const next = sealedRefresh(sealer, id, tokens.refresh);
    // Only as it was read: another replica may have done it, or refreshed the token meanwhile.
    const done = await run(sql, RESEAL, [id, botToken, bot, refreshToken, next]);
    count += done.length;
  }
  return count;
}

/** Installations in PostgreSQL, their tokens sealed. */
export function createInstallations(
  sql: Sql,
  sealer: Sealer,
  answerWithinMs = 3000,
): Installations {
  const quick = {
    all: async () => {
      const [installations, workspaces, [clock]] = await Promise.all([
        run<Row>(sql, ALL),
        run<OrgWorkspace>(sql, WORKSPACES),
        run<{ now: Instant }>(sql, CLOCK),
      ]);
      const kept = installations.map((row) => keptOf(sealer, row));
      return { installations: kept, workspaces, now: clock?.now ?? 0 };
    },
    save: (...what: Parameters<Installations['save']>): Promise<void> =>
      sql.begin((tx) => save(tx, sealer, ...what)),
    join: (workspace: string, enterprise: string): Promise<void> =>
      sql.begin(async (tx) => {
        await run(tx, JOIN, [workspace, enterprise]);
        await run(tx, LET_GO_JOINED, [workspace]);
      }),
    part: async (workspace: string, enterprise: string): Promise<boolean> =>
      (await run(sql, PART, [workspace, enterprise])).length > 0,
    remove: async (id: string, why: string): Promise<boolean> =>
      (await run(sql, REMOVE, [id, why])).length > 0,
    forget: (id: string): Promise<void> =>
      sql.begin(async (tx) => {
        await run(tx, FORGET, [id]);
        await run(tx, FORGET_WORKSPACES, [id]);
      }),
  };
  return {
    ...answering(quick, answerWithinMs),
    // These wait for Slack, or for as many rows as there are.
    refresh: (...what) => refresh(sql, sealer, ...what),
    reseal: () => reseal(sql, sealer),
  };
}
