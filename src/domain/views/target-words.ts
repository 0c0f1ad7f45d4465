import type { OnCallBy } from '../schedules/roster.ts';
import type { Target } from '../settings.ts';
import { type Names, quietName } from './phrases.ts';

/**
 * Targets as the record keeps them (`user:U012ABC`, `schedule:platform`) in plain words.
 *
 * Never a mention: it is for telling whom a drill would have pinged, and a mention would ping them.
 */
export function inPlainWords(
  targets: readonly string[],
  names: Names,
  onCall: OnCallBy = {},
): string {
  const words = targets.map((written) => {
    const target = targetNamed(written);
    return target === null ? written : quietName(target, names, onCall);
  });
  return words.length === 0 ? 'nobody' : words.join(', ');
}

/** The target that is written so, or null where it is none. */
export function targetNamed(written: string): Target | null {
  const [, type = '', id] = /^([a-z]+)(?::(.+))?$/.exec(written) ?? [];
  if (type === 'declarer') return { type };
  if (type === 'channel') return { type, id: id ?? null };
  if (id === undefined) return null;
  if (type === 'user' || type === 'usergroup') return { type, id };
  const named = type === 'schedule' || type === 'policy' || type === 'webhook';
  return named ? { type, name: id } : null;
}
