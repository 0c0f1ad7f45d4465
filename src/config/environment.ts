import { nearest } from './nearest.ts';
import { type OAuthAccess, readOAuth, secretsOfOAuth } from './oauth.ts';
import type { Problem, Read } from './problem.ts';
import { readUnless } from './problem.ts';
import { createReader, type Variables } from './variables.ts';

export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

const YES_OR_NO = ['true', 'false'] as const;

/** What the surroundings say: checked, complete, defaults filled in. */
export interface Environment {
  readonly slack: SlackAccess;
  /** Null: an embedded PostgreSQL in `dataDir`. */
  readonly databaseUrl: string | null;
  /** The role that owns the tables and migrates; null: the one in `databaseUrl` does. */
  readonly databaseOwnerUrl: string | null;
  /** Null: BullMQ keeps its hints in PostgreSQL. */
  readonly redisUrl: string | null;
  /** 0 lets the system choose. */
  readonly port: number;
  readonly host: string;
  readonly adminPort: number;
  readonly configFile: string;
  /** Whether somebody named the file, so that its absence is a mistake. */
  readonly configFileNamed: boolean;
  readonly dataDir: string;
  readonly logLevel: LogLevel;
  /** Whether clocks fire from memory while PostgreSQL does not answer. */
  readonly escalateWithoutDatabase: boolean;
  /** Called once a minute while Muster is well; null: nobody listens. */
  readonly heartbeatUrl: string | null;
}

/** How Slack is reached: as one workspace's app, or as one that workspaces install themselves. */
export type SlackAccess = OneWorkspace | SeveralWorkspaces;

export interface OneWorkspace extends SlackReach {
  readonly botToken: string;
}

export interface SeveralWorkspaces extends SlackReach {
  readonly oauth: OAuthAccess;
}

interface SlackReach {
  /** Ends with a slash, as Slack's client wants it. */
  readonly apiUrl: string;
  readonly connection:
    | { readonly type: 'http'; readonly signingSecret: string }
    | { readonly type: 'socket'; readonly appToken: string };
}

export const SLACK_API_URL = 'https://slack.com/api/';

const OURS = [
  'SLACK_BOT_TOKEN',
  'SLACK_SIGNING_SECRET',
  'SLACK_APP_TOKEN',
  'SLACK_API_URL',
  'SLACK_CLIENT_ID',
  'SLACK_CLIENT_SECRET',
  'SLACK_STATE_SECRET',
];

/** Reads every variable Muster uses, or names every problem at once; never repeats a secret. */
export function readEnvironment(env: Variables): Read<Environment> {
  const problems: Problem[] = [];
  const warnings: Problem[] = [];
  const read = createReader(env, problems, warnings);
  const environment: Environment = {
    slack: slackAccess(read, problems),
    databaseUrl: read.url('DATABASE_URL', ['postgres:', 'postgresql:'], DATABASE_FIX),
    databaseOwnerUrl: read.url('DATABASE_OWNER_URL', ['postgres:', 'postgresql:'], OWNER_FIX),
    redisUrl: read.url('REDIS_URL', ['redis:', 'rediss:'], REDIS_FIX),
    port: read.port('PORT', 3000),
    host: read.host('HOST', '0.0.0.0'),
    adminPort: read.port('ADMIN_PORT', 9090),
    configFile: read.text('CONFIG_FILE') ?? 'muster.yaml',
    configFileNamed: read.text('CONFIG_FILE') !== null,
    dataDir: read.text('DATA_DIR') ?? '.muster',
    logLevel: read.oneOf('LOG_LEVEL', LOG_LEVELS, 'info'),
    escalateWithoutDatabase: read.oneOf('ESCALATE_WITHOUT_DB', YES_OR_NO, 'false') === 'true',
    heartbeatUrl: read.url('HEARTBEAT_URL', ['https:', 'http:'], HEARTBEAT_FIX),
  };
  if (environment.port !== 0 && environment.port === environment.adminPort)
    problems.push({
      path: 'ADMIN_PORT',
      reason: `is ${environment.port}, the same as PORT`,
      fix: 'choose another port: metrics and details never go on the public one',
    });
  problems.push(...ownerProblems(environment));
  warnings.push(...mistyped(env));
  return readUnless(problems, warnings, () => environment);
}

/** The owner migrates the very database that Muster works in, as somebody else. */
function ownerProblems({ databaseUrl, databaseOwnerUrl }: Environment): Problem[] {
  if (databaseOwnerUrl === null || !URL.canParse(databaseOwnerUrl)) return [];
  const path = 'DATABASE_OWNER_URL';
  if (databaseUrl === null)
    return [{ path, reason: 'is set, and DATABASE_URL is not', fix: 'set DATABASE_URL too' }];
  if (!URL.canParse(databaseUrl)) return [];
  const [owner, works] = [new URL(databaseOwnerUrl), new URL(databaseUrl)];
  if (owner.pathname !== works.pathname)
    return [{ path, reason: 'names another database than DATABASE_URL', fix: OWNER_FIX }];
  return owner.username === works.username
    ? [{ path, reason: 'names the same role as DATABASE_URL', fix: OWNER_FIX }]
    : [];
}

/** Everything in an environment that must never be printed, for the log to hide. */
export function secretsOf({
  slack,
  databaseUrl,
  databaseOwnerUrl,
  redisUrl,
  heartbeatUrl,
}: Environment): readonly string[] {
  const { connection } = slack;
  const passwords = [databaseUrl, databaseOwnerUrl, redisUrl].flatMap((url) =>
    url === null ? [] : [new URL(url).password, decoded(new URL(url).password)],
  );
  const key = connection.type === 'http' ? connection.signingSecret : connection.appToken;
  const own = 'oauth' in slack ? secretsOfOAuth(slack.oauth) : [slack.botToken];
  return [...own, key, heartbeatUrl ?? '', ...passwords].filter((secret) => secret !== '');
}

function decoded(password: string): string {
  try {
    return decodeURIComponent(password);
  } catch {
    return password;
  }
}

type Reader = ReturnType<typeof createReader>;

const DATABASE_FIX =
  'write postgres://user:password@host:5432/name (in a password, @ is %40, / is %2F and # is %23), or leave it empty for the embedded PostgreSQL';
const OWNER_FIX =
  'write postgres://owner:password@host:5432/name, the same database as DATABASE_URL by the role that owns its tables, or leave it empty';
const HEARTBEAT_FIX = 'write the address that your monitoring gave you, or leave it empty';
const REDIS_FIX = 'write redis://host:6379 or rediss://…, or leave it empty to do without Redis';

function slackAccess(read: Reader, problems: Problem[]): SlackAccess {
  const oauth = readOAuth(read, problems);
  const token = oauth === null ? { botToken: botToken(read) } : { oauth };
  return { ...token, apiUrl: apiUrl(read), connection: connection(read) };
}

function botToken(read: Reader): string {
  return read.token('SLACK_BOT_TOKEN', 'xoxb-', {
    missing: 'copy it from your Slack app: OAuth & Permissions, Bot User OAuth Token',
    others: {
      'xapp-': 'is an app-level token; that one belongs into SLACK_APP_TOKEN',
      'xoxp-': "is a user's token",
      'xoxe.': 'is a token that expires; renewing it takes SLACK_CLIENT_ID: docs/slack-app.md',
    },
  });
}

function connection(read: Reader): SlackAccess['connection'] {
  if (read.text('SLACK_APP_TOKEN') !== null) {
    const appToken = read.token('SLACK_APP_TOKEN', 'xapp-', {
      missing: '',
      others: { 'xoxb-': 'is a bot token; that one belongs into SLACK_BOT_TOKEN' },
    });
    return { type: 'socket', appToken };
  }
  return { type: 'http', signingSecret: signingSecret(read) };
}

/** Also a few characters again and again: 0123456789abcdef0123456789abcdef is everybody's example. */
const PLACEHOLDER = /^(.{1,16})\1+$|secret|change.?me|example/i;

function signingSecret(read: Reader): string {
  const path = 'SLACK_SIGNING_SECRET';
  const fix = 'copy it from your Slack app: Basic Information, App Credentials, Signing Secret';
  const secret = read.text(path);
  if (secret === null) {
    read.problem(
      path,
      'is not set, and neither is SLACK_APP_TOKEN',
      `${fix}; or set SLACK_APP_TOKEN`,
    );
    return '';
  }
  // Whoever guesses it can open incidents and page people: a placeholder is as good as none.
  if (/^xox|^xapp-/.test(secret)) read.problem(path, 'is a token, not the signing secret', fix);
  else if (secret.length < 16 || PLACEHOLDER.test(secret))
    read.problem(path, 'is a placeholder or too short to be safe', fix);
  else if (!/^[0-9a-f]{32}$/.test(secret))
    read.doubt(path, 'does not look like one of Slack’s (32 digits and letters a to f)', fix);
  return secret;
}

function apiUrl(read: Reader): string {
  const fix = `remove it to talk to Slack, or write an address such as ${SLACK_API_URL}`;
  const written = read.url('SLACK_API_URL', ['https:', 'http:'], fix) ?? SLACK_API_URL;
  const url = written.endsWith('/') ? written : `${written}/`;
  if (url !== SLACK_API_URL)
    read.doubt('SLACK_API_URL', 'is not Slack: tokens and everything Muster says go there', fix);
  return url;
}

/** Only Slack's variables: the rest of an environment is full of names that are nobody's mistake. */
const mistyped = (env: Variables): Problem[] =>
  Object.keys(env)
    .filter((name) => name.startsWith('SLACK_') && !OURS.includes(name) && env[name])
    .flatMap((path) => {
      const near = nearest(path, OURS);
      if (near === null) return [];
      return [{ path, reason: 'is not a variable Muster knows', fix: `did you mean ${near}?` }];
    });
