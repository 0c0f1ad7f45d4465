import { afterEach, beforeEach, expect, test } from 'vitest';
import type { FaultMode, Workspace } from '../../src/demo/workspace/index.ts';
import { type Message, say } from '../../src/domain/text.ts';
import type { Delivered, Delivery } from '../../src/ports.ts';
import { delivering, delivery, incident, office } from './support.ts';

let workspace: Workspace;

beforeEach(async () => {
  workspace = await office();
});
afterEach(async () => {
  expect(workspace.violations).toEqual([]);
  await workspace.close();
});

const MODES: readonly FaultMode[] = [
  '429',
  '500-before',
  '500-after',
  'reset-before',
  'reset-after',
  'hang-after',
];

/** Delivers as the outbox does: what is in doubt stays so until it is done. */
async function carry(
  deliver: (one: Delivery) => Promise<Delivered>,
  one: Delivery,
): Promise<Delivered> {
  let unsureSince: number | null = null;
  for (let attempts = 1; attempts < 20; attempts += 1) {
    const began = Date.now();
    const delivered = await deliver({ ...one, attempts, unsureSince });
    if (delivered.type === 'done' || delivered.type === 'failed') return delivered;
    if (delivered.type === 'unsure') unsureSince ??= began;
  }
  throw new Error('never done');
}

const parts: Message = {
  summary: ['three parts'],
  blocks: Array.from({ length: 10 }, (_, at) => ({
    type: 'paragraph',
    line: [`${at} `.repeat(1300)],
  })),
};
const draft = { version: 1, markdown: '# Draft', message: parts, at: 0, basedOn: 1 };

test.each(
  MODES.flatMap((mode) =>
    ['chat.postMessage', 'conversations.history', 'files.completeUploadExternal', 'upload'].flatMap(
      (method) => [0, 1, 2].map((after) => ({ mode, method, after })),
    ),
  ),
)('$mode at $method after $after calls leaves everything once', async ({ mode, method, after }) => {
  const { deliver } = delivering(workspace, incident(), draft);
  let calls = 0;
  workspace.faults.push({
    method: new RegExp(`^${method.replace('.', '\\.')}$`),
    times: 1,
    mode,
    hangMs: 20,
    retryAfter: 1,
    match: () => {
      calls += 1;
      return calls > after;
    },
  });
  const ones = [
    delivery({ what: { type: 'message', message: say('one') } }),
    delivery({ what: { type: 'message', message: parts } }),
    delivery({ what: { type: 'draft', version: 1 } }),
  ];
  for (const one of ones) expect(await carry(deliver, one)).toMatchObject({ type: 'done' });
  const keys = (workspace.channel('C0WAR')?.messages ?? []).flatMap(({ metadata }) =>
    metadata ? [JSON.stringify(metadata)] : [],
  );
  expect(keys.length).toBeGreaterThan(6);
  expect(new Set(keys).size).toBe(keys.length);
  expect(workspace.files).toHaveLength(1);
});
