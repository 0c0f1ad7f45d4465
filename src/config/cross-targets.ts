import { DEFAULTS } from './defaults.ts';
import { nearest } from './nearest.ts';
import { shown } from './problem.ts';
import { target } from './targets.ts';
import { type Found, list, section } from './written.ts';

/** Targets that name something of the file: where it is written, and what it is called there. */
const SECTIONS = { schedule: 'schedules', policy: 'policies', webhook: 'webhooks' } as const;

type Reference = ReturnType<typeof referencesIn>[number];

/** Whether everything that a target names exists, and can be told there. */
export function targetChecks(root: unknown): readonly Found[] {
  const inPolicies = Object.entries(section(root, 'policies')).flatMap(([name, policy]) =>
    list(policy, 'levels').flatMap((level, index) =>
      referencesIn(list(level, 'notify'), ['policies', name, 'levels', index, 'notify']),
    ),
  );
  const invited = referencesIn(list(root, 'invite'), ['invite']);
  return [
    ...[...inPolicies, ...invited].flatMap((each) => unknownName(root, each)),
    ...inPolicies.flatMap((each) => pagesNobody(root, each)),
    ...invited.filter(({ type }) => type === 'webhook').map(notInvited),
    ...circles(root),
  ];
}

function referencesIn(written: readonly unknown[], keys: readonly PropertyKey[]) {
  return written.flatMap((each, index) => {
    const read = target.read(each);
    if (read === undefined || !('name' in read)) return [];
    return [{ ...read, keys: [...keys, index] }];
  });
}

function unknownName(root: unknown, { type, name, keys }: Reference): readonly Found[] {
  const part = SECTIONS[type];
  const known = Object.keys({ ...DEFAULTS[part], ...section(root, part) });
  if (known.includes(name)) return [];
  const near = nearest(name, known);
  const fix =
    near === null ? `add it under ${part}` : `did you mean ${near}? Or add it under ${part}`;
  return [{ keys, reason: `there is no ${type} ${shown(name)}`, fix }];
}

const notInvited = ({ name, keys }: Reference): Found => ({
  keys,
  reason: `webhook ${shown(name)} is nobody who can be invited`,
  fix: 'name it in a level of a policy instead',
});

/** A policy of ours without levels, such as `quiet`, stands for nobody. */
function pagesNobody(root: unknown, { type, name, keys }: Reference): readonly Found[] {
  const own = section(root, 'policies')[name];
  if (type !== 'policy' || own !== undefined) return [];
  if (DEFAULTS.policies[name]?.levels.length !== 0) return [];
  return [{ keys, reason: `policy ${name} tells nobody`, fix: 'name one that has levels' }];
}

/** As a target a policy is its first level: first levels that lead to each other never end. */
const circles = (root: unknown): readonly Found[] =>
  Object.keys(section(root, 'policies')).flatMap((name) => {
    const round = wayBack(root, name, [name]);
    const first = firstLevel(root, name).find((each) => each.name === round?.[1]);
    if (round === undefined || first === undefined) return [];
    return [
      {
        keys: first.keys,
        reason: `goes round in a circle: ${round.join(', ')}`,
        fix: 'let one of these first levels name people',
      },
    ];
  });

function wayBack(root: unknown, to: string, way: readonly string[]): readonly string[] | undefined {
  for (const { name } of firstLevel(root, way.at(-1) ?? to)) {
    if (name === to) return [...way, name];
    if (way.includes(name)) continue;
    const found = wayBack(root, to, [...way, name]);
    if (found !== undefined) return found;
  }
  return undefined;
}

function firstLevel(root: unknown, name: string): readonly Reference[] {
  const [first] = list(section(root, 'policies')[name], 'levels');
  const keys = ['policies', name, 'levels', 0, 'notify'];
  return referencesIn(list(first, 'notify'), keys).filter(({ type }) => type === 'policy');
}
