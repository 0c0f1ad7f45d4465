import { describe, expect, test } from 'vitest';
import { storyteller } from '../support/backends.ts';
import { expectInvariants } from '../support/invariants.ts';
import { joins } from '../support/joining.ts';
import { LADDER, type Story } from '../support/story.ts';

const begin = storyteller();
const PATIENT = { answerWithinMs: 10_000 };

const textsOf = async (story: Story): Promise<string[]> =>
  (await story.entries()).map(({ text }) => text);

describe('private and public', () => {
  const PRIVATE = 'sev2 private: Insider took the keys';

  test('the commander opens it, asked first; it is announced, found and listed then', async () => {
    const story = await begin(PATIENT);
    await story.opens('ana', PRIVATE);
    await story.type('ana', '/incident lead me');
    await story.type('ana', '/incident log the keys are changed');
    expect(story.announced()).toEqual([]);
    const asked = await story.type('ana', '/incident public customers know');
    expect(asked).toContain('There is no way back.');
    expect(await story.type('cy', '/incident list all', 'C0GENERAL')).not.toContain('Insider');
    expect(await story.click('ana', 'Yes, open INC-1 to everybody', undefined)).toContain(
      'is open to everybody now',
    );
    await story.fastForward(1);
    expect(story.announced().join()).toContain('Insider took the keys');
    expect(story.announced().join(), 'only what every announcement says').not.toContain('changed');
    expect(await story.type('cy', '/incident list all', 'C0GENERAL')).toContain('Insider');
    expect(await story.type('cy', '/incident 1 timeline', 'C0GENERAL')).toContain(
      'the keys are changed',
    );
    expect(await textsOf(story)).toContain('Opened to everybody: customers know');
    expect(story.card()).not.toContain('private');
    await expectInvariants(story);
  });

  test('nobody else opens it, and nobody makes a public one private', async () => {
    const story = await begin(PATIENT);
    await story.opens('ana', PRIVATE);
    await story.type('ana', '/incident lead me');
    await joins(story, 'bo', story.channel().id);
    expect(await story.type('bo', '/incident visibility public')).toContain(
      'Only the commander of INC-1 may open a private incident to everybody',
    );
    await story.opens('ana', 'sev2 Checkout is slow');
    const said = await story.type('ana', '/incident private', story.channel(2).id);
    expect(said).toContain('it cannot become private');
    expect(said).toContain('/incident open private:');
    const [row] = await story.sql`select private from incident where number = 2`;
    expect(row?.private).toBe(false);
    await expectInvariants(story);
  });

  test('nobody learns of it by declaring something with its title, nor by not joining what is public', async () => {
    const story = await begin(PATIENT);
    await story.opens('bo', 'sev2 Insider took the keys');
    await story.opens('ana', 'sev2 private: Something else');
    await story.sql`update incident set title = 'Insider took the keys' where number = 2`;
    expect(await story.opens('cy', 'sev2 insider took the KEYS')).toContain(
      'INC-1 with this title',
    );
    await story.opens('ana', 'sev2 private: Walrus');
    expect(await story.opens('cy', 'sev2 walrus')).toContain('INC-4 is open');
    expect(await story.opens('ana', 'sev2 walrus')).toMatch(/INC-[34] with this title/);
  });

  test('a form of somebody who has left the channel: refused, and the text stays', async () => {
    const story = await begin(PATIENT);
    await story.opens('ana', PRIVATE);
    const channel = story.channel().id;
    await joins(story, 'bo', channel);
    await joins(story, 'cy', channel);
    await story.type('bo', '/incident log', channel);
    await story.type('cy', '/incident log', channel);
    await story.workspace.leave('U0BO', channel);
    const gone = await story.fill('bo', { text: 'I saw it too', time: '' });
    expect(Object.values(gone.errors).join()).toContain('You are not in this channel any more');
    expect(story.workspace.viewOf('U0BO')).toBeDefined();
    const noted = () => story.sql`select actor, what, source from denied`;
    expect(await noted()).toEqual([{ actor: 'U0BO', what: 'see', source: 'form' }]);
    expect((await story.fill('cy', { text: 'so did I', time: '' })).errors).toEqual({});
    expect(await textsOf(story)).toContain('so did I');
    expect(await textsOf(story)).not.toContain('I saw it too');
    // Added again they press the same button, and it is taken.
    await story.workspace.join('U0BO', channel);
    expect((await story.fill('bo', { text: 'I saw it too', time: '' })).errors).toEqual({});
    expect(await textsOf(story)).toContain('I saw it too');
    expect(await noted()).toHaveLength(1);
    await expectInvariants(story);
  });
});

test('more than one person’s share within ten seconds waits, with the text; ack does not', async () => {
  const config = `${LADDER}limits: { person: 5 }\n`;
  const story = await begin({ ...PATIENT, config });
  await story.opens('ana', 'sev1 Checkout is down');
  const channel = story.channel().id;
  const lines = Array.from({ length: 40 }, (_, n) => `/incident log line ${n}`);
  await Promise.all(lines.map((line) => story.workspace.type('U0BO', channel, line)));
  await story.settle();
  const logged = (await textsOf(story)).filter((text) => text.startsWith('line '));
  expect(logged.length).toBeGreaterThanOrEqual(5);
  const said = story.workspace.seenBy('U0BO').map(story.seen);
  const throttled = said.filter((text) => text.includes('from one person within ten seconds'));
  expect(logged.length + throttled.length).toBe(40);
  expect(throttled.length).toBeGreaterThan(0);
  for (const text of throttled) expect(text).toMatch(/\/incident log line \d+/);
  expect(await story.type('bo', '/incident ack', channel)).toContain('Acknowledged');
  expect(await story.type('cy', '/incident log mine', channel)).toContain('mine');
  await expectInvariants(story);
});
