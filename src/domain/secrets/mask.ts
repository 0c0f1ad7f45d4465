import { SHAPES, type Shape } from './shapes.ts';

/** A text without what looks like a secret, and the kinds of what was taken out, each once. */
export interface Masked {
  readonly text: string;
  readonly found: readonly string[];
}

const marker = (name: string): string => `[secret removed: ${name}]`;

/** Nothing shorter than this can hold a secret; most of what is typed is. */
const SHORTEST = 6;

/** How much of what stands ahead may say what something is. */
const AHEAD = 40;

/** Where the secret stands in what a shape has matched: its group, without the quotes around it. */
function placeIn(whole: string, groups: unknown): { from: number; to: number } {
  const named =
    typeof groups === 'object' && groups !== null ? Reflect.get(groups, 'secret') : undefined;
  const secret = typeof named === 'string' ? named : whole;
  const at = whole.lastIndexOf(secret);
  const quoted = /^(["']).*\1$/s.test(secret) ? 1 : 0;
  return { from: at + quoted, to: at + secret.length - quoted };
}

function without(text: string, { name, shape, is }: Shape): { text: string; hit: boolean } {
  let hit = false;
  const left = text.replace(shape, (...args: unknown[]) => {
    const whole = String(args[0]);
    const offset = args.findLast((one): one is number => typeof one === 'number') ?? 0;
    const { from, to } = placeIn(whole, args.at(-1));
    const start = offset + from;
    const before = text.slice(Math.max(0, start - AHEAD), start);
    if (is !== undefined && !is(whole.slice(from, to), before)) return whole;
    hit = true;
    return `${whole.slice(0, from)}${marker(name)}${whole.slice(to)}`;
  });
  return { text: left, hit };
}

/**
 * Takes out what looks like a secret: a key, a token, a password with its name before it. The words
 * around it stay, and so does everything that only names something (hashes, ids, paths). What it
 * gives contains nothing more to take out.
 */
export function masked(text: string): Masked {
  if (text.length < SHORTEST) return { text, found: [] };
  return SHAPES.reduce<Masked>(
    (sofar, shape) => {
      const { text: left, hit } = without(sofar.text, shape);
      return hit ? { text: left, found: [...new Set([...sofar.found, shape.name])] } : sofar;
    },
    { text, found: [] },
  );
}
