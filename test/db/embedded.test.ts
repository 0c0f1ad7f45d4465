import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  ask,
  createGround,
  type Ground,
  isGone,
  PEOPLE,
  postmasterPid,
  SOMEBODY,
} from '../support/embedded.ts';

const isRoot = process.getuid?.() === 0;

const mode = (path: string) => (statSync(path).mode & 0o777).toString(8);
describe.each(PEOPLE)('embedded PostgreSQL, %s', (_, person) => {
  test('starts on an empty directory, and again in less than 1.5 s with the data kept', async ({
    onTestFinished,
  }) => {
    const ground = createGround(person, onTestFinished);
    const first = await ground.running();
    await ask(first.url, "create table kept as select 'yes' as word");
    const pid = postmasterPid(ground.data);
    expect(await first.stop()).toBe(0);
    expect(isGone(pid)).toBe(true);

    const second = await ground.running();
    expect(second.url).toBe(first.url);
    expect(second.took).toBeLessThan(1500);
    expect(await ask(second.url, 'select word from kept')).toEqual([{ word: 'yes' }]);
    await second.stop();
  });
});

describe.each(SOMEBODY)('embedded PostgreSQL in detail, %s', (_, person) => {
  test('keeps passwords and data from others, and gives the application no superuser', async ({
    onTestFinished,
  }) => {
    const ground = createGround(person, onTestFinished);
    const { url } = await ground.running();
    expect(
      ['password', 'admin-password', 'server.log', 'port'].map((f) => mode(join(ground.home, f))),
    ).toEqual(['600', '600', '600', '600']);
    expect(mode(ground.data)).toBe('700');
    const [role] = await ask(
      url,
      `select rolname, rolsuper, rolcreatedb, rolcreaterole from pg_roles where rolname = current_user`,
    );
    expect(role).toEqual({
      rolname: 'muster',
      rolsuper: false,
      rolcreatedb: false,
      rolcreaterole: false,
    });
    const [how] = await ask(
      url,
      `select current_setting('server_encoding') as encoding, current_setting('password_encryption') as password,
        datlocprovider as provider, datlocale as locale from pg_database where datname = current_database()`,
    );
    expect(how).toEqual({
      encoding: 'UTF8',
      password: 'scram-sha-256',
      provider: 'b',
      locale: 'C.UTF-8',
    });

    const wrong = new URL(url);
    wrong.password = 'wrong';
    await expect(ask(wrong.href, 'select 1')).rejects.toThrow(/password authentication failed/);
  });

  test('listens on 127.0.0.1 only, and lets no setting change that', async ({ onTestFinished }) => {
    const ground = createGround(person, onTestFinished);
    const { url } = await ground.running();
    const port = Number(new URL(url).port);
    const others = Object.values(networkInterfaces())
      .flatMap((all) => all ?? [])
      .filter(({ family, internal }) => family === 'IPv4' && !internal)
      .map(({ address }) => address);
    for (const host of [...others, '127.0.0.2', '::1']) expect(await opens(host, port)).toBe(false);
    expect(readdirSync(ground.data).filter((name) => name.startsWith('.s.PGSQL'))).toEqual([]);

    const { why } = await ground.owner({ listen_addresses: '0.0.0.0' }).hears();
    expect(why).toMatch(/does not let `listen_addresses` be set: it listens on 127.0.0.1 only/);
  });

  test('takes another port when its own is taken', async ({ onTestFinished }) => {
    const ground = createGround(person, onTestFinished);
    const first = await ground.running();
    await first.stop();
    const { port } = new URL(first.url);
    const squatter = spawn(process.execPath, [
      '-e',
      `require('net').createServer().listen(${port}, '127.0.0.1', () => console.log('up'))`,
    ]);
    await once(squatter.stdout, 'data');
    const second = await ground.running();
    expect(new URL(second.url).port).not.toBe(port);
    squatter.kill();
  });

  test('says what to do about data of another PostgreSQL', async ({ onTestFinished }) => {
    const ground = createGround(person, onTestFinished);
    await (await ground.running()).stop();
    writeFileSync(join(ground.data, 'PG_VERSION'), '15\n');
    expect((await ground.owner().hears()).why).toMatch(
      /was written by PostgreSQL 15, and this Muster brings 18: .+pg_dump.+ or set DATABASE_URL/,
    );
  });

  test('quotes PostgreSQL when it will not start', async ({ onTestFinished }) => {
    const ground = createGround(person, onTestFinished);
    const { why } = await ground.owner({ shared_buffers: 'plenty' }).hears();
    expect(why).toMatch(/could not start\. .+invalid value for parameter "shared_buffers"/);
  });

  test('makes a new password for the application when the file is lost', async ({
    onTestFinished,
  }) => {
    const ground = createGround(person, onTestFinished);
    const first = await ground.running();
    await first.stop();
    rmSync(join(ground.home, 'password'));
    const second = await ground.running();
    expect(second.url).not.toBe(first.url);
    expect(await ask(second.url, 'select 1 as n')).toEqual([{ n: 1 }]);
  });
});

describe.runIf(isRoot)('embedded PostgreSQL between users', () => {
  test('data of an ordinary user still belongs to them after a start as root', async ({
    onTestFinished,
  }) => {
    const nobody = { uid: 65_534, gid: 65_534 };
    const ground = createGround(nobody, onTestFinished);
    const theirs = await ground.running();
    await theirs.stop();
    const asRoot = spawn(
      process.execPath,
      ['--import', 'tsx', 'test/support/embedded-owner.ts', ground.dataDir],
      {
        cwd: new URL('../..', import.meta.url).pathname,
      },
    );
    const [line] = await once(asRoot.stdout, 'data');
    expect(JSON.parse(String(line))).toMatchObject({ event: 'running', url: theirs.url });
    asRoot.kill();
    await once(asRoot, 'exit');
    expect((await ground.running()).url).toBe(theirs.url);
  });

  test('root gets its data elsewhere when DATA_DIR cannot be reached, and the same place each time', async ({
    onTestFinished,
  }) => {
    const ground = createGround(null, onTestFinished);
    const home = await throughClosedDoor(ground);
    expect(home).toMatch(/^\/var\/lib\/muster\/[0-9a-f]{12}$/);
    rmSync(home, { recursive: true, force: true });
  });

  async function throughClosedDoor(ground: Ground): Promise<string> {
    chmodSync(ground.dataDir, 0o700);
    const first = await ground.running();
    const home = readFileSync(join(ground.dataDir, 'postgres-location'), 'utf8').trim();
    expect(first.messages[0]).toContain(`its data is in ${home}`);
    await ask(first.url, 'create table kept as select 1 as n');
    await first.stop();
    const second = await ground.running();
    expect(await ask(second.url, 'select n from kept')).toEqual([{ n: 1 }]);
    expect(await second.stop()).toBe(0);
    return home;
  }
});

function opens(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    socket.once('connect', () => resolve(true));
    socket.once('error', () => resolve(false));
    socket.once('close', () => resolve(false));
  });
}
