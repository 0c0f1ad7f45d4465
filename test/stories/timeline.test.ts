import { expect, test } from 'vitest';
import { onAnyBackend } from '../support/backends.ts';
import { expectInvariants } from '../support/invariants.ts';

onAnyBackend('the timeline', (begin) => {
  test('takes entries at their time, corrects, strikes, undoes and brings back', async () => {
    const story = await begin();
    await story.opens('ana', 'sev1 Checkout is down');
    await story.fastForward(3);
    expect(await story.type('ana', '/incident log 14:01 UTC errors at 80%')).toMatch(/#\d+ Logged/);
    const no = (await story.entries()).at(-1)?.no ?? 0;
    expect(await story.type('ana', `/incident edit ${no} errors at 40%`)).toContain(
      'Was: “errors at 80%”',
    );
    expect(await story.type('ana', '/incident timeline')).toContain('errors at 40%');
    expect(await story.type('ana', `/incident strike ${no} wrong service`)).toContain('struck');
    expect(await story.type('ana', '/incident timeline')).not.toContain('errors at 40%');
    expect(await story.type('ana', '/incident timeline all')).toContain('wrong service');
    expect(await story.type('ana', `/incident restore ${no}`)).toContain('as it was before');
    expect(await story.type('ana', '/incident timeline')).toContain('errors at 40%');
    await story.type('bo', '/incident log somebody else');
    expect(await story.type('ana', '/incident undo')).toContain('struck: “errors at 40%”');
    expect(await story.type('ana', '/incident timeline')).toContain('somebody else');
    const kept = await story.sql`select change from revision where entry = ${no} order by revision`;
    expect(kept.map(({ change }) => change)).toEqual(['edited', 'struck', 'taken back', 'struck']);
    await expectInvariants(story);
  });

  test('keeps a line whose time cannot be, and settles it by a button', async () => {
    const story = await begin();
    await story.opens('ana', 'sev1 Checkout is down');
    const said = await story.type(
      'ana',
      '/incident log at 2026-03-29 02:30 Europe/Madrid, the lock was taken',
    );
    const entry = (await story.entries()).at(-1);
    expect(entry?.text).toContain('the lock was taken');
    expect(entry?.at ?? null).toBeNull();
    expect(said).toContain('the lock was taken');
    await expectInvariants(story);
  });

  test('shows each viewer their own clock and UTC', async () => {
    const story = await begin();
    await story.opens('ana', 'sev1 Checkout is down');
    expect(await story.type('bo', '/incident timeline')).toContain('10:00 EDT 14:00 UTC');
    expect(await story.type('cy', '/incident timeline')).toContain('19:30 ');
    expect(await story.type('max', '/incident timeline')).toContain('14:00 UTC Declared');
  });
});

onAnyBackend('people of an incident', (begin) => {
  test('a hand-over briefs the new commander privately and tells the channel', async () => {
    const story = await begin();
    await story.opens('ana', 'sev1 Checkout is down');
    await story.type('ana', '/incident lead me');
    await story.type('ana', '/incident log the cache is suspicious #hypothesis');
    const said = await story.type('ana', '/incident handoff @bo keep an eye on the queue');
    expect(said).toContain('@bo is commander now, before @ana');
    const briefing = story.told('bo').join('\n');
    expect(briefing).toContain('Checkout is down');
    expect(briefing).toContain('the cache is suspicious');
    expect(briefing).toContain(
      'You are now commander. @ana: “keep an eye on the queue” Where things stand:',
    );
    expect(briefing).not.toContain('Since you left');
    expect(story.channel().topic).toContain('commander @bo');
    const undone = await story.type('ana', '/incident undo');
    expect(undone).toContain('/incident handoff @ana');
    expect(undone).not.toContain('U0ANA');
    expect(story.channel().members).toContain('U0BO');
    expect(story.messages().join('\n')).toContain('keep an eye on the queue');
    await expectInvariants(story);
  });

  test('a brief is the reader’s own: since you left counts from what you did last, also by a button', async () => {
    const story = await begin();
    await story.opens('ana', 'sev1 private: Checkout is down');
    await story.type('ana', '/incident page @bo look at this');
    await story.type('ana', '/incident log restarted the pool');
    await story.jump(1);
    const card = story.channel().messages[0];
    expect(await story.click('bo', 'Acknowledge', card)).toContain('Acknowledged: INC-1');
    await story.jump(1);
    await story.type('ana', '/incident cause root a full disk');
    const [pool] = (await story.entries()).filter(({ text }) => text === 'restarted the pool');
    await story.type('ana', `/incident edit ${pool?.no} restarted both pools`);
    const bo = await story.type('bo', '/incident brief');
    expect(bo).toContain('sev1, investigating, private.');
    expect(bo).toMatch(/Since you left: 2 changes after what you did last, 14:01/);
    expect(bo).toMatch(/ a full disk #\d+\n.*Changed: restarted both pools #\d+/);
    // A brief changes nothing, and the next one says the same.
    expect(await story.type('bo', '/incident brief')).toBe(bo);
    expect(await story.type('ana', '/incident brief')).toContain(
      'Nothing has changed since you last did something here',
    );
    const taken = await story
      .type('bo', '/incident lead me')
      .then(() => story.told('bo').join('\n'));
    expect(taken).toMatch(/You are now commander\..*Since you left: 2 changes/s);
    await expectInvariants(story);
  });

  test('paging a person and a group reaches each of them directly, invites them, and stands in the record', async () => {
    const story = await begin();
    await story.opens('ana', 'sev1 Checkout is down');
    await story.type('ana', '/incident ack');
    expect(await story.type('ana', '/incident page @max the database is yours')).toContain(
      'Paged @max',
    );
    expect(await story.type('ana', '/incident page @sre please look')).toContain('Paged');
    expect(story.heard('max')[0]).toContain('the database is yours');
    expect(story.heard('bo')[0]).toContain('please look');
    expect(story.heard('cy')).toEqual(story.heard('bo'));
    expect(story.channel().members).toEqual(expect.arrayContaining(['U0MAX', 'U0BO', 'U0CY']));
    const texts = (await story.entries()).map(({ text }) => text);
    expect(texts).toContain('Paged: the database is yours');
    await expectInvariants(story);
  });

  test('escalating now calls the next level; the walk goes on as planned', async () => {
    const story = await begin();
    await story.opens('ana', 'sev1 Checkout is down');
    expect(await story.type('ana', '/incident escalate')).toContain('Escalated to level 2');
    expect(story.heard('bo')).toHaveLength(1);
    await story.fastForward(6);
    expect(story.heard('bo')).toHaveLength(2);
    await expectInvariants(story);
  });
});
