import { verifyOne } from '../../src/db/chain/verify.ts';
import type { Action } from '../../src/domain/action.ts';
import { log, START, type StoreBench } from './store-bench.ts';

/** What the chain of an incident shows. */
export const findingsOf = async ({ pool }: StoreBench, id: string): Promise<readonly string[]> =>
  (await verifyOne(pool, id))?.findings ?? ['it is gone'];

/** An incident in which every column that may be empty is filled somewhere. */
export async function eventful(bench: StoreBench): Promise<string> {
  const id = await bench.opened();
  const acts: Action[] = [
    { ...log('restarted the pool'), when: '13:40' } as Action,
    log('looks better'),
    { ...log('somebody called'), when: '--:--', after: 2 } as Action,
    { ...log('when was that'), when: '25:70' } as Action,
    { type: 'cause', role: 'root', when: null, text: 'a full disk' },
    { type: 'ack', when: null },
    { type: 'edit', entry: 2, when: null, text: 'restarted both pools', kinds: ['action'] },
    { type: 'strike', entry: 3, reason: 'it did not' },
    { type: 'restore', entry: 3 },
    { type: 'strike', entry: 4, reason: 'nobody did' },
    { type: 'edit', entry: 2, when: null, text: 'restarted all pools', kinds: [] },
  ];
  let now = START;
  for (const action of acts) {
    now += 60_000;
    await bench.clock.set(now);
    await bench.ask(action, { incident: id });
  }
  return id;
}

/** As somebody does who may do everything in this database. */
export async function tamper({ sql }: StoreBench, ...statements: readonly string[]): Promise<void> {
  await sql.begin(async (tx) => {
    await tx`alter table audit disable trigger user`;
    await tx`alter table revision disable trigger user`;
    for (const statement of statements) await tx.unsafe(statement);
    await tx`alter table audit enable always trigger audit_append_only`;
    await tx`alter table revision enable always trigger revision_append_only`;
  });
}
