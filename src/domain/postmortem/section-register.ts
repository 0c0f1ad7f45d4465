import { type Block, heading, type Line } from '../text.ts';
import { EXPECTED_MILESTONES, type MilestoneName } from '../words.ts';
import { comparisonsOf, publishedAs } from './comparison.ts';
import { type Context, from, stated, whenShown } from './context.ts';
import { figureText } from './figure.ts';
import { fixesOf } from './fixes.ts';
import { metricNamed } from './metrics.ts';
import { datesOf } from './section-header.ts';
import { type Found, found, markEntry, type Telling } from './telling.ts';

type Fact = { readonly label: string; readonly value: Line };

/** One row per incident, to be copied into a register as it stands. */
export const registerSection = (context: Context): readonly Block[] => [
  {
    type: 'table',
    head: COLUMNS.map(({ head }) => head),
    rows: context.tellings.map((telling) =>
      COLUMNS.map(({ cell }): Line => [cell(telling, context)]),
    ),
  },
];

const COLUMNS: readonly {
  readonly head: string;
  readonly cell: (telling: Telling, context: Context) => string;
}[] = [
  { head: 'Incident', cell: ({ name }) => name },
  { head: 'Date', cell: (telling, context) => datesOf(context, telling) },
  { head: 'Severity', cell: ({ record }) => record.incident.severity },
  { head: 'Classification', cell: field('classification') },
  { head: 'Priority', cell: field('priority') },
  { head: 'Impact duration', cell: figure('impact') },
  { head: 'Lead time', cell: figure('lead') },
  { head: 'Workaround time', cell: figure('workaround') },
  { head: 'Correction time', cell: figure('correction') },
  { head: 'Communication', cell: communication },
  { head: 'Actions', cell: actions },
];

function field(name: string) {
  return ({ record: { incident } }: Telling): string =>
    Object.hasOwn(incident.header, name) ? (incident.header[name] ?? '') : 'not recorded';
}

/** The computed figure and, where one was published, that one; the reasons stand with the definitions. */
function figure(id: string) {
  return (telling: Telling, { metrics }: Context): string => {
    const metric = metrics.find((one) => one.id === id && one.incident === telling.name);
    if (metric === undefined) return 'unknown';
    const [computed = ''] = figureText(metric.figure).split(': ', 1);
    const stated = comparisonsOf(telling)
      .filter(({ entry }) => metricNamed(entry.detail.stated.metric)?.id === id)
      .map(({ entry }) => publishedAs(entry));
    return `${computed}${stated.length === 0 ? '' : `; stated ${stated.join(', ')}`}`;
  };
}

function communication(telling: Telling): string {
  const told = found(telling, 'comms');
  const updates = found(telling, 'update').length;
  const so = (audience: string): number =>
    told.filter(({ detail }) => detail.audience === audience).length;
  const internal = so('internal') + updates;
  if (told.length + updates === 0) return 'not recorded';
  return `external ${so('external')}, internal ${internal}`;
}

function actions(telling: Telling): string {
  const items = found(telling, 'action').map(({ detail }) => detail.item);
  if (items.length === 0) return 'not recorded';
  const refs = [...new Set(items.flatMap((item) => item.refs))].toSorted();
  return `${items.length}${refs.length === 0 ? '' : `: ${refs.join(', ')}`}`;
}

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
const IN_ORDER: readonly MilestoneName[] = ['reopened', ...EXPECTED_MILESTONES, 'closed'];

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
  ['Fix', (telling) => fixesOf(telling)],
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
