import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  ask,
  askPatiently,
  createGround,
  isGone,
  postmasterPid,
  SOMEBODY,
  until,
} from '../support/embedded.ts';

describe.concurrent.each(SOMEBODY)('embedded PostgreSQL in trouble, %s', (_, person) => {
  test('outlives kill -9 of its owner and is taken over, with every committed row', async ({
    onTestFinished,
  }) => {
    const ground = createGround(person, onTestFinished);
    const killed = await ground.running();
    await ask(killed.url, 'create table rows as select generate_series(1, 1000) as n');
    const pid = postmasterPid(ground.data);
    await killed.kill();
    expect(isGone(pid)).toBe(false);

    const next = await ground.running();
    expect(next.url).toBe(killed.url);
    expect(postmasterPid(ground.data)).toBe(pid);
    expect(next.messages).toContain('Took over the PostgreSQL that was still running');
    expect(await ask(next.url, 'select count(*)::int as n from rows')).toEqual([{ n: 1000 }]);

    expect(await next.stop()).toBe(0);
    expect(isGone(pid)).toBe(true);
  });

  test('stops an orphan that does not answer, and starts on its data', async ({
    onTestFinished,
  }) => {
    const ground = createGround(person, onTestFinished);
    const killed = await ground.running();
    await ask(killed.url, 'create table kept as select 1 as n');
    const pid = postmasterPid(ground.data);
    await killed.kill();
    process.kill(pid, 'SIGSTOP');

    const next = await ground.running();
    expect(isGone(pid)).toBe(true);
    expect(await ask(next.url, 'select n from kept')).toEqual([{ n: 1 }]);
  }, 120_000);

  test('is not held up by a postmaster.pid whose number another program has now', async ({
    onTestFinished,
  }) => {
    const ground = createGround(person, onTestFinished);
    const first = await ground.running();
    const pid = postmasterPid(ground.data);
    await first.kill();
    process.kill(pid, 'SIGKILL');
    await until(() => isGone(pid));
    // PostgreSQL itself refuses when the number belongs to a process of its own user.
    const { uid, gid } = statSync(ground.data);
    const stranger = spawn('sleep', ['60'], process.getuid?.() === 0 ? { uid, gid } : {});
    const file = join(ground.data, 'postmaster.pid');
    const [, ...rest] = readFileSync(file, 'utf8').split('\n');
    writeFileSync(file, [stranger.pid, ...rest].join('\n'));

    const next = await ground.running();
    expect(next.url).toBe(first.url);
    expect(stranger.exitCode).toBe(null);
    stranger.kill();
    await once(stranger, 'exit');
  });

  test('refuses a second owner in a sentence, even while the first is frozen', async ({
    onTestFinished,
  }) => {
    const ground = createGround(person, onTestFinished);
    const first = await ground.running();
    const second = await ground.owner().hears();
    expect(second.why).toMatch(
      new RegExp(
        `Another Muster \\(pid ${first.pid} on .+\\) is using the data in .+: stop it first`,
      ),
    );
    first.signal('SIGSTOP');
    expect((await ground.owner().hears()).why).toMatch(/Another Muster is using the data/);
    first.signal('SIGCONT');
    expect(await ask(first.url, 'select 1 as n')).toEqual([{ n: 1 }]);
  });

  test('lets exactly one of many owners start on what a killed one left', async ({
    onTestFinished,
  }) => {
    const ground = createGround(person, onTestFinished);
    await (await ground.running()).kill();
    const said = await Promise.all(Array.from({ length: 6 }, () => ground.owner().hears()));
    expect(said.map(({ event }) => event).sort()).toEqual([
      'refused',
      'refused',
      'refused',
      'refused',
      'refused',
      'running',
    ]);
  }, 120_000);

  test('starts the server again on the same URL when it dies, and says so', async ({
    onTestFinished,
  }) => {
    const ground = createGround(person, onTestFinished);
    const owner = await ground.running();
    await ask(owner.url, 'create table kept as select 1 as n');
    for (const name of ['SIGKILL', 'SIGQUIT'] as const) {
      const pid = postmasterPid(ground.data);
      process.kill(pid, name);
      expect((await owner.hears()).event).toBe('ended');
      expect((await owner.hears()).event).toBe('again');
      expect(await askPatiently(owner.url, 'select n from kept')).toEqual([{ n: 1 }]);
      expect(postmasterPid(ground.data)).not.toBe(pid);
    }
    const pid = postmasterPid(ground.data);
    expect(await owner.stop()).toBe(0);
    expect(isGone(pid)).toBe(true);
  });

  test('is not held up by a busy worker of a server that was killed', async ({
    onTestFinished,
  }) => {
    const ground = createGround(person, onTestFinished);
    const owner = await ground.running();
    const busy = ask(owner.url, 'do $$ begin loop end loop; end $$').catch((error) => error);
    await until(async () => {
      const [row] = await ask(
        owner.url,
        `select count(*)::int as n from pg_stat_activity where query like 'do $$%' and state = 'active'`,
      );
      return row?.n === 1;
    });
    process.kill(postmasterPid(ground.data), 'SIGKILL');
    expect((await owner.hears()).event).toBe('ended');
    expect(await askPatiently(owner.url, 'select 1 as n')).toEqual([{ n: 1 }]);
    expect(await busy).toBeInstanceOf(Error);
  });

  test('starts an adopted server again, too', async ({ onTestFinished }) => {
    const ground = createGround(person, onTestFinished);
    await (await ground.running()).kill();
    const next = await ground.running();
    process.kill(postmasterPid(ground.data), 'SIGKILL');
    expect((await next.hears()).event).toBe('ended');
    expect(await askPatiently(next.url, 'select 1 as n')).toEqual([{ n: 1 }]);
  });

  test('stops while a client is in the middle of something', async ({ onTestFinished }) => {
    const ground = createGround(person, onTestFinished);
    const owner = await ground.running();
    const busy = ask(owner.url, 'select pg_sleep(60)').catch((error) => error);
    await until(async () => {
      const [row] = await ask(
        owner.url,
        `select count(*)::int as n from pg_stat_activity where query like '%sleep(60)%' and pid <> pg_backend_pid()`,
      );
      return row?.n === 1;
    });
    const began = performance.now();
    expect(await owner.stop()).toBe(0);
    expect(performance.now() - began).toBeLessThan(3000);
    expect(await busy).toBeInstanceOf(Error);
  });

  test('stops by force when the server is frozen', async ({ onTestFinished }) => {
    const ground = createGround(person, onTestFinished);
    const owner = await ground.running();
    const pid = postmasterPid(ground.data);
    process.kill(pid, 'SIGSTOP');
    expect(await owner.stop()).toBe(0);
    expect(isGone(pid)).toBe(true);
  }, 120_000);

  test('is not touched by Ctrl-C in the terminal of its owner', async ({ onTestFinished }) => {
    const ground = createGround(person, onTestFinished);
    await ground.running();
    const session = (pid: number) =>
      readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[3];
    const pid = postmasterPid(ground.data);
    expect(session(pid)).toBe(String(pid));
  });

  test('starts over when its first start was cut off half-way', async ({ onTestFinished }) => {
    const ground = createGround(person, onTestFinished);
    const first = ground.owner();
    await until(() => initialising(ground.home));
    await first.kill();
    const second = await ground.running();
    expect(await ask(second.url, 'select 1 as n')).toEqual([{ n: 1 }]);
  });
});

/** Whether initdb is at work, and has got somewhere. */
const initialising = (home: string) =>
  existsSync(home) && readdirSync(home).some((name) => existsSync(join(home, name, 'base', '1')));
