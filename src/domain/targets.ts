import { type Settings, type Target, targetName } from './settings.ts';

/** Each target once, in order. */
export function distinct(targets: readonly Target[]): readonly Target[] {
  const names = new Map(targets.map((target) => [targetName(target), target]));
  return [...names.values()];
}

/**
 * The targets with every policy taken apart: everybody on its first level stands for it.
 *
 * Policies that name each other end where they began; each target comes once.
 */
export function expanded(targets: readonly Target[], settings: Settings): readonly Target[] {
  if (!targets.some(({ type }) => type === 'policy')) return targets;
  const seen = new Set<string>();
  const open = (target: Target): readonly Target[] => {
    if (target.type !== 'policy') return [target];
    if (seen.has(target.name)) return [];
    seen.add(target.name);
    return firstLevel(target.name, settings).flatMap(open);
  };
  return distinct(targets.flatMap(open));
}

function firstLevel(policy: string, { policies }: Settings): readonly Target[] {
  const levels = policies[policy]?.levels ?? [];
  return levels.toSorted((a, b) => a.after - b.after)[0]?.notify ?? [];
}
