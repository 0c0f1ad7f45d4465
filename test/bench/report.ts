import { readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, platform, release, totalmem } from 'node:os';

/** One figure, from as many rounds as were run. */
export interface Figure {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** A ratio against the baseline of the same run, and what it was to be. */
export interface Target {
  readonly what: string;
  readonly ratio: number;
  readonly wanted: string;
  readonly met: boolean;
}

/** What a scenario has to show. */
export interface Section {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly targets: readonly Target[];
}

/** The middle of the rounds, with the best and the worst of them. */
export function figure(rounds: readonly number[]): Figure {
  const sorted = [...rounds].sort((a, b) => a - b);
  const at = (n: number): number => sorted[n] ?? 0;
  const half = sorted.length / 2;
  const median = Number.isInteger(half)
    ? (at(half - 1) + at(half)) / 2
    : at(Math.floor(sorted.length / 2));
  return { median, least: at(0), most: at(sorted.length - 1) };
}

const digits = (value: number): number => (value >= 100 ? 0 : value >= 10 ? 1 : 2);

/** `12.3 (11.0–15.2)` */
export const shown = ({ median, least, most }: Figure): string => {
  const places = digits(median);
  return `${median.toFixed(places)} (${least.toFixed(places)}–${most.toFixed(places)})`;
};

const isFree = (name: string): boolean => name !== '';

/** What the figures were measured on; a loaded machine is said to be one. */
export function machine(): string {
  const model = cpus()[0]?.model ?? 'unknown processor';
  const system = readFileSync('/etc/os-release', { encoding: 'utf8', flag: 'r' })
    .split('\n')
    .find((line) => line.startsWith('PRETTY_NAME='))
    ?.slice('PRETTY_NAME='.length)
    .replaceAll('"', '');
  const facts = [
    `${availableParallelism()} × ${model}`,
    `${Math.round(totalmem() / 2 ** 30)} GB`,
    `${system ?? platform()} (${release()})`,
    `Node ${process.versions.node}`,
  ];
  return facts.filter(isFree).join(', ');
}

/** How busy the machine is with other things: processes that want to run, over the last minute. */
export const load = (): string => (loadavg()[0] ?? 0).toFixed(1);

/** A table as Markdown, which is readable in a terminal as it is. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((name, n) =>
    Math.max(name.length, ...rows.map((row) => row[n]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, n) => cell.padEnd(widths[n] ?? 0)).join(' | ')} |`;
  const rule = `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`;
  return [line(head), rule, ...rows.map(line)].join('\n');
}

/** A scenario's figures, and whether it did what it was to do. */
export function printed({ title, head, rows, targets }: Section): string {
  const judged = targets.map(
    ({ what, ratio, wanted, met }) =>
      `${met ? 'met    ' : 'NOT MET'}  ${what}: ${ratio.toFixed(2)} (wanted: ${wanted})`,
  );
  return [`## ${title}`, '', table(head, rows), '', ...judged, ''].join('\n');
}
