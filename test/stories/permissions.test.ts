import { describe, expect, test } from 'vitest';
import { storyteller } from '../support/backends.ts';
import { expectInvariants } from '../support/invariants.ts';
import { joins } from '../support/joining.ts';
import { eventually, LADDER, type Story } from '../support/story.ts';

const begin = storyteller();
const PATIENT = { answerWithinMs: 10_000 };

const refusals = (story: Story) =>
  story.sql<
    { actor: string; standing: string; what: string; needs: string | null; source: string }[]
  >`select actor, standing, what, needs, source from denied order by id`;

const textsOf = async (story: Story, number = 1): Promise<string[]> =>
  (await story.entries(number)).map(({ text }) => text);

const statusOf = async (story: Story): Promise<string | undefined> =>
  (await story.sql<{ status: string }[]>`select status from incident where number = 1`)[0]?.status;

/** How often somebody was told, in a channel or directly, that they may not declare. */
const toldNo = (story: Story, name: string): number =>
  [...story.workspace.seenBy(story.idOf(name)).map(story.seen), ...story.told(name)].filter(
    (said) => said.includes('may not declare an incident'),
  ).length;

/** A press of a button of this message's, as Slack would send it for somebody else elsewhere. */
async function pressed(story: Story, name: string, label: string, where: string): Promise<string> {
  const [card] = story.channel().messages;
  if (card === undefined) throw new Error('there is no card');
  return story.click(name, label, { ...card, channel: where, ts: '1.000001' });
}

describe('guests and people of other organisations', () => {
  test.each(['gus', 'xen'])('%s can neither declare nor resolve, by any door', async (name) => {
    const story = await begin(PATIENT);
    const typed = 'open sev1 Something is on fire';
    const said = await story.type(name, `/incident ${typed}`, 'C0GENERAL');
    expect(said).toContain('Guests and people of other organisations may not declare an incident');
    expect(said).toContain(`/incident ${typed}`);
    expect(await story.type(name, '/incident last', 'C0GENERAL')).toContain(`/incident ${typed}`);
    expect(story.findChannel(1)).toBeUndefined();

    // The form is not opened, by whichever of its doors.
    expect(await story.type(name, '/incident', 'C0GENERAL')).toContain('may not declare');
    const id = story.idOf(name);
    const shortcut = await story.workspace.say('U0ANA', 'C0GENERAL', 'checkout is down');
    for (const [callback, on] of [
      ['incident_declare', undefined],
      ['incident_declare_from', shortcut],
    ] as const) {
      const before = toldNo(story, name);
      await story.workspace.shortcut(id, callback, on);
      await eventually(() => toldNo(story, name) > before, `${callback} is refused`);
      expect(story.workspace.viewOf(id), callback).toBeUndefined();
    }

    // One that was opened before they were known to be a guest stays with what was typed.
    await story.sql`update person set guest = false where id = ${id}`;
    await story.workspace.shortcut(id, 'incident_declare');
    await eventually(() => story.workspace.viewOf(id), 'the form opens');
    await story.sql`update person set guest = true where id = ${id}`;
    const form = await story.fill(name, { title: 'Something is on fire', severity: 'sev1' });
    expect(Object.values(form.errors).join()).toContain('may not declare an incident');
    expect(story.workspace.viewOf(story.idOf(name))).toBeDefined();

    await story.opens('ana', 'sev1 Checkout is down');
    const channel = story.channel().id;
    await joins(story, name, channel);
    expect(await story.type(name, '/incident resolve it is fine', channel)).toContain(
      'may not resolve it',
    );
    expect(await pressed(story, name, 'Resolve', channel)).toContain('may not resolve it');
    expect(await statusOf(story)).toBe('investigating');
    const standing = { actor: story.idOf(name), standing: 'guest' };
    expect(await refusals(story)).toMatchObject([
      { ...standing, what: 'open', source: 'command' },
      { ...standing, what: 'open', source: 'command' },
      { ...standing, what: 'open', source: 'form' },
      { ...standing, what: 'open', source: 'form' },
      { ...standing, what: 'open', source: 'form' },
      { ...standing, what: 'resolve', source: 'command' },
      { ...standing, what: 'resolve', source: 'button' },
    ]);
    await expectInvariants(story);
  });

  test('read, write and acknowledge in the channels they are in, and correct themselves', async () => {
    const story = await begin(PATIENT);
    await story.opens('ana', 'sev1 Checkout is down');
    const channel = story.channel().id;
    await joins(story, 'gus', channel);
    expect(await story.type('gus', '/incident timeline', channel)).toContain('Checkout is down');
    await story.type('gus', '/incident log the suplier is informed', channel);
    const no = (await story.entries()).find(({ text }) => text.includes('suplier'))?.no;
    expect(
      await story.type('gus', `/incident edit ${no} the supplier is informed`, channel),
    ).toContain('the supplier is informed');
    expect(await story.type('gus', '/incident ack', channel)).toContain('Acknowledged');
    const others = (await story.entries()).find(({ author }) => author === 'U0ANA')?.no;
    expect(await story.type('gus', `/incident edit ${others} nothing`, channel)).toContain(
      'may not correct what others wrote',
    );
    expect(await textsOf(story)).toContain('the supplier is informed');
    await expectInvariants(story);
  });

  test('are told of no other incident', async () => {
    const story = await begin(PATIENT);
    await story.opens('ana', 'sev1 Checkout is down');
    for (const line of ['/incident 1', '/incident 1 timeline', '/incident 1 log hello']) {
      const said = await story.type('gus', line, 'C0GENERAL');
      expect(said, line).toContain('There is no INC-1.');
      expect(said, line).not.toContain('Checkout');
    }
    for (const line of ['list', 'find checkout', 'stats', 'log hello', 'action list'])
      expect(await story.type('gus', `/incident ${line}`, 'C0GENERAL'), line).not.toMatch(
        /Checkout|INC-1/,
      );
    await expectInvariants(story);
  });

  test('that may list see those of theirs', async () => {
    const story = await begin({ ...PATIENT, config: `${LADDER}permissions: { list: guest }\n` });
    await story.opens('ana', 'sev1 Checkout is down');
    await story.opens('ana', 'sev1 Search is slow');
    await joins(story, 'gus', story.channel(2).id);
    await story.type('gus', '/incident log the supplier is informed', story.channel(2).id);
    const list = await story.type('gus', '/incident list', 'C0GENERAL');
    expect(list).toContain('Search is slow');
    expect(list).not.toContain('Checkout');
    const offered = await story.type('gus', '/incident log which one', 'C0GENERAL');
    expect(offered).toContain('Search is slow');
    expect(offered).not.toContain('Checkout');
    await expectInvariants(story);
  });

  test('may what the configuration lets them', async () => {
    const story = await begin({ ...PATIENT, config: `${LADDER}permissions: { open: guest }\n` });
    expect(await story.type('gus', '/incident open sev2 Printer is down', 'C0GENERAL')).toContain(
      'INC-1 is open',
    );
    await expectInvariants(story);
  });
});

describe('where it is decided', () => {
  test('a question is answered by somebody who has become a guest: nothing is done', async () => {
    const story = await begin(PATIENT);
    await story.opens('ana', 'sev1 Checkout is down');
    await joins(story, 'bo', story.channel().id);
    expect(await story.type('bo', '/incident resolve all quiet')).toContain(
      'Nobody has acknowledged',
    );
    // Whoever comes into the channel is briefed, which may be the last thing they see.
    const question = story.workspace
      .seenBy('U0BO')
      .findLast(({ text }) => text.includes('Nobody has acknowledged'));
    await story.sql`update person set guest = true where id = 'U0BO'`;
    expect(await story.click('bo', 'Yes, resolve INC-1', question)).toContain('may not resolve it');
    expect(await statusOf(story)).toBe('investigating');
    await expectInvariants(story);
  });

  test('a button of yesterday is held against today’s commander', async () => {
    const story = await begin(PATIENT);
    await story.opens('ana', 'sev1 Checkout is down');
    await story.type('ana', '/incident log a key AKIAFAKE');
    const no = (await story.entries()).find(({ text }) => text.includes('AKIAFAKE'))?.no;
    await story.type('bo', '/incident log looking');
    await story.type('bo', `/incident redact ${no} a key`);
    const question = story.workspace.seenBy('U0BO').at(-1);
    await story.type('cy', '/incident lead me');
    const said = await story.click('bo', `Yes, redact #${no} for good`, question);
    expect(said).toContain('Only the commander of INC-1 may redact what others wrote');
    expect(said).toContain('Ask @cy to do it.');
    expect(await textsOf(story)).toContain('a key AKIAFAKE');
    await story.type('ana', `/incident redact ${no} a key`);
    expect(await story.click('ana', `Yes, redact #${no} for good`)).toContain('is redacted');
    await expectInvariants(story);
  });

  test('a reaction of somebody who may not: the message is no entry, and it is written down', async () => {
    const config = `${LADDER}permissions: { capture: anyone }\n`;
    const story = await begin({ ...PATIENT, config });
    await story.opens('ana', 'sev1 Checkout is down');
    await joins(story, 'gus', story.channel().id);
    // Muster knows people from what they do; a reaction alone does not describe them.
    await story.type('gus', '/incident help', 'C0GENERAL');
    const message = await story.workspace.say('U0ANA', story.channel().id, 'the pool is exhausted');
    await story.workspace.react('U0GUS', message, 'pushpin');
    await eventually(async () => (await refusals(story)).length > 0, 'the refusal is written down');
    expect(await refusals(story)).toMatchObject([{ actor: 'U0GUS', what: 'capture' }]);
    expect(await textsOf(story)).not.toContain('the pool is exhausted');
    await expectInvariants(story);
  });

  test('two replicas that are told the same thing write one refusal', async () => {
    const story = await begin(PATIENT);
    await story.type('gus', '/incident open sev1 Fire', 'C0GENERAL');
    const delivery = story.workspace.deliveries.at(-1);
    if (delivery === undefined) throw new Error('nothing was sent');
    await story.replay(delivery);
    expect(await refusals(story)).toHaveLength(1);
    await expectInvariants(story);
  });
});
