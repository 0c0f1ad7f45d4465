import { afterEach, expect, test } from 'vitest';
import { expectInvariants } from '../support/invariants.ts';
import { type Heard, opsgenieHeard, pagerdutyHeard } from '../support/pagers.ts';
import { answering, type Received, type Receiver, startReceiver } from '../support/receiver.ts';
import { createStory, eventually, type Story } from '../support/story.ts';

const KEY = '0123456789abcdef0123456789abcdef';

let story: Story | undefined;
let receiver: Receiver;

afterEach(async () => {
  await story?.stop();
  story = undefined;
  await receiver.down().catch(() => undefined);
});

const config = (port: number): string => `
announce: C0INCIDENTS
administrators: [U0ADA]
severities:
  sev1:
    policy: platform
    sla: { acknowledge: 1h }
policies:
  platform:
    levels:
      - { after: 0m, notify: ["webhook:pager", "webhook:jira"] }
      - { after: 30m, notify: ["user:U0MAX"] }
    repeat: 0
webhooks:
  pager: { format: pagerduty, url: "https://127.0.0.1:${port}/v2/enqueue", key: $PAGER_KEY, internal: true }
  jira: { format: opsgenie, url: "https://127.0.0.1:${port}/v2/alerts", key: $JIRA_KEY, internal: true }
`;

async function begin(): Promise<Story> {
  receiver = await startReceiver();
  const keys = { PAGER_KEY: KEY, JIRA_KEY: KEY };
  story = await createStory({
    config: config(receiver.port),
    webhooks: { keys, ca: receiver.ca },
    replicas: 2,
  });
  return story;
}

const ofPager = ({ path }: Received): boolean => path === '/v2/enqueue';

/** What each of them was told of its alert, in order. */
const heard = () => ({
  pager: receiver.received.filter(ofPager).map(pagerdutyHeard),
  jira: receiver.received
    .filter((received) => !ofPager(received))
    .map((received) => opsgenieHeard(received, KEY)),
});
const events = (some: readonly Heard[]): string[] => some.map(({ event }) => event);

/** Seconds pass until it is so: what was refused is tried again when the clock says so. */
const inTime = (night: Story, so: () => boolean, what: string): Promise<boolean> =>
  eventually(async () => {
    if (so()) return true;
    await night.jump(0.2);
    return so();
  }, what);

test('a pager that is down for a while gets one alert, acknowledged and resolved', async () => {
  const night = await begin();
  await receiver.down();
  await night.opens('ana', 'sev1 Checkout is down');
  await inTime(
    night,
    () => night.heardHere().filter((line) => line.includes('cannot be reached')).length === 2,
    'the channel hears that both pagers cannot be reached',
  );
  expect(night.messages().join('\n')).toContain(
    'The webhook pager cannot be reached: it refuses connections.',
  );
  expect(night.told('ada').join('\n')).toContain('The webhook jira cannot be reached for INC-1');
  await receiver.up();
  await inTime(
    night,
    () => heard().pager.length === 1 && heard().jira.length === 1,
    'both are called',
  );
  await night.type('bo', '/incident ack');
  await night.type('bo', '/incident resolve');
  const { pager, jira } = heard();
  expect(events(pager)).toEqual(['trigger', 'acknowledge', 'resolve']);
  expect(events(jira)).toEqual(['create', 'acknowledge', 'close']);
  expect(new Set([...pager, ...jira].map(({ alert }) => alert)).size).toBe(1);
  expect(night.messages().join('\n')).toContain('The webhook pager was reached after all.');
  await expectInvariants(night);
});

test('whoever acknowledges while the pager is down spares everybody the call', async () => {
  const night = await begin();
  await receiver.down();
  await night.opens('ana', 'sev1 Checkout is down');
  await night.type('bo', '/incident ack');
  await receiver.up();
  await inTime(night, () => heard().pager.length * heard().jira.length > 0, 'both are told');
  expect(events(heard().pager)).toEqual(['acknowledge']);
  await expectInvariants(night);
});

test('a key that is refused is told at once, and Slack goes on', async () => {
  const night = await begin();
  receiver.react(answering(403));
  await night.opens('ana', 'sev1 Checkout is down');
  await night.settle();
  const said = night.messages().join('\n');
  expect(said).toContain('The webhook pager was not called: it answered 403.');
  expect(said).toMatch(/Look at its key, the environment variable\s+PAGER_KEY/);
  expect(said).not.toContain(KEY);
  expect(night.told('ada').join('\n')).toContain('The webhook pager was not called for INC-1');
  await night.fastForward(31);
  expect(night.heard('max').length).toBeGreaterThan(0);
  await expectInvariants(night, { dead: 2 });
});

test('Slack refuses everything, and the pager rings all the same', async () => {
  const night = await begin();
  const method = /^(chat|conversations|users)\./;
  night.workspace.faults.push({ method, mode: 'error', error: 'token_revoked', times: 9999 });
  await night.workspace.type('U0ANA', 'C0GENERAL', '/incident open sev1 Checkout is down');
  await inTime(night, () => heard().pager.length > 0, 'the pager is called');
  expect(events(heard().pager)).toEqual(['trigger']);
  expect(night.findChannel(1)).toBeUndefined();
});

test('a drill calls no webhook', async () => {
  const night = await begin();
  await night.type('ana', '/incident drill sev1 Checkout is down', 'C0GENERAL');
  await night.fastForward(10);
  const [drill] = await night.sql`select drill, seq from incident`;
  expect(drill?.drill).toBe(true);
  expect(receiver.connections).toBe(0);
});
