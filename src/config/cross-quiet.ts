import { endOfHours } from '../domain/schedules/hours.ts';
import { DEFAULTS } from './defaults.ts';
import { nearest } from './nearest.ts';
import { shown } from './problem.ts';
import { hours } from './week.ts';
import { type Found, isSection, list, section } from './written.ts';

/** What is wrong between the quiet hours and the severities, and in the quiet hours together. */
export const quietChecks = (root: unknown): readonly Found[] => [
  ...unknownSeverity(root),
  ...neverOver(root),
];

function unknownSeverity(root: unknown): readonly Found[] {
  const { below } = section(root, 'quiet_hours');
  if (typeof below !== 'string') return [];
  const keys = ['quiet_hours', 'below'];
  const written = isSection(root) && root.severities !== undefined;
  const known = written
    ? Object.keys(section(root, 'severities'))
    : DEFAULTS.severities.map(({ name }) => name);
  const near = nearest(below, known);
  const fix = near === null ? `write one of ${known.join(', ')}` : `did you mean ${near}?`;
  if (!known.includes(below))
    return [{ keys, reason: `there is no severity ${shown(below)}`, fix }];
  if (known.at(-1) !== below) return [];
  return [
    {
      keys,
      reason: `nothing is less severe than ${below}, so the quiet hours would change nothing`,
      fix: 'name a more severe one, or remove quiet_hours',
    },
  ];
}

/** Pings wait for the end of the quiet hours: hours that never end would swallow them. */
function neverOver(root: unknown): readonly Found[] {
  const read = list(section(root, 'quiet_hours'), 'hours').flatMap(
    (each) => hours.read(each) ?? [],
  );
  if (read.length === 0 || endOfHours(read, 'UTC', 0) !== null) return [];
  return [
    {
      keys: ['quiet_hours', 'hours'],
      reason: 'are never over, so what waits for their end would wait for ever',
      fix: 'leave some hours of the week out',
    },
  ];
}
