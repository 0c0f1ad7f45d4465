import { afterAll, beforeAll, expect, test } from 'vitest';
import { dumpOf, jobsIn, watchRedis } from '../support/dumps.ts';
import { expectInvariants } from '../support/invariants.ts';
import { joins } from '../support/joining.ts';
import { describeWithRedis, startRedis, type TestRedis } from '../support/redis.ts';
import { secretCalled } from '../support/secrets.ts';
import { createStory, eventually, SECRET, type Story } from '../support/story.ts';
import { createTenants, keyOf } from '../support/tenants.ts';
import { CLIENT } from '../workspace/slack.ts';

// After a day of everything: what whoever reads the database, Redis or the log finds there.

const TOKEN = /\bx(?:ox[a-z](?:\.xox[a-z])?|app)-[\w.-]{6}/i;
const PASTED = secretCalled('Slack bot token').secret;
/** Typed by people, each in another place: titles, entries, forms, what is refused, what names nothing. */
const TYPED = /zebrafish|krakenledger|mantaray|walrus|pelican|ocelot|axolotl|marmoset/i;
const STATE_SECRET = 'a-state-secret-that-is-long-enough-0123';

/** Lines that hold any of these; empty where all is well. */
const holding = (lines: readonly string[], ...wanted: readonly (string | RegExp)[]): string[] =>
  lines.filter((line) =>
    wanted.some((one) => (typeof one === 'string' ? line.includes(one) : one.test(line))),
  );

/** Everything that is written down somewhere along the way, refusals, faults and failures too. */
async function aDay(story: Story): Promise<void> {
  const { workspace } = story;
  await story.opens('ana', 'sev1 Walrus checkout is down');
  await story.opens('ana', 'sev2 private: Zebrafish acquisition');
  const hidden = story.channel(2).id;
  await joins(story, 'max', hidden);
  for (const line of [
    'log the krakenledger was copied #impact',
    `log the bot has ${PASTED} in its page`,
    'log 25:99 the pelican flew',
    'cause root the krakenledger had no lock',
    'action lock the mantaray <@U0MAX> due tomorrow',
    'page <@U0MAX> the pelican',
    'update the krakenledger is safe',
    'link 1 related',
    'frobnicate the axolotl',
    'lead me',
  ])
    await story.type('ana', `/incident ${line}`, hidden);
  await story.type('cy', '/incident 2 timeline', 'C0GENERAL');
  await story.type('cy', '/incident find ocelot', 'C0GENERAL');
  await story.type('gus', '/incident open sev1 The marmoset is loose', 'C0GENERAL');
  workspace.faults.push({ method: /^views\.open$/, times: 1, mode: 'error', error: 'fatal_error' });
  await story.type('ana', '/incident log', hidden);
  await workspace.type('U0ANA', hidden, '/incident log');
  await eventually(() => workspace.viewOf('U0ANA'), 'the form opens');
  await story.fill('ana', { text: 'the ocelot is back', time: '' });
  for (const error of ['internal_error', 'invalid_blocks'])
    workspace.faults.push({ method: /^chat\.postMessage$/, times: 1, mode: 'error', error });
  await story.type('ana', '/incident update the walrus is better', hidden);
  const message = await workspace.say('U0ANA', hidden, 'a mantaray and a krakenledger');
  await workspace.react('U0ANA', message, 'pushpin');
  await story.fastForward(25);
  await story.type('ana', '/incident resolve the krakenledger is locked', hidden);
  await story.fastForward(5);
}

describeWithRedis('what others can read', () => {
  let redis: TestRedis;
  beforeAll(async () => {
    redis = await startRedis();
  });
  afterAll(() => redis.stop());

  test.each([
    ['with Redis', true],
    ['on PostgreSQL alone', false],
  ])(
    'one workspace, %s: no token anywhere, and in log, jobs and Redis nothing that anybody typed',
    async (_, has) => {
      const lines: string[] = [];
      const watched = await watchRedis(redis.url);
      const story = await createStory({
        answerWithinMs: 15_000,
        redisUrl: has ? redis.url : null,
        lines,
      });
      try {
        await aDay(story);
        const dump = await dumpOf(story.sql);
        const { botToken, appToken } = story.workspace;
        expect(holding(dump, TYPED).length, 'the record itself has the words').toBeGreaterThan(10);
        expect(lines.length).toBeGreaterThan(20);
        expect(has ? watched.sent.length : jobsIn(dump).length).toBeGreaterThan(has ? 20 : 0);
        for (const [where, what] of [
          ['database', dump],
          ['Redis', watched.sent],
          ['log', lines],
        ] as const)
          expect(holding(what, TOKEN, botToken, appToken, SECRET, PASTED), where).toEqual([]);
        expect(holding(lines, TYPED), 'log').toEqual([]);
        expect(holding(watched.sent, TYPED), 'Redis').toEqual([]);
        expect(holding(jobsIn(dump), TYPED), 'jobs').toEqual([]);
        // What Slack would not take as it was is given up, and logged.
        await expectInvariants(story, { dead: 1 });
      } finally {
        watched.stop();
        await story.stop();
      }
    },
  );

  test('several workspaces: tokens are sealed wherever they are kept, renewed, used or wiped', async () => {
    const watched = await watchRedis(redis.url);
    const tenants = await createTenants({ rotation: true, redisUrl: redis.url });
    const { one, two, slack, sql, clock, lines, install, type, incidentChannel } = tenants;
    try {
      await install(one);
      await install(two);
      for (const workspace of [one, two]) {
        await type(workspace, 'U0ANA', 'open sev1 Walrus checkout is down');
        await incidentChannel(workspace);
        await type(workspace, 'U0ANA', `1 log the bot has ${PASTED}`);
      }
      const before = slack.secrets().length;
      await clock.forward(11 * 3_600_000);
      await eventually(() => slack.secrets().length > before, 'tokens are renewed', 20_000);
      slack.refuseToRefresh('invalid_refresh_token');
      await clock.forward(11 * 3_600_000);
      await eventually(
        () => lines.some((line) => line.includes('not refreshed')),
        'one fails',
        20_000,
      );
      slack.revoke('T0ONE');
      await one.event({ type: 'app_uninstalled' });
      await eventually(
        async () => (await sql`select 1 from installation where removed_at is not null`).length,
        'the tokens of one are wiped',
      );
      const dump = await dumpOf(sql);
      expect(holding(dump, 'installation: ').length).toBe(2);
      const key = Buffer.from(keyOf('k1').key);
      const secrets = [
        CLIENT.secret,
        SECRET,
        STATE_SECRET,
        PASTED,
        key.toString('base64'),
        key.toString('hex'),
      ];
      expect(slack.secrets().length).toBeGreaterThan(3);
      for (const [where, what] of [
        ['database', dump],
        ['Redis', watched.sent],
        ['log', lines],
      ] as const)
        expect(holding(what, TOKEN, ...secrets, ...slack.secrets()), where).toEqual([]);
      expect(holding(lines, TYPED), 'log').toEqual([]);
      expect(holding(watched.sent, TYPED), 'Redis').toEqual([]);
    } finally {
      watched.stop();
      await tenants.close();
    }
  });
});
