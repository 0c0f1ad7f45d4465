import { CONFIGURABLE, LEVELS, type Level, PERMISSIONS } from '../domain/permissions.ts';
import { nearest } from './nearest.ts';
import { shown } from './problem.ts';
import { type Found, section } from './written.ts';

/** Nobody takes part in, or leads, what is no incident. */
const ONLY_IN_INCIDENTS: readonly Level[] = ['responder', 'commander'];

/** Names that there are, with levels that mean something for them. */
export const permissionChecks = (root: unknown): readonly Found[] =>
  Object.entries(section(root, 'permissions')).flatMap(([name, level]): Found[] => {
    const what = CONFIGURABLE.get(name);
    const keys = ['permissions', name];
    if (what === undefined) {
      const known = [...CONFIGURABLE.keys()];
      const near = nearest(name, known);
      const fix = near === null ? `known here: ${known.join(', ')}` : `did you mean ${near}?`;
      return [{ keys, reason: 'is nothing that can be permitted', fix }];
    }
    const chosen = LEVELS.find((one) => one === level);
    if (chosen === undefined || PERMISSIONS[what].about === 'incident') return [];
    if (!ONLY_IN_INCIDENTS.includes(chosen)) return [];
    const reason = `${shown(level)} is not possible: ${name} is not about one incident`;
    return [{ keys, reason, fix: 'write guest, anyone or administrator' }];
  });
