import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/db/embedded/index.ts';
import { storyteller } from '../support/backends.ts';
import { postmasterPid } from '../support/embedded.ts';
import { expectInvariants } from '../support/invariants.ts';
import { migrateTemplate } from '../support/postgres.ts';
import { startProxy } from '../support/proxy.ts';
import { type Service, startService } from '../support/service.ts';
import { createStory, eventually, type Story } from '../support/story.ts';

const begin = storyteller();

/**
 * Starts a service again whenever it ends, as a supervisor does: postgres.js can throw where nobody
 * catches it when a connection of its dies (porsager/postgres#1208), and Muster then ends in order.
 */
function keep(start: () => Promise<Service>) {
  let stopped = false;
  let service: Promise<Service>;
  const begun = (): Promise<Service> => {
    service = start();
    void service.then(async ({ gone }) => {
      await gone;
      if (!stopped) void begun();
    });
    return service;
  };
  void begun();
  return {
    serving: async (): Promise<void> => {
      await pause(1500);
      await service;
    },
    async stop(): Promise<void> {
      stopped = true;
      const last = await service;
      last.kill();
      await last.gone;
    },
  };
}

/** Answered in time: with a sentence, and with what was typed. */
async function expectAnswered(story: Story, line: string): Promise<void> {
  const before = story.workspace.seenBy('U0BO').length;
  const began = Date.now();
  const { status } = await story.workspace.type('U0BO', story.channel().id, `/incident ${line}`);
  expect(status).toBe(200);
  await eventually(() => story.workspace.seenBy('U0BO').length > before, 'an answer', 2500);
  expect(Date.now() - began).toBeLessThan(2500);
  const said = story.workspace.seenBy('U0BO').slice(before).map(story.seen).join('\n');
  expect(said).toContain(line);
}

test('connections that PostgreSQL ends in the middle of a storm lose and repeat nothing', async () => {
  const story = await begin({ replicas: 0, speed: 1 });
  const { sql, workspace, databaseUrl } = story;
  const keeper = keep(() => startService({ workspace, databaseUrl }));
  await keeper.serving();
  await story.type('bo', '/incident list', 'C0GENERAL');
  for (let n = 1; n <= 4; n += 1) await story.opens('ana', `sev1 Trouble ${n}`);
  const end = () => sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name in ('muster', 'muster-engine')`;
  const where = story.channel().id;
  const typing = Array.from({ length: 10 }, async (_, n) => {
    const { reply } = await workspace.type('U0BO', where, `/incident log line number ${n}.`);
    return reply ? story.seen(reply) : 'no answer';
  });
  await end();
  await story.clock.forward(5 * 60_000);
  await end();
  const replies = await Promise.all(typing);
  await keeper.serving();
  // A row whose sender lost its connection waits for its lease.
  await story.clock.forward(11_000);
  await eventually(
    () =>
      story.settle().then(
        () => true,
        () => false,
      ),
    'it comes to rest',
    20_000,
  );
  await eventually(
    () => story.heard('cy').filter((line) => line.includes('level 2')).length === 4,
    'everybody is pinged',
  );
  await story.settle();
  const texts = (await story.entries()).map(({ text }) => text);
  for (const [n, reply] of replies.entries()) {
    const times = texts.filter((text) => text === `line number ${n}.`).length;
    if (reply.includes('Logged')) expect(times, `line ${n}`).toBe(1);
    expect(times, `line ${n}`).toBeLessThanOrEqual(1);
  }
  await expectInvariants(story);
  await keeper.stop();
}, 60_000);

test('a database that falls silent, and one that is gone, leave nobody without an answer', async () => {
  const story = await begin({ replicas: 0 });
  const proxy = await startProxy(story.databaseUrl);
  story.through(await story.startReplica(proxy.url));
  await story.opens('ana', 'sev1 Checkout is down');
  await story.type('bo', '/incident list');
  proxy.freeze();
  await expectAnswered(story, 'log the database hangs');
  proxy.thaw();
  await story.settle();
  proxy.cut();
  await expectAnswered(story, 'log the database is gone');
  await story.clock.forward(5 * 60_000);
  proxy.restore();
  await eventually(() => story.heard('bo').length === 1, 'Bo is pinged');
  await story.settle();
  await story.jump(1);
  await story.type('bo', '/incident log it is back');
  const texts = (await story.entries()).map(({ text }) => text);
  expect(texts.filter((text) => text === 'the database hangs').length).toBeLessThanOrEqual(1);
  expect(texts).toContain('it is back');
  await expectInvariants(story);
  await proxy.close();
});

describe('a PostgreSQL of its own', () => {
  let server: EmbeddedPostgres;
  let directory: string;
  let story: Story | undefined;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'muster-faulty-'));
    if (process.getuid?.() === 0) chmodSync(directory, 0o711);
    const settings = { fsync: 'off', full_page_writes: 'off' };
    server = await startEmbeddedPostgres({ dataDir: directory, log: () => undefined, settings });
    await migrateTemplate(server.url);
  });

  afterEach(async () => {
    await story?.stop();
    story = undefined;
  });

  afterAll(async () => {
    await server.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  const pid = () => postmasterPid(join(directory, 'postgres', 'data'));

  test('killed in the middle, it comes back and so does everything that was due', async () => {
    story = await createStory({ databaseUrl: server.url });
    const { clock, workspace } = story;
    await story.opens('ana', 'sev1 Checkout is down');
    await story.type('bo', '/incident list');
    await clock.forward(5 * 60_000);
    process.kill(pid(), 'SIGKILL');
    await expectAnswered(story, 'log PostgreSQL was killed');
    await eventually(
      () => workspace.directMessages('U0BO').length === 1,
      'Bo is pinged when it is back',
      15_000,
    );
    await eventually(
      () =>
        story?.settle().then(
          () => true,
          () => false,
        ),
      'rest',
      15_000,
    );
    await story.jump(1);
    expect(story.heard('bo').filter((line) => line.includes('level 2'))).toHaveLength(1);
    await expectInvariants(story);
  }, 60_000);
});
