import { expect, test } from 'vitest';
import type { Call, Fault } from '../../src/demo/workspace/index.ts';
import { storyteller } from '../support/backends.ts';
import { expectInvariants } from '../support/invariants.ts';
import { eventually, type Story } from '../support/story.ts';

const begin = storyteller();

const mentions =
  (text: string) =>
  (args: object): boolean =>
    JSON.stringify(args).includes(text);

const POST = /^chat\.postMessage$/;

/** One misfortune of Slack's, once unless said otherwise. */
const strike = (story: Story, fault: Omit<Fault, 'times'> & { times?: number }): void =>
  void story.workspace.faults.push({ times: 1, ...fault });

/** Lets the pauses between attempts pass until everything is out. */
async function outlast(story: Story): Promise<void> {
  for (let n = 0; n < 6; n += 1) await story.jump(0.5);
}

test.each([
  ['500 after it was posted', '500-after'],
  ['500 before it was posted', '500-before'],
  ['a connection that breaks after it was posted', 'reset-after'],
  ['a connection that breaks before', 'reset-before'],
  ['no answer after it was posted', 'hang-after'],
] as const)('%s: in the end it stands there once', async (_, mode) => {
  const story = await begin();
  await story.opens('ana', 'sev1 Checkout is down');
  strike(story, { method: POST, mode, match: mentions('Rolling back'), hangMs: 100, times: 2 });
  await story.type('ana', '/incident update Rolling back');
  await outlast(story);
  const said = story.heardHere().filter((line) => line.includes('Update by'));
  expect(said).toHaveLength(1);
  await expectInvariants(story);
});

test('a channel that was made although Slack said 500 is found again, not made twice', async () => {
  const story = await begin();
  strike(story, { method: /conversations\.create/, mode: '500-after' });
  await story.opens('ana', 'sev1 Checkout is down');
  await outlast(story);
  expect(story.card()).toContain('Checkout is down');
  const made = [...story.workspace.channels.values()].filter(({ name }) => name.startsWith('inc-'));
  expect(made.map(({ name }) => name)).toEqual(['inc-1-checkout-is-down']);
  await expectInvariants(story);
});

test('a name that somebody took is left to them, and the incident gets another', async () => {
  const story = await begin();
  strike(story, { method: /conversations\.create/, mode: 'error', error: 'name_taken' });
  await story.opens('ana', 'sev1 Checkout is down');
  await story.settle();
  expect(story.channel().name).toBe('inc-1-checkout-is-down-2');
  await expectInvariants(story);
});

test('a Retry-After is honoured by every replica, and holds nobody else up', async () => {
  const story = await begin({ replicas: 2, speed: 1 });
  await story.opens('ana', 'sev1 Checkout is down');
  await story.opens('ana', 'sev2 Search is slow');
  const here = story.channel().id;
  const limited: Call[] = [];
  strike(story, {
    method: POST,
    mode: '429',
    retryAfter: 2,
    match: (args) => args.channel === here,
    onHit: () => limited.push(...story.workspace.calls.slice(-1)),
  });
  await story.workspace.type('U0ANA', here, '/incident update Rolling back');
  await eventually(() => limited.length > 0, 'Slack says no');
  const began = Date.now();
  await story.type('ana', '/incident 2 update Rebuilding the index', 'C0GENERAL');
  expect(story.heardHere(2).at(-1)).toContain('Rebuilding the index');
  expect(Date.now() - began).toBeLessThan(1500);
  await eventually(
    () => story.heardHere().some((line) => line.includes('Rolling back')),
    'it is said in the end',
    6000,
  );
  const after = story.workspace.calls.filter(
    ({ at, method, args }) =>
      at > (limited[0]?.at ?? 0) && POST.test(method) && args.channel === here,
  );
  for (const { at } of after) expect(at - (limited[0]?.at ?? 0)).toBeGreaterThanOrEqual(1950);
  await story.settle();
  await expectInvariants(story);
});

test('one destination that hangs does not keep the others waiting', async () => {
  const story = await begin();
  await story.opens('ana', 'sev1 Checkout is down');
  strike(story, { method: POST, mode: 'hang', match: mentions('"channel":"U0BO"'), hangMs: 5000 });
  await story.clock.forward(5 * 60_000);
  const began = Date.now();
  await eventually(() => story.heard('cy').length === 1, 'Cy is pinged');
  expect(Date.now() - began).toBeLessThan(2000);
  expect(story.heard('bo')).toEqual([]);
  await outlast(story);
  expect(story.heard('bo')).toHaveLength(1);
  await expectInvariants(story);
});

test('an answer that Slack did not take is given again', async () => {
  const story = await begin();
  strike(story, { method: /response_url/, mode: '500-before', times: 2 });
  expect(await story.opens('ana', 'sev1 Checkout is down')).toContain('INC-1 is open');
  await expectInvariants(story);
});

test('a token that was revoked keeps everything back until it works again', async () => {
  const story = await begin();
  await story.opens('ana', 'sev1 Checkout is down');
  strike(story, { method: POST, mode: 'error', error: 'token_revoked', times: 2 });
  await story.type('ana', '/incident update Rolling back');
  expect(story.heardHere().filter((line) => line.includes('Rolling back'))).toEqual([]);
  await story.jump(2);
  await story.jump(2);
  expect(story.heardHere().filter((line) => line.includes('Rolling back'))).toHaveLength(1);
  await expectInvariants(story);
});

test('uninstalled in the middle, in events of any order: clocks go on, and all of it is said after the return', async () => {
  const story = await begin({ replicas: 2 });
  await story.opens('ana', 'sev1 Checkout is down');
  await story.type('ana', '/incident update Rolling back');
  const before = story.heardHere();
  strike(story, { method: /./, mode: 'error', error: 'account_inactive', times: 1_000_000 });
  // Slack promises no order, and repeats what it is not sure of.
  const { workspace } = story;
  await workspace.event({ type: 'tokens_revoked', tokens: { bot: ['U0BOT'] } }, { retry: 1 });
  await workspace.event({ type: 'app_uninstalled' });
  await workspace.event({ type: 'tokens_revoked', tokens: { bot: ['U0BOT'] } });
  await story.clock.forward(5 * 60_000);
  const fired = () => story.sql`select 1 from audit where action->>'type' = 'fire'
    and action->'timers' @> '["policy"]'`;
  await eventually(async () => (await fired()).length > 0, 'the policy goes on');
  await story.settle();
  expect(story.heardHere()).toEqual(before);
  expect(story.heard('bo')).toEqual([]);
  const [dead] = await story.sql`select count(*)::int as n from outbox where state = 'dead'`;
  expect(dead?.n).toBe(0);

  workspace.faults.splice(0);
  await outlast(story);
  expect(story.heard('bo').filter((line) => line.includes('level 2'))).toHaveLength(1);
  expect(await story.type('bo', '/incident ack')).toContain('Acknowledged');
  await expectInvariants(story);
});

test('a ping that cannot be delivered dies alone, and the channel hears of it', async () => {
  const story = await begin();
  await story.opens('ana', 'sev1 Checkout is down');
  strike(story, {
    method: POST,
    mode: 'error',
    error: 'user_not_found',
    match: mentions('"channel":"U0BO"'),
  });
  await story.fastForward(5);
  expect(story.heard('cy')).toHaveLength(1);
  expect(story.messages().join('\n')).toContain('@bo was to be pinged but cannot be written to');
  await expectInvariants(story, { dead: 1 });
});

test('a channel archived in the middle is opened again and gets what was said', async () => {
  const story = await begin();
  await story.opens('ana', 'sev1 Checkout is down');
  await story.workspace.archive('U0CY', story.channel().id);
  await story.type('ana', '/incident 1 update Rolling back', 'C0GENERAL');
  await outlast(story);
  expect(story.channel().archived).toBe(false);
  expect(story.heardHere().filter((line) => line.includes('Rolling back'))).toHaveLength(1);
  await expectInvariants(story, { tolerated: ['is_archived', 'is_inactive'] });
});

test('with a quarter of all calls going wrong everything is said once and in order', async () => {
  const story = await begin({ replicas: 2 });
  const modes = ['500-after', '500-before', 'reset-after', 'reset-before'] as const;
  const seed = Date.now() % 1000;
  let turn = seed;
  for (const mode of modes)
    strike(story, {
      method: /^(chat\.|conversations\.(create|invite|open)|pins|files)/,
      mode,
      times: 12,
      match: () => {
        turn = (turn * 1103515245 + 12345) % 2147483648;
        return turn % 16 === 0;
      },
    });
  await story.type('ana', '/incident open sev1 Checkout is down', 'C0GENERAL');
  await outlast(story);
  for (let n = 1; n <= 5; n += 1) await story.type('ana', `/incident update number ${n}`);
  await outlast(story);
  await story.fastForward(12);
  await story.type('bo', '/incident ack');
  await outlast(story);
  story.workspace.faults.splice(0);
  await outlast(story);
  const said = story.heardHere().filter((line) => line.includes('Update by'));
  expect(
    said.map((line) => line.slice(-1)),
    `seed ${seed}`,
  ).toEqual(['1', '2', '3', '4', '5']);
  await expectInvariants(story);
});
