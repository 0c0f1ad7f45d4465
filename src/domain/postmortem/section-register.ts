import { type Block, heading, type Line } from '../text.ts';
import type { MilestoneName } from '../words.ts';
import { type Context, from, stated, whenShown } from './context.ts';
import { type Found, found, markEntry, type Telling } from './telling.ts';

type Fact = { readonly label: string; readonly value: Line };

/** Every milestone in one line, those that are not recorded too. */
export const momentsSection = (context: Context): readonly Block[] => perIncident(context, moments);

/** Every finding in one line: effects, causes, workaround, fixes, lessons. */
export const findingsSection = (context: Context): readonly Block[] =>
  perIncident(context, findings);

const perIncident = (
  context: Context,
  rowsOf: (context: Context, telling: Telling) => readonly Fact[],
): readonly Block[] =>
  context.tellings.flatMap((telling): Block[] => [
    ...(context.several ? [heading(telling.name)] : []),
    { type: 'facts', rows: rowsOf(context, telling) },
  ]);

/** As they come one after another. */
const IN_ORDER: readonly MilestoneName[] = [
  'reopened',
  'impact started',
  'detected',
  'declared',
  'acknowledged',
  'cause found',
  'mitigated',
  'impact ended',
  'resolved',
  'closed',
];

const moments = (context: Context, telling: Telling): readonly Fact[] =>
  telling.rounds.flatMap((round) =>
    IN_ORDER.filter((name) => round === 0 || markEntry(telling, name, round) !== null)
      .filter((name) => round > 0 || name !== 'reopened')
      .map((name) => momentFact(context, telling, name, round)),
  );

function momentFact(context: Context, telling: Telling, name: MilestoneName, round: number): Fact {
  const entry = markEntry(telling, name, round);
  const label = `${capital(name)}${round === 0 ? '' : `, round ${round + 1}`}`;
  if (entry === null) return { label, value: ['not recorded'] };
  const approximate = entry.time?.flags.includes('approximate') ? '~' : '';
  const at = entry.at === null ? 'time not recorded' : whenShown(context, entry.at);
  return { label, value: [`${approximate}${at}${from(context, telling, entry.no)}`] };
}

const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

type Field = readonly [label: string, find: (telling: Telling) => readonly Found<Finding>[]];
type Finding = 'effect' | 'cause' | 'workaround' | 'fix' | 'lesson';

const causes =
  (role: string) =>
  (telling: Telling): readonly Found<Finding>[] =>
    found(telling, 'cause').filter(({ detail }) => detail.role === role);

const FIELDS: readonly Field[] = [
  ['Effect', (telling) => found(telling, 'effect')],
  ['Trigger', causes('trigger')],
  ['Root cause', causes('root')],
  ['Contributing cause', causes('contributing')],
  ['Made it worse', causes('worsened')],
  ['Limited it', causes('limited')],
  ['Workaround', (telling) => found(telling, 'workaround')],
  ['Fix', (telling) => found(telling, 'fix')],
  ['Lesson', (telling) => found(telling, 'lesson')],
];

const findings = (context: Context, telling: Telling): readonly Fact[] =>
  FIELDS.flatMap(([label, find]) => {
    const entries = find(telling);
    if (entries.length === 0) return [{ label, value: ['not recorded'] }];
    return entries.map((entry) => ({
      label,
      value: [addition(entry), ...stated(context, telling, entry)],
    }));
  });

/** What is recorded about a finding besides its words. */
function addition({ detail }: Found<Finding>): string {
  switch (detail.type) {
    case 'workaround':
      return detail.none ? '(none, recorded as such) ' : '';
    case 'fix':
      return `(${detail.permanence ?? 'temporary or permanent: not recorded'}) `;
    case 'lesson':
      return detail.sort === null ? '' : `(${detail.sort}) `;
    case 'cause':
      return `c${detail.n}: `;
    default:
      return '';
  }
}
