import { type Configuration, type ReadFile, readConfiguration } from './config/configuration.ts';
import type { Environment } from './config/environment.ts';
import { gaps } from './config/gaps.ts';
import { problemLine } from './config/problem.ts';
import type { Variables } from './config/variables.ts';
import type { Instant } from './domain/instant.ts';
import { hoursText, turnText } from './domain/schedules/wording.ts';
import { type Settings, targetName } from './domain/settings.ts';

/** `muster check`: everything that is wrong with the configuration, or what it comes to; starts nothing. */
export function checkConfiguration(
  env: Variables,
  readFile: ReadFile,
  now: Instant,
): { ok: boolean; lines: readonly string[] } {
  const read = readConfiguration(env, readFile);
  const doubts = [...read.warnings, ...(read.ok ? gaps(read.value.settings, now) : [])];
  const warnings = doubts.map((doubt) => `warning: ${problemLine(doubt)}`);
  if (read.ok) return { ok: true, lines: [...warnings, ...summary(read.value)] };
  const problems = read.refusal.map((problem) => `problem: ${problemLine(problem)}`);
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
  return { ok: false, lines: [...problems, ...warnings, `${count}: Muster would not start.`] };
}

const summary = ({ environment, settings }: Configuration): readonly string[] => [
  'The configuration is good.',
  ...whereabouts(environment),
  ...ladders(settings),
  ...schedules(settings),
  ...webhooks(settings),
  ...quietHours(settings),
  ...retention(settings),
  ...workspaces(settings),
];

const whereabouts = (environment: Environment): readonly string[] => [
  environment.slack.connection.type === 'socket'
    ? '  Slack     Socket Mode'
    : `  Slack     HTTP, request URL on ${environment.host}:${environment.port}/slack/events`,
  ...installable(environment),
  `  Database  ${environment.databaseUrl === null ? `embedded PostgreSQL in ${environment.dataDir}` : hostOf(environment.databaseUrl)}`,
  `  Queue     ${environment.redisUrl === null ? 'in PostgreSQL' : `Redis at ${hostOf(environment.redisUrl)}`}`,
  `  Admin     127.0.0.1:${environment.adminPort}`,
];

/** Where workspaces install Muster, and which keys their tokens are encrypted with; never a key. */
const installable = ({ slack }: Environment): readonly string[] =>
  'oauth' in slack
    ? [
        `  Install   ${slack.oauth.publicUrl}/slack/install`,
        `  Tokens    encrypted with ${slack.oauth.keys.map(({ id }) => id).join(', then ')}`,
      ]
    : [];

/** What workspaces have of their own. */
const workspaces = ({ workspaces: own = {} }: Settings): readonly string[] =>
  Object.entries(own).map(([id, { announce, administrators }]) => {
    const told = administrators.length === 0 ? 'nobody' : administrators.join(' ');
    return `  workspace ${id}: announces in ${announce ?? 'no channel'}, administrators ${told}`;
  });

/** Host and name only: the rest of a connection string is nobody's business. */
const hostOf = (url: string): string => {
  const { host, pathname } = new URL(url);
  return `${host}${pathname}`;
};

const ladders = ({ severities, policies }: Settings): readonly string[] =>
  severities.map(({ name, aliases, policy }) => {
    const told = (policies[policy]?.levels ?? []).map(({ after, notify }) => {
      return `${minutes(after)} ${notify.map(targetName).join(' ')}`;
    });
    return `  ${[name, ...aliases].join(', ')}: policy ${policy} (${told.join('; ') || 'pages nobody'})`;
  });

const schedules = ({ schedules }: Settings): readonly string[] =>
  Object.values(schedules).flatMap(({ name, layers }) =>
    layers.map((layer) => {
      const only = layer.only.length === 0 ? '' : `, only ${layer.only.map(hoursText).join(', ')}`;
      return `  schedule ${name}: ${layer.members.join(' ')} (${turnText(layer)}${only}, ${layer.zone})`;
    }),
  );

/** Of an address the host alone: the rest may hold a secret. */
const webhooks = ({ webhooks }: Settings): readonly string[] =>
  Object.values(webhooks).map(
    ({ name, format, url, keyFrom, internal }) =>
      `  webhook ${name}: ${format} at ${new URL(url).host}, key in $${keyFrom}${internal ? ', internal' : ''}`,
  );

const quietHours = ({ quietHours }: Settings): readonly string[] =>
  quietHours === null
    ? []
    : [
        `  quiet below ${quietHours.below}: ${quietHours.hours.map(hoursText).join(', ')} (${quietHours.zone})`,
      ];

const retention = ({ retention: { incidents, drills } }: Settings): readonly string[] => {
  const kept = [
    ...(incidents === null ? [] : [`incidents ${days(incidents)}`]),
    ...(drills === null ? [] : [`drills ${days(drills)}`]),
  ];
  return kept.length === 0
    ? []
    : [`  kept: ${kept.join(', ')} after their last change (purge --due)`];
};

const days = (ms: number): string => `${Math.round(ms / 86_400_000)} days`;

const minutes = (ms: number): string =>
  ms % 60_000 === 0 ? `${ms / 60_000}m` : `${Math.round(ms / 1000)}s`;
