import { afterAll, beforeAll, expect, test } from 'vitest';
import { expectInvariants } from '../support/invariants.ts';
import { createStory, type Story } from '../support/story.ts';

let story: Story;

beforeAll(async () => {
  story = await createStory({ sweepEveryMs: 300 });
  await story.opens('ana', 'sev1 Checkout is down');
  await story.type('ana', '/incident impact started 10m ago');
  await story.type('ana', '/incident detected 5m ago');
  await story.clock.forward(60_000);
  await story.type('ana', '/incident ack');
  await story.type('ana', '/incident action add an alert');
  await story.clock.forward(20 * 60_000);
  await story.type('ana', '/incident mitigated');
  await story.type('ana', '/incident resolve');
  await story.opens('ana', 'sev2 private: Payroll leaked');
  await story.clock.forward(1000);
}, 60_000);

afterAll(() => story.stop());

const pictures = () => story.workspace.files.filter(({ name }) => name.startsWith('incidents-'));

test('stats are figures for the eyes of whoever asked', async () => {
  const said = await story.type('ana', '/incident stats', 'C0GENERAL');
  expect(said).toContain('Only visible to you');
  expect(said).toMatch(/2 incidents, \d+ \w+ \d{4} to .*: 1 sev1, 1 sev2\. 1 is not resolved\./);
  expect(said).toMatch(/time to acknowledge +│? *all +│? *6 min +│? *6 min +│? *1 +│? *1/);
  expect(said).toMatch(/mitigate: 1 of 1 kept \(100%\), 1 still running/);
  expect(said).toContain('Action items: 1 open at the end, 0 at the beginning, at most 1.');
  expect(said).toContain('Private ones (1) count for those who take part in them.');
});

test('a private incident is in nobody else’s figures', async () => {
  const said = await story.type('cy', '/incident stats all', 'C0GENERAL');
  expect(said).toContain('1 incident, ');
  expect(said).not.toContain('sev2');
  expect(said).toContain('Private ones count for those who take part in them.');
});

test('the charts come as a direct message to whoever asked, and to nobody else', async () => {
  const said = await story.type('ana', '/incident stats 30 days charts', 'C0GENERAL');
  expect(said).toContain('The charts come to you as a direct message.');
  await story.settle();
  const [file, another] = pictures();
  expect(another).toBeUndefined();
  expect(file?.content.subarray(1, 4).toString('latin1')).toBe('PNG');
  const channel = story.workspace.channels.get(file?.channel ?? '');
  expect(channel?.members).toContain('U0ANA');
  expect(channel?.members).not.toContain('U0CY');
  const words = channel?.messages.find(({ files }) => files.length > 0)?.text;
  expect(words).toMatch(/^2 incidents, .*: 1 sev1, 1 sev2\. time to acknowledge median 6 min/);
});

test('a period in which nothing began says so, and sends no charts', async () => {
  const said = await story.type('ana', '/incident stats 2020 charts', 'C0GENERAL');
  expect(said).toContain('0 incidents, 1 Jan 2020 to 31 Dec 2020.');
  await story.settle();
  expect(pictures()).toHaveLength(1);
});

test.each([
  ['stats whenever', 'I cannot read which time “whenever” is.', 'stats 30 days'],
  ['stats 2050', '“2050” is still to come.', 'stats 30 days'],
  ['stats since the flood', 'I cannot read since when in “the flood”.', 'stats'],
])('%s is refused with what would work', async (typed, reason, example) => {
  const said = await story.type('ana', `/incident ${typed}`, 'C0GENERAL');
  expect(said).toContain(reason);
  expect(said).toContain(`/incident ${example}`);
});

test('at the end nothing was broken in Slack', () => expectInvariants(story));
