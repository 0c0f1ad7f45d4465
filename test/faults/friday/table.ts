import { table } from '../../bench/report.ts';
import type { Verdict } from './judge.ts';

/** A row as it is shown: what it is about, and how it went. */
export interface Shown {
  readonly name: string;
  readonly verdict: Verdict;
}

const HEAD = [
  'fault',
  'fired',
  'lost',
  'early',
  'doubled',
  'out of order',
  'p50 ms',
  'p99 ms',
  'max ms',
  'healed in s',
  '',
];

const ms = (value: number): string => String(Math.round(value));

/** `4.2`, or a dash where it did not heal. */
const seconds = (value: number | null): string =>
  value === null ? '–' : (value / 1000).toFixed(1);

/** One run as a row. */
const row = ({ name, verdict }: Shown): string[] => [
  name,
  String(verdict.fired),
  String(verdict.lost),
  String(verdict.early),
  String(verdict.doubled),
  String(verdict.inversions),
  ms(verdict.lateness.p50),
  ms(verdict.lateness.p99),
  ms(verdict.lateness.max),
  seconds(verdict.healMs),
  verdict.passed ? 'pass' : 'FAIL',
];

/** All of them as a table that reads the same in a terminal and in Markdown. */
export const tableOf = (all: readonly Shown[]): string => table(HEAD, all.map(row));
