import { permissionChecks } from './cross-permissions.ts';
import { postmortemChecks } from './cross-postmortem.ts';
import { quietChecks } from './cross-quiet.ts';
import { scheduleChecks } from './cross-schedules.ts';
import { targetChecks } from './cross-targets.ts';
import { webhookChecks } from './cross-webhooks.ts';
import { DEFAULT_POLICY, DEFAULTS } from './defaults.ts';
import { nearest } from './nearest.ts';
import { shown } from './problem.ts';
import { delay, word, workspaceId } from './values.ts';
import { type Found, isSection, list, section } from './written.ts';

/**
 * What is wrong between parts that may each be right.
 *
 * Works on the file as it was written, not as it was read, so that one bad value does not hide the others.
 */
export const crossChecks = (root: unknown): readonly Found[] => [
  ...badNames(root),
  ...badWorkspaces(root),
  ...twiceNamed(root),
  ...unknownPolicies(root),
  ...unladdered(root),
  ...notAscending(root),
  ...targetChecks(root),
  ...scheduleChecks(root),
  ...webhookChecks(root),
  ...quietChecks(root),
  ...postmortemChecks(root),
  ...permissionChecks(root),
];

const badWorkspaces = (root: unknown): Found[] =>
  Object.keys(section(root, 'workspaces'))
    .filter((id) => workspaceId.read(id) === undefined)
    .map((id) => ({
      keys: ['workspaces', id],
      reason: `${shown(id)} is not ${workspaceId.is}`,
      fix: workspaceId.fix,
    }));

const badNames = (root: unknown): Found[] =>
  ['severities', 'policies', 'schedules', 'webhooks'].flatMap((part) =>
    Object.keys(section(root, part))
      .filter((name) => word.read(name) === undefined)
      .map((name) => ({
        keys: [part, name],
        reason: `${shown(name)} is not ${word.is}`,
        fix: word.fix,
      })),
  );

/** Names and aliases are typed in the same place, in any case: each word means one severity. */
function twiceNamed(root: unknown): Found[] {
  const taken = new Map<string, string>();
  const found: Found[] = [];
  const severities = Object.entries(section(root, 'severities'));
  const claim = (name: string, said: unknown, keys: readonly PropertyKey[]) => {
    const bare = String(said).toLowerCase();
    const owner = taken.get(bare);
    taken.set(bare, owner ?? name);
    if (owner === undefined) return;
    const reason = `${shown(said)} already means ${owner}`;
    found.push({ keys, reason, fix: 'use each word once' });
  };
  for (const [name] of severities) claim(name, name, ['severities', name]);
  for (const [name, severity] of severities) {
    for (const [index, alias] of aliasesOf(name, severity).entries())
      claim(name, alias, ['severities', name, 'aliases', index]);
  }
  return found;
}

function aliasesOf(name: string, severity: unknown): readonly unknown[] {
  if (isSection(severity) && severity.aliases !== undefined) return list(severity, 'aliases');
  return DEFAULTS.severities.find((usual) => usual.name === name)?.aliases ?? [];
}

function unknownPolicies(root: unknown): Found[] {
  const known = [...Object.keys(section(root, 'policies')), ...Object.keys(DEFAULTS.policies)];
  return Object.entries(section(root, 'severities')).flatMap(([name, severity]) => {
    const policy = isSection(severity) ? severity.policy : undefined;
    if (typeof policy !== 'string' || known.includes(policy)) return [];
    const near = nearest(policy, known);
    const fix =
      near === null
        ? `add it under policies, or write ${DEFAULT_POLICY}`
        : `did you mean ${near}? Or add it under policies`;
    const reason = `there is no policy ${shown(policy)}`;
    return [{ keys: ['severities', name, 'policy'], reason, fix }];
  });
}

/** A severity of one's own without a ladder would escalate nothing, in silence. */
const unladdered = (root: unknown): Found[] =>
  Object.entries(section(root, 'severities'))
    .filter(([name]) => !DEFAULTS.severities.some((usual) => usual.name === name))
    .filter(([, severity]) => isSection(severity) && severity.sla === undefined)
    .map(([name]) => ({
      keys: ['severities', name, 'sla'],
      reason: 'is missing',
      fix: 'write sla: { acknowledge: 5m, … }, or sla: {} for no timers (only sev1 to sev4 have defaults)',
    }));

const notAscending = (root: unknown): Found[] =>
  Object.entries(section(root, 'policies')).flatMap(([name, policy]) => {
    const levels = list(policy, 'levels').map((level) =>
      isSection(level) ? { written: level.after, after: delay.read(level.after) } : undefined,
    );
    return levels.flatMap((level, index): Found[] => {
      const before = levels[index - 1];
      if (level?.after === undefined || before?.after === undefined) return [];
      if (level.after > before.after) return [];
      return [
        {
          keys: ['policies', name, 'levels', index, 'after'],
          reason: `${shown(level.written)} does not come after the level before it (${shown(before.written)})`,
          fix: 'put the levels in ascending order; delays count from the opening',
        },
      ];
    });
  });
