import { expect, test } from 'vitest';
import { onAnyBackend } from '../support/backends.ts';
import { expectInvariants } from '../support/invariants.ts';

onAnyBackend('opening an incident', (begin) => {
  test('makes the channel with its name, topic, people, pinned card and announcement', async () => {
    const story = await begin();
    const said = await story.opens('ana', 'sev1 Checkout is down since 13:40 UTC');
    expect(said).toContain('INC-1 is open: Checkout is down, sev1.');
    const channel = story.channel();
    expect(channel.name).toBe('inc-1-checkout-is-down');
    expect(channel.topic).toBe('sev1 | investigating | no commander | since 8 Mar 13:40 UTC');
    expect(channel.members).toContain('U0ANA');
    expect(channel.pins).toEqual([channel.messages[0]?.ts]);
    expect(story.card()).toContain('INC-1 · Checkout is down');
    expect(story.announced()).toHaveLength(1);
    expect(story.announced()[0]).toContain('investigating');
    expect((await story.entries()).map(({ text, at }) => [text, at?.toISOString()])).toEqual([
      ['Declared sev1: Checkout is down', '2026-03-08T14:00:00.000Z'],
      ['Impact started.', '2026-03-08T13:40:00.000Z'],
      ['Pinged level 1 of the policy.', '2026-03-08T14:00:00.000Z'],
    ]);
    await expectInvariants(story);
  });

  test('shows every change in the same card and announcement, never in another', async () => {
    const story = await begin();
    await story.opens('ana', 'sev1 Checkout is down');
    await story.type('bo', '/incident lead me');
    await story.type('bo', '/incident status identified the migration holds a lock');
    const cards = story.messages().filter((message) => message.includes('Opened by'));
    expect(cards).toHaveLength(1);
    expect(cards[0]).toContain('identified');
    expect(cards[0]).toContain('@bo');
    expect(story.announced()).toHaveLength(1);
    expect(story.announced()[0]).toContain('identified');
    expect(story.announced()[0]).toContain('@bo');
    expect(story.channel().topic).toContain('sev1 | identified | commander @bo |');
    await expectInvariants(story);
  });

  test('the same title within a minute joins, another title opens another', async () => {
    const story = await begin();
    await story.opens('ana', 'sev1 Checkout is down');
    expect(await story.opens('bo', 'sev2 checkout is DOWN')).toContain(
      'INC-1 with this title was opened a moment ago by @ana',
    );
    expect(await story.opens('bo', 'sev2 Search is slow')).toContain('INC-2 is open');
    expect(story.findChannel(3)).toBeUndefined();
    await expectInvariants(story);
  });

  test('a private one is announced nowhere and does not exist for outsiders', async () => {
    const story = await begin();
    await story.opens('ana', 'sev1 private: Somebody reads our mail');
    const channel = story.channel();
    expect(channel.kind).toBe('private');
    expect(story.announced()).toEqual([]);
    const outside = ['/incident 1', '/incident 1 timeline', '/incident 1 log I can see it'];
    for (const line of outside) {
      const said = await story.type('cy', line, 'C0GENERAL');
      expect(said, line).toContain('There is no INC-1.');
      expect(said, line).not.toContain('mail');
    }
    expect(await story.type('cy', '/incident list', 'C0GENERAL')).not.toContain('mail');
    expect(await story.type('ana', '/incident list', 'C0GENERAL')).toContain('mail');
    const known = [...story.workspace.channels.values()].filter(({ kind }) => kind === 'public');
    expect(known.map(({ name }) => name)).toEqual(['incidents', 'general']);
    expect(known.flatMap(({ messages }) => messages)).toEqual([]);
    await expectInvariants(story);
  });

  test('one that is over already gets its record and draft, and calls nobody', async () => {
    const story = await begin();
    const said = await story.type(
      'ana',
      '/incident record Login outage from 2026-03-01 13:57 UTC to 2026-03-01 14:45 UTC',
      'C0GENERAL',
    );
    expect(said).toContain('INC-1 is recorded: Login outage.');
    expect(story.draft()).toContain('Login outage');
    expect(story.draft()).toContain('48 min');
    await story.fastForward(300);
    expect(['ana', 'bo', 'cy', 'max', 'ada'].flatMap((name) => story.heard(name))).toEqual([]);
    expect(story.announced()).toEqual([]);
    await expectInvariants(story);
  });
});
