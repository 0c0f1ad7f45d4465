import { counted } from '../counted.ts';
import { inZone, type Zone } from '../instant.ts';
import type { Distribution } from '../stats/figures.ts';
import type { MetricStats, Period, RuleStats, Stats } from '../stats/stats.ts';
import { type Block, bold, buttons, type Line, type Message, note, paragraph } from '../text.ts';
import { formatLength } from '../time/format.ts';

/** `1 Mar 2026 to 30 May 2026`, days of the zone, both of them counted. */
export function periodWords({ from, to }: Period, zone: Zone): string {
  const first = inZone(from, zone);
  const last = inZone(Math.max(from, to - 1), zone);
  const format = 'd LLL yyyy';
  const [begin, end] = [first.toFormat(format), last.toFormat(format)];
  return begin === end ? begin : `${begin} to ${end}`;
}

/** `12 incidents`. */
export const countWords = (count: number): string => counted(count, 'incident');

/** `3 sev1, 7 sev2`: those of which there are any. */
export const severityWords = ({ severities }: Stats): string =>
  severities
    .filter(({ count }) => count > 0)
    .map(({ name, count }) => `${count} ${name}`)
    .join(', ');

/** `10 of 12 kept (83%)`, and how many still run. */
export function ruleWords({ kept, breached, running }: RuleStats): string {
  const ended = kept + breached;
  const share = ended === 0 ? '' : ` (${Math.round((kept / ended) * 100)}%)`;
  const said = ended === 0 ? 'none has ended yet' : `${kept} of ${ended} kept${share}`;
  return running === 0 ? said : `${said}, ${running} still running`;
}

/** Rules that ran at all. */
export const rulesThatRan = ({ rules }: Stats): readonly RuleStats[] =>
  rules.filter(({ kept, breached, running }) => kept + breached + running > 0);

/** A length of time, or that there is none. */
export const lengthWords = (ms: number | null): string =>
  ms === null ? '–' : ms < 60_000 ? `${Math.round(ms / 1000)} s` : formatLength(ms);

/** Incidents of a period in figures. `typed` is the period as it was asked for. */
export function statsPage(stats: Stats, typed: string, zone: Zone): Message {
  const period = periodWords(stats.period, zone);
  const title = `${countWords(stats.count)}, ${period}`;
  if (stats.count === 0) return nothing(stats, title);
  const { open, reopened } = stats;
  const more = [
    ...(open === 0 ? [] : [`${open} ${open === 1 ? 'is' : 'are'} not resolved`]),
    ...(reopened === 0 ? [] : [`${reopened} ${reopened === 1 ? 'was' : 'were'} reopened`]),
  ];
  const tail = more.length === 0 ? '' : ` ${more.join(', ')}.`;
  return {
    summary: [title],
    blocks: [
      paragraph(bold(title), `: ${severityWords(stats)}.${tail}`),
      { type: 'table', head: HEAD, rows: stats.metrics.flatMap(rowsOf) },
      ...rules(stats),
      ...actions(stats),
      ...small(stats),
      buttons({ label: 'Send me the charts', command: `stats ${typed} charts`.replace('  ', ' ') }),
    ],
  };
}

const HEAD = ['Figure', 'Severity', 'Median', 'p90', 'Known', 'Not known'];

function rowsOf({ metric, all, bySeverity }: MetricStats): readonly (readonly Line[])[] {
  const rows =
    bySeverity.length > 1 ? [{ severity: 'all', lengths: all }, ...bySeverity] : bySeverity;
  return rows.map(({ severity, lengths }, place) => [
    [place === 0 ? bold(metric.name) : ''],
    [severity],
    ...cellsOf(lengths),
  ]);
}

const cellsOf = ({ median, p90, n, unknown }: Distribution): Line[] => [
  [lengthWords(median)],
  [lengthWords(p90)],
  [`${n}`],
  [`${unknown}`],
];

function rules(stats: Stats): Block[] {
  const ran = rulesThatRan(stats);
  if (ran.length === 0) return [];
  return [
    paragraph(bold('SLA')),
    { type: 'list', items: ran.map((one) => [`${one.rule}: ${ruleWords(one)}`]) },
  ];
}

function actions({ actions: points }: Stats): Block[] {
  const [first] = points;
  const last = points.at(-1);
  if (first === undefined || last === undefined) return [];
  if (points.every(({ open }) => open === 0)) return [];
  const most = Math.max(...points.map(({ open }) => open));
  return [
    paragraph(
      bold('Action items'),
      `: ${last.open} open at the end, ${first.open} at the beginning, at most ${most}.`,
    ),
  ];
}

function nothing(stats: Stats, title: string): Message {
  return {
    summary: [title],
    blocks: [
      paragraph(bold(`${title}.`), ' Another period: ', {
        type: 'code',
        text: '/incident stats all',
      }),
      ...small(stats),
    ],
  };
}

/** What is counted, and how: figures that nobody can check are worth nothing. */
function small({ cancelled, private: secret, metrics }: Stats): Block[] {
  const left = cancelled === 0 ? '' : ` (${cancelled} cancelled)`;
  const own = secret === 0 ? '' : ` (${secret})`;
  return [
    note(
      `Counted by when it began: impact started, else detected, else declared. Not counted: drills and cancelled ones${left}. Private ones${own} count for those who take part in them.`,
    ),
    note(
      `${metrics.map(({ metric }) => `${metric.name}: ${metric.definition}`).join('. ')}. p90: nine in ten took no longer. SLA: a rule is kept where its timer ran and was not breached.`,
    ),
  ];
}
