import { expect, test } from 'vitest';
import { storyteller } from '../support/backends.ts';
import { expectInvariants } from '../support/invariants.ts';
import { startProxy } from '../support/proxy.ts';
import { eventually, type Story } from '../support/story.ts';

const tell = storyteller();

/** A busy machine is no outage. */
const begin = () => tell({ answerWithinMs: 10_000 });

const form = (story: Story, name: string) => story.workspace.viewOf(story.idOf(name));

const shown = (story: Story, name: string): string =>
  JSON.stringify(form(story, name)?.blocks ?? []);

test('a message is declared as an incident, and is its first entry with its author and time', async () => {
  const story = await begin();
  const message = await story.workspace.say(
    'U0BO',
    'C0GENERAL',
    'Checkout answers 500\nsince the deploy',
    {
      files: ['graph.png'],
    },
  );
  await story.clock.forward(7 * 60_000);
  await story.workspace.shortcut('U0ANA', 'incident_declare_from', message);
  expect(form(story, 'ana')?.title).toBe('Declare an incident');
  expect(shown(story, 'ana')).toContain('"initial_value":"Checkout answers 500 since the deploy"');
  const wrong = await story.workspace.submit('U0ANA', { title: '', severity: 'sev1' });
  expect(wrong.response).toMatchObject({ errors: { title: expect.any(String) } });
  const { said } = await story.fill('ana', { title: 'Checkout is down', severity: 'sev1' });
  expect(said).toContain('INC-1 is open: Checkout is down');
  const [row] = await story.sql<{ detail: { message: { link: string; files: object[] } } }[]>`
    select detail from entry where detail->>'type' = 'captured'`;
  expect(row?.detail.message.link).toContain('C0GENERAL');
  expect(row?.detail.message.files).toMatchObject([{ name: 'graph.png' }]);
  const entry = (await story.entries()).find(({ text }) => text.startsWith('Checkout answers 500'));
  expect(entry).toMatchObject({ author: 'U0BO', text: 'Checkout answers 500\nsince the deploy' });
  expect(Math.floor(Number(entry?.at) / 1000)).toBe(Math.floor(Number(message.ts)));
  const timeline = await story.type('ana', '/incident timeline');
  expect(timeline.indexOf('Checkout answers 500')).toBeLessThan(timeline.indexOf('Declared sev1'));
  await expectInvariants(story);
});

test('of a message that was put in other words those stand; one that was emptied is not added', async () => {
  const story = await begin();
  const message = await story.workspace.say('U0BO', 'C0GENERAL', 'argh, checkout!');
  await story.workspace.shortcut('U0ANA', 'incident_declare_from', message);
  await story.fill('ana', { title: 'Checkout is down', text: 'Bo reports that checkout fails' });
  const entry = (await story.entries()).find(({ text }) => text.startsWith('Bo reports'));
  expect(entry?.author).toBe('U0ANA');
  await story.workspace.shortcut('U0ANA', 'incident_declare_from', message);
  await story.fill('ana', { title: 'Payments are down', text: '' });
  expect((await story.entries(2)).map(({ text }) => text)).not.toContain('argh, checkout!');
  // The same title within a minute is the same incident: what becomes of the message is said.
  await story.workspace.shortcut('U0CY', 'incident_declare_from', message);
  const { said } = await story.fill('cy', { title: 'Payments are down' });
  expect(said).toContain('opened a moment ago');
  expect(said).toContain('not on its timeline');
  await expectInvariants(story);
});

test('a private incident that is declared from a message leaves no mark at that message', async () => {
  const story = await begin();
  const message = await story.workspace.say('U0BO', 'C0INCIDENTS', 'somebody read the orders');
  await story.workspace.shortcut('U0ANA', 'incident_declare_from', message);
  await story.fill('ana', { title: 'Orders were read', visibility: ['private'] });
  expect(message.reactions).toEqual([]);
  expect((await story.entries()).map(({ text }) => text)).toContain('somebody read the orders');
});

test('with the database away an incident is declared from a message, which is its first entry later', async () => {
  const story = await begin();
  const message = await story.workspace.say('U0BO', 'C0GENERAL', 'checkout answers 500');
  const way = await startProxy(story.databaseUrl);
  story.through(await story.startReplica(way.url));
  way.cut();
  await story.workspace.shortcut('U0ANA', 'incident_declare_from', message);
  await eventually(() => form(story, 'ana'), 'the form opens all the same');
  await story.workspace.submit('U0ANA', { title: 'Checkout is down', severity: 'sev1' });
  await eventually(
    () => [...story.workspace.channels.values()].some(({ name }) => name.includes('checkout')),
    'its channel is there',
  );
  way.restore();
  await eventually(
    async () => (await story.entries()).some(({ text }) => text === 'checkout answers 500'),
    'it is imported',
    30_000,
  );
  await story.settle();
  await way.close();
});
