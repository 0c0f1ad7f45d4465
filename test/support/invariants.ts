import { expect } from 'vitest';
import { type Checked, type Expected, findBroken } from './broken.ts';

/** Fails with what breaks I1 to I7 of the fault matrix, or a rule of Slack's. */
export async function expectInvariants(checked: Checked, expected: Expected = {}): Promise<void> {
  for (const { rule, found } of await findBroken(checked, expected))
    expect(found, rule).toEqual([]);
}
