import { expect, test } from 'vitest';
import { createJournals } from '../../src/app/journals.ts';
import type { Input } from '../../src/handle.ts';
import type { Journal } from '../../src/journal/index.ts';
import type { JournalParts } from '../../src/journal/parts.ts';

type Replicas = JournalParts['replicas'];

/** Journals that only note what is asked of them. */
function several(...workspaces: string[]) {
  const asked: string[] = [];
  const replicasOf = new Map<string, Replicas>();
  const note = (what: string) => async (): Promise<void> => void asked.push(what);
  const journals = createJournals({
    replicas: {
      beat: async () => 0,
      silent: async () => [],
      forget: async ({ id }) => void asked.push(`forget ${id}`),
      leave: note('leave'),
    },
    create: (workspace, replicas): Journal => {
      replicasOf.set(workspace, replicas);
      return {
        handle: async () => ({ type: 'reply', reply: { workspace } as never }),
        keep: async () => {
          asked.push(`keep ${workspace}`);
          return null;
        },
        remembering: (store) => store,
        beforeFiring: note(`before ${workspace}`),
        noticed: () => void asked.push(`noticed ${workspace}`),
        start: note(`start ${workspace}`),
        state: () => ({ since: workspace === 'T1' ? 5 : null, waiting: 2 }),
        stop: () => replicas.leave() as Promise<void>,
      };
    },
    ready: async () => true,
    workspaces: async () => workspaces,
  });
  return { journals, asked, replicasOf };
}

const line = (workspace: string) => ({ workspace }) as Input;

test('a line is kept in the workspace that it is from', async () => {
  const { journals, asked } = several('T1', 'T2');
  await journals.keep(line('T2'), 0);
  expect(asked).toEqual(['keep T2']);
});

test('clocks wait for every workspace, and a new one starts on its own', async () => {
  const { journals, asked } = several('T1', 'T2');
  await journals.start();
  expect(asked).toEqual(['start T1', 'start T2']);
  await journals.beforeFiring();
  await journals.keep(line('T3'), 0);
  expect(asked.slice(2)).toEqual(['before T1', 'before T2', 'start T3', 'keep T3']);
  expect(journals.state()).toEqual({ since: 5, waiting: 6 });
  await journals.stop();
});

test('a silent process is forgotten when it was looked for everywhere', async () => {
  const { journals, asked, replicasOf } = several('T1', 'T2');
  await journals.start();
  const silent = { id: 'gone', seenAt: 7 };
  await replicasOf.get('T1')?.forget(silent);
  await replicasOf.get('T1')?.forget(silent);
  expect(asked).not.toContain('forget gone');
  await replicasOf.get('T2')?.forget(silent);
  expect(asked).toContain('forget gone');
  await journals.stop();
});

test('this process has left when none of its journals holds anything', async () => {
  const { journals, asked, replicasOf } = several('T1', 'T2');
  await journals.start();
  await replicasOf.get('T1')?.leave();
  expect(asked).not.toContain('leave');
  await replicasOf.get('T2')?.leave();
  expect(asked.filter((one) => one === 'leave')).toHaveLength(1);
});
