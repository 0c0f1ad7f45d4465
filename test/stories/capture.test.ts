import { expect, test } from 'vitest';
import { onAnyBackend } from '../support/backends.ts';
import { expectInvariants } from '../support/invariants.ts';
import { captured, isMarked, marked, opened, revisions, unmarked } from '../support/pinning.ts';
import { eventually } from '../support/story.ts';

onAnyBackend('📌 on a message', (begin) => {
  test('puts it on the timeline as its author said it, confirms it, and takes it back', async () => {
    const { story, say, react, unreact } = await opened(begin);
    const message = await say('bo', 'pool is *exhausted* &lt;again&gt;, <@U0CY> looks at it');
    await story.jump(4);
    await react('ana', message);
    await marked(story, message);
    const [entry] = await captured(story);
    expect(entry).toMatchObject({
      text: 'pool is exhausted <again>, @cy looks at it',
      author: 'U0BO',
      source: 'message',
      struck: null,
    });
    expect(entry?.at.getTime()).toBe(Math.floor(Number(message.ts) * 1000));
    expect(entry?.link).toContain(
      `/archives/${story.channel().id}/p${message.ts.replace('.', '')}`,
    );
    const [audited] = await story.sql`select actor, source from audit order by seq desc limit 1`;
    expect(audited).toEqual({ actor: 'U0ANA', source: 'message' });

    await unreact('ana', message);
    await unmarked(story, message);
    expect((await captured(story))[0]?.struck).toMatchObject({
      by: 'U0ANA',
      reason: 'the reaction was taken back',
    });
    await react('cy', message);
    await marked(story, message);
    const after = await captured(story);
    expect(after).toHaveLength(1);
    expect(after[0]?.struck).toBeNull();
    const changes = await revisions(story, entry?.no ?? 0);
    expect(changes.map(({ change, by }) => `${change} ${by}`)).toEqual([
      'struck U0ANA',
      'taken back U0CY',
    ]);
    await expectInvariants(story);
  });

  test('is one entry when two people do it in the same second, and stays until both take it back', async () => {
    const { story, say, react, unreact } = await opened(begin);
    const message = await say('bo', 'error rate is falling');
    await Promise.all([react('ana', message), react('cy', message), react('max', message)]);
    await marked(story, message);
    expect(await captured(story)).toHaveLength(1);
    await Promise.all([unreact('ana', message), unreact('max', message)]);
    await story.settle();
    expect((await captured(story))[0]?.struck).toBeNull();
    expect(isMarked(story, message)).toBe(true);
    await unreact('cy', message);
    await unmarked(story, message);
    expect((await captured(story))[0]?.struck).not.toBeNull();
    await expectInvariants(story);
  });

  test('is done once, however often Slack tells of it', async () => {
    const { story, say, react, unreact } = await opened(begin);
    const message = await say('bo', 'restarted node 4');
    await react('ana', message);
    const added = story.workspace.deliveries.at(-1);
    if (!added) throw new Error('no event was sent');
    await marked(story, message);
    await Promise.all([story.replay(added), story.replay(added)]);
    await story.settle();
    expect(await captured(story)).toHaveLength(1);
    expect(await story.sql`select 1 from revision`).toHaveLength(0);
    await unreact('ana', message);
    await unmarked(story, message);
    // The first event once more, late: nobody wants it on the timeline any more.
    await story.replay(added);
    await story.settle();
    expect((await captured(story))[0]?.struck).not.toBeNull();
    expect(isMarked(story, message)).toBe(false);
    await expectInvariants(story);
  });

  test('takes a reply in a thread, a picture without words, and what a system says', async () => {
    const { story, say, react } = await opened(begin);
    const parent = await say('bo', 'who is on the database?');
    const reply = await say('cy', 'me, since 5 minutes', { threadTs: parent.ts });
    const picture = await say('bo', '', { files: ['graph.png', 'trace.txt'] });
    const alert = await say('bo', 'CPU at <https://grafana.test/d/1|97%>', { username: 'Grafana' });
    for (const message of [reply, picture, alert]) {
      await react('ana', message);
      await marked(story, message);
    }
    const [first, second, third] = await captured(story);
    expect(first).toMatchObject({ text: 'me, since 5 minutes', author: 'U0CY' });
    expect(first?.link).toContain(`thread_ts=${parent.ts}`);
    expect(second?.text).toBe('graph.png, trace.txt');
    expect(second?.files.map(({ name }) => name)).toEqual(['graph.png', 'trace.txt']);
    expect(second?.files[0]?.link).toContain('https://');
    // A system has no account: whoever pinned it answers for it.
    expect(third).toMatchObject({
      text: 'Grafana: CPU at 97% (https://grafana.test/d/1)',
      author: 'U0ANA',
    });
    await expectInvariants(story);
  });

  test('says nothing to what Muster says, to other reactions and to other channels', async () => {
    const { story, say, react } = await opened(begin);
    const [card] = story.channel().messages;
    if (!card) throw new Error('no card');
    await react('ana', card);
    const message = await say('bo', 'hello');
    await react('ana', message, 'eyes');
    const elsewhere = await story.workspace.say('U0BO', 'C0INCIDENTS', 'not here');
    await react('ana', elsewhere);
    const last = await say('bo', 'this one');
    await react('ana', last);
    await marked(story, last);
    expect((await captured(story)).map(({ text }) => text)).toEqual(['this one']);
    for (const one of [card, message, elsewhere]) expect(isMarked(story, one)).toBe(false);
    await expectInvariants(story);
  });

  test('works after the resolution, at its time, and the draft follows', async () => {
    const { story, say, react } = await opened(begin);
    const early = await say('bo', 'rolled back to 4.1');
    await story.jump(3);
    await story.type('ana', '/incident log the graphs are flat');
    await story.type('ana', '/incident ack');
    await story.type('ana', '/incident resolve');
    await react('ana', early);
    await marked(story, early);
    await story.jump(1);
    const draft = await eventually(
      () => (story.draft().includes('rolled back to 4.1') ? story.draft() : null),
      'the draft has it',
    );
    expect(draft.indexOf('rolled back to 4.1')).toBeLessThan(draft.indexOf('the graphs are flat'));
    await expectInvariants(story);
  });

  test('undo takes back what I typed, not what somebody took from my message', async () => {
    const { story, say, react } = await opened(begin);
    await story.type('bo', '/incident log failover began');
    const message = await say('bo', 'looks better');
    await react('ana', message);
    await marked(story, message);
    expect(await story.type('bo', '/incident undo')).toContain('failover began');
    expect((await captured(story))[0]?.struck).toBeNull();
    // Struck by hand, the mark goes; brought back, it comes.
    const no = (await captured(story))[0]?.no;
    await story.type('bo', `/incident strike ${no}`);
    await unmarked(story, message);
    await story.type('bo', `/incident restore ${no}`);
    await marked(story, message);
    await expectInvariants(story);
  });
});
