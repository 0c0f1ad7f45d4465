import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { storyteller } from '../support/backends.ts';
import { expectInvariants } from '../support/invariants.ts';
import { startProxy, type Proxy as Way } from '../support/proxy.ts';
import { startService } from '../support/service.ts';
import { eventually, type Story } from '../support/story.ts';
import { idOf, LADDER, START } from '../support/town.ts';

const begin = storyteller();

/** Two replicas, each with a way of its own to the same database. */
async function twoWays(story: Story): Promise<Way[]> {
  const ways = [await startProxy(story.databaseUrl), await startProxy(story.databaseUrl)];
  for (const { url } of ways) await story.startReplica(url);
  await pause(QUEUE_STARTS_MS);
  return ways;
}

/** BullMQ does not survive that its connection is cut in the middle of its own start. */
const QUEUE_STARTS_MS = 1500;

/** Types without waiting for rest, which there is none of; gives what was answered, in time. */
async function types(story: Story, name: string, line: string, where = story.channel().id) {
  const before = story.workspace.seenBy(idOf(name)).length;
  const began = Date.now();
  await story.workspace.type(idOf(name), where, `/incident ${line}`);
  await eventually(() => story.workspace.seenBy(idOf(name)).length > before, 'an answer', 4000);
  const ms = Date.now() - began;
  return { ms, said: story.workspace.seenBy(idOf(name)).slice(before).map(story.seen).join('\n') };
}

/** Kept lines that Slack still shows as waiting. Not rendered: some of them are very long. */
const waiting = ({ workspace }: Story): number =>
  [...workspace.channels.values()]
    .flatMap(({ messages }) => messages)
    .filter(({ blocks }) => JSON.stringify(blocks).includes('will be imported')).length;

const replicas = ({ apps }: Story) => {
  const [first, second] = apps;
  if (!first || !second) throw new Error('two replicas are needed');
  return { first, second };
};

test('what is typed while the database is away is kept in Slack, and imported once and in order', async () => {
  const story = await begin({ replicas: 0, speed: 1 });
  const ways = await twoWays(story);
  const { first, second } = replicas(story);
  story.through(first);
  await story.opens('ana', 'sev1 Checkout is down');
  await story.type('bo', '/incident log before the outage');
  for (const way of ways) way.cut();
  const one = await types(story, 'bo', 'log one & two < three <b> `four` *five*');
  expect(one.said).toContain('Recorded in');
  expect(one.ms).toBeLessThan(2500);
  story.through(second);
  await types(story, 'cy', 'log two');
  const long = `log ${'x'.repeat(9990)} end`;
  await types(story, 'bo', long);
  story.through(first);
  await types(story, 'ana', 'ack');
  for (const way of ways) way.restore();
  await eventually(
    async () => (await story.entries()).some(({ text }) => text.startsWith('Ack')),
    'the import',
    20_000,
  );
  await eventually(() => waiting(story) === 0, 'all of it is marked');
  await story.settle();
  const typed = (await story.entries()).filter(({ author }) => author !== null).slice(1);
  expect(typed.map(({ text }) => text)).toEqual([
    'before the outage',
    'one & two < three <b> `four` *five*',
    'two',
    long.slice('log '.length),
    'Acknowledged.',
  ]);
  await expectInvariants(story);
  for (const way of ways) await way.close();
}, 60_000);

/** What our own bot posted last under this mark, as it stands in the channel. */
const keptIn = ({ workspace }: Story, channel: string) =>
  workspace
    .channel(channel)
    ?.messages.filter(({ metadata }) => metadata?.event_type === 'muster_journal') ?? [];

test('an incident that is opened while the database is away gets its channel at once and its number later', async () => {
  const story = await begin({ replicas: 0, speed: 1 });
  const way = await startProxy(story.databaseUrl);
  story.through(await story.startReplica(way.url));
  await story.type('ana', '/incident list', 'C0GENERAL');
  await pause(QUEUE_STARTS_MS);
  way.cut();
  const { said } = await types(story, 'ana', 'open sev1 Payments are down', 'C0GENERAL');
  expect(said).toContain('Recorded in #inc-payments-are-down-');
  const channel = [...story.workspace.channels.values()].find(({ name }) =>
    name.startsWith('inc-pay'),
  );
  const id = channel?.id ?? '';
  expect(channel?.members).toContain('U0ANA');
  await types(story, 'bo', 'log restarted the gateway', id);
  // Its line of metadata alone proves nothing: anybody's app can write the same.
  const [kept] = keptIn(story, id);
  channel?.messages.push({
    ...(structuredClone(kept ?? channel.messages[0]) as (typeof channel.messages)[number]),
    ...{ ts: `${Number(kept?.ts) + 0.000001}`, user: 'U0CY', botId: 'B0OTHER' },
    metadata: {
      event_type: 'muster_journal',
      event_payload: { ...(kept?.metadata?.event_payload as object), k: 'forged', opens: false },
    },
  });
  await story.clock.forward(6 * 60_000);
  way.restore();
  await eventually(async () => (await story.entries()).length > 2, 'the import', 20_000);
  await story.settle();
  const [incident] =
    await story.sql`select number, channel_id, channel_name, opened_at, declared_by from incident`;
  expect(incident).toMatchObject({ number: 1, channel_id: id, channel_name: channel?.name });
  const opened = Number(incident?.opened_at) - START;
  expect(opened).toBeLessThan(60_000);
  const texts = (await story.entries()).map(({ text }) => text);
  expect(texts).toContain('restarted the gateway');
  expect(texts.filter((text) => text.startsWith('Declared'))).toHaveLength(1);
  // Five minutes passed without an acknowledgement: level 2, at once, and it says how late.
  await eventually(() => story.heard('bo').length === 1, 'the group is pinged');
  expect(story.seen(keptMessage(story, id))).toContain('INC-1');
  await expectInvariants(story);
  await way.close();
}, 60_000);

const keptMessage = (story: Story, channel: string) => {
  const [first] = keptIn(story, channel);
  if (!first) throw new Error('nothing was kept');
  return first;
};

test('a process that is killed in the outage loses nothing that it kept', async () => {
  const story = await begin({ replicas: 0, speed: 1 });
  const way = await startProxy(story.databaseUrl);
  const service = await startService({ workspace: story.workspace, databaseUrl: way.url });
  await story.opens('ana', 'sev1 Checkout is down');
  way.cut();
  await types(story, 'bo', 'log the last words');
  service.kill();
  await service.gone;
  await story.clock.forward(60_000);
  story.through(await story.startReplica());
  await eventually(() => waiting(story) === 0, 'the import', 20_000);
  const texts = (await story.entries()).map(({ text }) => text);
  expect(texts.filter((text) => text === 'the last words')).toHaveLength(1);
  await story.settle();
  await expectInvariants(story);
  await way.close();
}, 60_000);

test('a frozen database keeps only the first two waiting, and what it did after all is not done again', async () => {
  const story = await begin({ replicas: 0, speed: 1 });
  const way = await startProxy(story.databaseUrl);
  story.through(await story.startReplica(way.url));
  await story.opens('ana', 'sev1 Checkout is down');
  await eventually(() => story.findChannel(1), 'the channel');
  await story.type('bo', '/incident log before');
  way.freeze();
  const lines = ['frozen one', 'frozen two', 'frozen three', 'frozen four'];
  const took: number[] = [];
  for (const line of lines) took.push((await types(story, 'bo', `log ${line}`)).ms);
  for (const ms of took) expect(ms).toBeLessThan(2500);
  const next = await types(story, 'cy', 'next');
  expect(next.said).toMatch(/As of|policy|pinged|Next/);
  const drop = await types(story, 'cy', 'record old one from 10:00 to 11:00', 'C0GENERAL');
  expect(drop.said).toContain('can wait until the database is back');
  way.thaw();
  await eventually(() => waiting(story) === 0, 'the import', 20_000);
  await story.settle();
  const texts = (await story.entries()).map(({ text }) => text);
  expect(texts.filter((text) => text.startsWith('frozen'))).toEqual(lines);
  await expectInvariants(story);
  await way.close();
}, 60_000);

test('a database that takes no changes is as good as none, and buttons are lines like any other', async () => {
  const story = await begin({ speed: 1 });
  await story.opens('ana', 'sev1 Checkout is down');
  const [database] = await story.sql`select current_database() as name`;
  const readOnly = (on: boolean) =>
    story.sql.unsafe(
      `alter database "${database?.name}" set default_transaction_read_only = ${on ? 'on' : 'off'}`,
    );
  const reconnect = () =>
    story.sql`select pg_terminate_backend(pid) from pg_stat_activity
      where datname = current_database() and application_name in ('muster', 'muster-engine')`;
  await readOnly(true);
  await reconnect();
  await eventually(async () => {
    const { said } = await types(story, 'bo', 'log nothing can be written');
    return said.includes('Recorded in');
  }, 'it is noticed');
  const card = story.channel().messages[0];
  if (!card) throw new Error('there is no card');
  await story.workspace.click('U0CY', card, 'Acknowledge');
  await eventually(() => keptIn(story, story.channel().id).length >= 2, 'the button is kept');
  await story.sql.unsafe('set default_transaction_read_only = off');
  await story.sql.unsafe('begin read write').catch(() => undefined);
  await story.sql.unsafe('commit').catch(() => undefined);
  await readOnly(false);
  await reconnect();
  await eventually(() => waiting(story) === 0, 'the import', 20_000);
  await story.settle();
  const texts = (await story.entries()).map(({ text }) => text);
  expect(texts).toContain('nothing can be written');
  expect(texts).toContain('Acknowledged.');
  await expectInvariants(story);
}, 60_000);

test('with ESCALATE_WITHOUT_DB clocks fire from memory, once, and the record takes it over', async () => {
  const withoutDatabase = { afterMs: 500, jitterMs: 300, takeOverMs: 2000 };
  // The clock of memory is this machine's: it cannot be turned, so the levels are seconds apart.
  const config = LADDER.replace('after: 5m', 'after: 12s');
  const story = await begin({ replicas: 0, speed: 1, config, withoutDatabase });
  const ways = await twoWays(story);
  story.through(replicas(story).first);
  await story.opens('ana', 'sev1 Checkout is down');
  await story.opens('ana', 'sev1 Search is down');
  // Both replicas have looked at them: that is what they escalate from.
  await pause(6000);
  for (const way of ways) way.cut();
  await types(story, 'ana', 'ack', story.channel(2).id);
  await eventually(() => story.heard('bo').length === 1, 'level 2 is pinged', 25_000);
  await eventually(() => story.heard('cy').length === 1, 'both of them');
  expect(story.heard('bo')[0]).toContain('INC-1');
  for (const way of ways) way.restore();
  await eventually(() => waiting(story) === 0, 'the import', 20_000);
  // Nobody looks for a ping while the replica that let it fire may still be posting it.
  await eventually(
    async () => {
      const open = await story.sql`select 1 from outbox where state in ('pending', 'sending')
        and next_at < now() + interval '10 seconds'`;
      return open.length === 0;
    },
    'all is sent',
    20_000,
  );
  await story.settle();
  expect(story.heard('bo'), story.heard('bo').join('; ')).toHaveLength(1);
  expect(story.heard('cy')).toHaveLength(1);
  const texts = (await story.entries()).map(({ text }) => text);
  expect(texts.filter((text) => text.includes('level 2'))).toHaveLength(1);
  await expectInvariants(story);
  for (const way of ways) await way.close();
}, 90_000);
