import { expect, test } from 'vitest';
import { onAnyBackend } from '../support/backends.ts';
import { expectInvariants } from '../support/invariants.ts';
import { joins } from '../support/joining.ts';

onAnyBackend('what needs an answer', (begin) => {
  test('a command for another incident asks first, and yes does it there', async () => {
    const story = await begin();
    await story.opens('ana', 'sev1 Checkout is down');
    await story.opens('ana', 'sev2 Search is slow');
    await joins(story, 'bo', story.channel().id);
    const asked = await story.type('bo', '/incident 2 log index rebuilt');
    expect(asked).toContain('This is the channel of INC-1. Did you mean INC-2 · Search is slow?');
    expect((await story.entries(2)).map(({ text }) => text)).not.toContain('index rebuilt');
    await story.fastForward(1);
    expect(await story.click('bo', 'Yes, INC-2', story.workspace.seenBy('U0BO')[1])).toContain(
      'index rebuilt',
    );
    const logged = (await story.entries(2)).filter(({ text }) => text === 'index rebuilt');
    expect(logged).toMatchObject([{ at: new Date('2026-03-08T14:00:00Z') }]);
    expect((await story.entries(1)).map(({ text }) => text)).not.toContain('index rebuilt');
    await expectInvariants(story);
  });

  test('only whoever was asked can say yes, and pressing twice does it once', async () => {
    const story = await begin();
    await story.opens('ana', 'sev1 Checkout is down');
    await story.type('bo', '/incident resolve');
    const question = story.workspace.seenBy('U0BO').at(-1);
    expect(await story.click('cy', 'Yes, resolve INC-1', question)).toContain(
      'Only whoever was asked can say yes.',
    );
    await story.click('bo', 'Yes, resolve INC-1', question);
    await story.click('bo', 'Yes, resolve INC-1', question);
    const ends = (await story.entries()).filter(({ text }) => text === 'Resolved.');
    expect(ends).toHaveLength(1);
    await expectInvariants(story);
  });

  test('what was refused is repeated, and `last` gives it back whole', async () => {
    const story = await begin();
    await story.opens('ana', 'sev1 Checkout is down');
    const typed = 'logg the “pool” was restarted & <scaled> to 20';
    expect(await story.type('cy', `/incident ${typed}`)).toContain(`/incident ${typed}`);
    await story.type('cy', '/incident timeline');
    const last = await story.type('cy', '/incident last', 'C0GENERAL');
    expect(last).toContain(`/incident ${typed}`);
    expect(await story.type('bo', '/incident last')).toContain(
      'Nothing that you typed was refused',
    );
    await story.jump(25 * 60);
    expect(await story.type('cy', '/incident last')).toContain(
      'Nothing that you typed was refused',
    );
  });
});

onAnyBackend('buttons', (begin) => {
  test('each button of the card does what it says', async () => {
    const story = await begin();
    await story.opens('ana', 'sev1 Checkout is down');
    const card = () => {
      const [message] = story.channel().messages;
      if (!message) throw new Error('there is no card');
      return message;
    };
    expect(await story.click('bo', 'Acknowledge', card())).toContain('Acknowledged: INC-1');
    expect(story.card()).not.toContain('[ Acknowledge ]');
    expect(await story.click('bo', 'Take command', card())).toContain('@bo is commander');
    expect(await story.click('bo', 'Timeline', card())).toContain('Timeline of INC-1');
    for (const [label, title] of [
      ['Update', 'Status update'],
      ['Change severity', 'Change severity'],
      ['Escalate', 'Ping people'],
      ['Add entry', 'Add to timeline'],
      ['Resolve', 'Resolve'],
    ] as const) {
      await story.click('bo', label, card());
      expect(story.workspace.viewOf('U0BO')?.title, label).toBe(title);
      await story.workspace.dismiss('U0BO');
    }
    await story.click('bo', 'Resolve', card());
    expect((await story.fill('bo', {})).said).toContain('Resolved: INC-1');
    expect(await story.click('bo', 'Reopen', card())).toContain('is open again');
    await expectInvariants(story);
  });

  test('a ping’s buttons work where it arrived: in a direct message', async () => {
    const story = await begin();
    await story.opens('ana', 'sev1 Checkout is down');
    await story.fastForward(5);
    const [ping] = story.workspace.directMessages('U0BO');
    expect(await story.click('bo', 'Who is next', ping)).toContain('max');
    expect(await story.click('bo', 'Escalate now', ping)).toContain('Escalated to level 3');
    expect(await story.click('bo', 'Acknowledge', ping)).toContain('Acknowledged: INC-1');
    expect(story.told('bo')[0]).toContain('Acknowledged by @bo');
    expect(story.told('max')[0]).toContain('Acknowledged by @bo');
    await expectInvariants(story);
  });

  test('whoever is paged after the acknowledgement is asked to come, and answers with a press', async () => {
    const story = await begin();
    await story.opens('ana', 'sev1 Checkout is down');
    await story.type('ana', '/incident lead me');
    await story.type('ana', '/incident ack');
    await story.type('ana', '/incident page <@U0BO|bo> need db help');
    const page = story.told('bo').at(-1) ?? '';
    expect(page).toContain('@ana asks for you: need db help');
    expect(page).toContain('To help: come to #inc-1-checkout-is-down.');
    expect(page).not.toMatch(/[Tt]ake command|Nobody is pinged/);
    const [ping] = story.workspace.directMessages('U0BO').slice(-1);
    expect(await story.click('bo', 'I am on it', ping)).toContain('The others are told');
    expect(story.messages().at(-1)).toContain('@bo is on it too.');
    expect((await story.entries()).at(-1)).toMatchObject({ text: 'On it too.' });
    await expectInvariants(story);
  });

  test('a reply’s Undo takes the change back', async () => {
    const story = await begin();
    await story.opens('ana', 'sev2 Checkout is slow');
    await story.type('ana', '/incident sev sev1');
    expect(await story.click('ana', 'Undo')).toContain('is now sev2, was sev1');
    await story.type('ana', '/incident log a typo');
    expect(await story.click('ana', 'Strike')).toContain('struck');
    await expectInvariants(story);
  });
});

onAnyBackend('forms', (begin) => {
  test('a bare command elsewhere declares by form, and shows what is wrong at its field', async () => {
    const story = await begin();
    await story.type('ana', '/incident', 'C0GENERAL');
    expect(story.workspace.viewOf('U0ANA')?.title).toBe('Declare an incident');
    const title = 'Checkout is down';
    const wrong = await story.fill('ana', { title, severity: 'sev1', since: 'quarter past never' });
    expect(wrong.errors.since).toContain('cannot be read as a time');
    expect(story.workspace.viewOf('U0ANA')).toBeDefined();
    const { said } = await story.fill('ana', { title, severity: 'sev1', since: '13:50 UTC' });
    expect(said).toContain('INC-1 is open: Checkout is down, sev1.');
    expect((await story.entries()).map(({ text }) => text)).toContain('Impact started.');
    await expectInvariants(story);
  });

  test('update, severity, entry, escalation and resolution are filled in and done', async () => {
    const story = await begin();
    await story.opens('ana', 'sev2 Checkout is slow');
    await story.type('bo', '/incident ack');
    await story.type('bo', '/incident update');
    await story.fill('bo', { text: 'Rolling back' });
    await story.type('bo', '/incident sev');
    const refused = await story.fill('bo', { severity: 'sev2', reason: '' });
    expect(refused.said).toContain('is sev2 already');
    await story.type('bo', '/incident sev');
    expect((await story.fill('bo', { severity: 'sev1' })).said).toContain('is now sev1');
    await story.type('bo', '/incident sev');
    const low = await story.fill('bo', { severity: 'sev2' });
    expect(low.errors.reason).toContain('it needs a reason');
    expect((await story.fill('bo', { severity: 'sev2', reason: 'one region' })).said).toContain(
      'is now sev2',
    );
    await story.type('bo', '/incident log');
    await story.fill('bo', { text: 'pool restarted', time: '14:00 UTC', kinds: ['mitigation'] });
    await story.type('bo', '/incident page');
    expect((await story.fill('bo', {})).errors.people).toContain('Choose at least one');
    await story.fill('bo', { people: ['U0MAX'], reason: 'your database' });
    expect(story.heard('max').at(-1)).toContain('your database');
    const texts = (await story.entries()).map(({ text }) => text);
    expect(texts).toEqual(expect.arrayContaining(['Rolling back', 'pool restarted']));
    await expectInvariants(story);
  });

  test('the message shortcut puts a message on the timeline at its own time', async () => {
    const story = await begin();
    await story.opens('ana', 'sev1 Checkout is down');
    const message = await story.workspace.say('U0BO', story.channel().id, 'the pool is exhausted');
    await story.clock.forward(5 * 60_000);
    await story.workspace.shortcut('U0CY', 'timeline_add', message);
    await story.fill('cy', {});
    const [entry] = (await story.entries()).filter(({ text }) => text === 'the pool is exhausted');
    expect(entry?.at?.toISOString()).toBe('2026-03-08T14:00:00.000Z');
    await expectInvariants(story);
  });
});
