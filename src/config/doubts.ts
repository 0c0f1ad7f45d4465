import type { Instant } from '../domain/instant.ts';
import { PERMISSIONS } from '../domain/permissions.ts';
import type { Settings, Severity, Sla, Target } from '../domain/settings.ts';
import { DEFAULTS } from './defaults.ts';
import type { ConfigurationFile } from './schema.ts';
import type { Found } from './written.ts';

/** Pairs of rungs of which the first is due before the second, or somebody meant something else. */
const ORDER = [
  ['acknowledge', 'commander'],
  ['acknowledge', 'first_update'],
  ['first_update', 'mitigate'],
  ['update_every', 'resolve'],
  ['mitigate', 'resolve'],
] as const;

const RUNG = {
  acknowledge: 'acknowledge',
  commander: 'commander',
  first_update: 'firstUpdate',
  update_every: 'updateEvery',
  mitigate: 'mitigate',
  resolve: 'resolve',
} as const satisfies Record<string, keyof Sla>;

/** What can be read and is probably not meant. */
export const doubts = (file: ConfigurationFile, settings: Settings): readonly Found[] => [
  ...settings.severities.flatMap(outOfOrder),
  ...settings.severities.flatMap((severity) => pagedTooLate(settings, severity)),
  ...missingSeverities(file),
  ...unusedPolicies(file, settings),
  ...unusedSystems('webhook', settings.webhooks, settings),
  ...unusedSystems('schedule', settings.schedules, settings),
  ...slowed(settings),
];

const outOfOrder = ({ name, sla }: Severity): Found[] =>
  ORDER.flatMap(([first, second]): Found[] => {
    const [early, late] = [sla[RUNG[first]], sla[RUNG[second]]];
    if (early === null || late === null || early <= late) return [];
    return [
      {
        keys: ['severities', name, 'sla', first],
        reason: `${first} is due after ${second}`,
        fix: `${first} usually comes before ${second}`,
      },
    ];
  });

function pagedTooLate({ policies }: Settings, { name, sla, policy }: Severity): Found[] {
  const first: Instant | undefined = policies[policy]?.levels[0]?.after;
  if (first === undefined || sla.acknowledge === null || first < sla.acknowledge) return [];
  return [
    {
      keys: ['severities', name, 'sla', 'acknowledge'],
      reason: `policy ${policy} tells nobody before this is due`,
      fix: 'begin the policy with { after: 0m, notify: [channel, declarer] }',
    },
  ];
}

/** Who writes one of the four usually expects the other three to stay. */
function missingSeverities({ severities }: ConfigurationFile): Found[] {
  if (severities === undefined) return [];
  const usual = DEFAULTS.severities.map(({ name }) => name);
  const written = Object.keys(severities);
  const gone = usual.filter((name) => !written.includes(name));
  if (gone.length === 0 || !written.every((name) => usual.includes(name))) return [];
  return [
    {
      keys: ['severities'],
      reason: `${gone.join(', ')} ${gone.length > 1 ? 'do' : 'does'} not exist now: what is listed is what exists`,
      fix: `add ${gone.map((name) => `${name}: {}`).join(', ')} to keep the usual ones`,
    },
  ];
}

const unusedPolicies = ({ policies }: ConfigurationFile, settings: Settings): Found[] =>
  Object.keys(policies ?? {})
    .filter((name) => !settings.severities.some(({ policy }) => policy === name))
    .filter((name) => !isTarget(settings, 'policy', name))
    .map((name) => ({
      keys: ['policies', name],
      reason: 'no severity uses this policy',
      fix: `write policy: ${name} in a severity, or remove it`,
    }));

/** A pager or rotation that is named nowhere pages nobody, and whoever set it up believes that it does. */
const unusedSystems = (
  type: 'webhook' | 'schedule',
  named: Readonly<Record<string, unknown>>,
  settings: Settings,
): Found[] =>
  Object.keys(named)
    .filter((name) => !isTarget(settings, type, name))
    .map((name) => ({
      keys: [`${type}s`, name],
      reason: `no policy names this ${type}`,
      fix: `write ${type}:${name} in a level of a policy, or remove it`,
    }));

/** What must never be closed to whoever is there at night. */
const AT_NIGHT = ['open', 'ack', 'log', 'page', 'role'] as const;

const slowed = ({ permissions }: Settings): Found[] =>
  AT_NIGHT.filter((name) => !['guest', 'anyone'].includes(permissions[name] ?? 'anyone')).map(
    (name) => ({
      keys: ['permissions', name],
      reason: `whoever is woken may find that they may not ${PERMISSIONS[name].does}`,
      fix: 'write anyone, unless that is what you want',
    }),
  );

/** Whether something names it that pages or invites. */
export const isTarget = (
  { policies, invite }: Settings,
  type: Target['type'],
  name: string,
): boolean =>
  [
    ...Object.values(policies).flatMap(({ levels }) => levels.flatMap(({ notify }) => notify)),
    ...invite,
  ].some((target) => target.type === type && 'name' in target && target.name === name);
