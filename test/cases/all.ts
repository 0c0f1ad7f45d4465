import { bilibili } from './facts/bilibili.ts';
import { commons } from './facts/commons.ts';
import { leap } from './facts/leap.ts';
import { seed0 } from './facts/seed-0.ts';
import { seed1 } from './facts/seed-1.ts';
import { seed2 } from './facts/seed-2.ts';
import { seed3 } from './facts/seed-3.ts';
import { seed4 } from './facts/seed-4.ts';
import type { Expectation } from './facts.ts';

/** One case: the scripts that are played in one workspace, and what their drafts must hold. */
export interface Case {
  readonly name: string;
  /** The case file among the given ones. */
  readonly file: string;
  readonly scripts: readonly string[];
  readonly expectations: readonly Expectation[];
}

/** All eight. */
export const CASES: readonly Case[] = [
  { name: 'seed-0', file: 'seed-0', scripts: ['seed-0'], expectations: [seed0] },
  {
    name: 'seed-1',
    file: 'seed-1',
    // The third puts both into one report.
    scripts: ['seed-1a', 'seed-1b', 'seed-1'],
    expectations: [seed1.first, seed1.second, seed1.both],
  },
  { name: 'seed-2', file: 'seed-2', scripts: ['seed-2'], expectations: [seed2] },
  { name: 'seed-3', file: 'seed-3', scripts: ['seed-3'], expectations: [seed3] },
  { name: 'seed-4', file: 'seed-4', scripts: ['seed-4'], expectations: [seed4] },
  { name: 'leap', file: '02-2i2c-leap-2025', scripts: ['leap'], expectations: [leap] },
  {
    name: 'commons',
    file: '08-wikimedia-commons-2019',
    scripts: ['commons'],
    expectations: [commons],
  },
  {
    name: 'bilibili',
    file: '10-bilibili-slb-2021',
    scripts: ['bilibili'],
    expectations: [bilibili],
  },
];
