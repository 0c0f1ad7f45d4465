import { WebClient } from '@slack/web-api';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FaultMode, Workspace } from '../../src/demo/workspace/index.ts';
import { createPeople } from '../../src/slack/people.ts';
import { incident, memory, office, quiet } from './support.ts';

let workspace: Workspace;
beforeEach(async () => {
  workspace = await office();
});
afterEach(async () => {
  expect(workspace.violations).toEqual([]);
  await workspace.close();
});

const LONG = 60_000;
const TEXT = '<@U0BO> told <@U0ANA>, <@U0BO> and <@U0NOBODY>';

function acquainted(meetMs: number) {
  const { store, people: known } = memory(incident());
  known.clear();
  const client = new WebClient(workspace.botToken, {
    slackApiUrl: workspace.apiUrl,
    retryConfig: { retries: 0 },
  });
  const asked = (): unknown[] =>
    workspace.calls.filter(({ method }) => method === 'users.info').map(({ args }) => args.user);
  return { people: createPeople(client, store, quiet, meetMs), known, asked };
}

test('everybody whom a text mentions is asked for once, and whom nobody knows hinders nobody', async () => {
  const { people, known, asked } = acquainted(LONG);
  await people.meet('T0MUSTER', TEXT);
  expect([...known.keys()].toSorted()).toEqual(['U0ANA', 'U0BO']);
  expect(asked().toSorted()).toEqual(['U0ANA', 'U0BO', 'U0NOBODY']);
  await people.meet('T0MUSTER', 'again <@U0BO>, and <@U0ANA|ana> with a name');
  expect(asked()).toHaveLength(3);
});

test('a page of mentions asks for no more than twenty', async () => {
  const { people, asked } = acquainted(LONG);
  const ids = Array.from({ length: 50 }, (_, at) => `<@U0X${at}>`);
  await people.meet('T0MUSTER', ids.join(' '));
  expect(asked()).toHaveLength(20);
});

test.each<FaultMode>(['hang', 'slow', 'reset-before', '429', 'error'])(
  'Slack that does not answer (%s) is not waited for',
  async (mode) => {
    const { people, known } = acquainted(50);
    workspace.faults.push({ method: /^users\.info$/, times: 9, mode, hangMs: 1500 });
    await people.meet('T0MUSTER', TEXT);
    // The bound has passed, or Slack refused; nobody is known, and nothing was thrown.
    expect(known.size).toBe(0);
    if (mode === 'slow') await expect.poll(() => known.size, { timeout: LONG }).toBe(2);
  },
  LONG,
);
