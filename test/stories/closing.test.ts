import { expect, test } from 'vitest';
import { onAnyBackend } from '../support/backends.ts';
import { expectInvariants } from '../support/invariants.ts';
import { joins } from '../support/joining.ts';

onAnyBackend('ending an incident', (begin) => {
  test('resolving posts the draft to read and the whole of it as a file, and stops the clocks', async () => {
    const story = await begin();
    await story.opens('ana', 'sev1 Checkout is down since 13:40 UTC');
    await story.type('ana', '/incident ack');
    await story.fastForward(20);
    await story.type('bo', '/incident log 14:10 rollback started #mitigation');
    expect(await story.type('bo', '/incident mitigated')).toContain('Mitigated');
    await story.type('bo', '/incident impact ended');
    const said = await story.type('ana', '/incident resolve rolled back, errors are gone');
    expect(said).toContain('Resolved: INC-1, 14:20 UTC');
    expect(story.card()).toContain('resolved');
    expect(story.announced()[0]).toContain('resolved');
    expect(story.draftFiles()).toEqual(['INC-1-postmortem-v1.md']);
    expect(story.draft()).toContain('rollback started');
    expect(story.draft()).toContain('rolled back, errors are gone');
    const drafted = story.messages().filter((each) => each.includes('Postmortem'));
    expect(drafted.join()).toContain('rollback started');
    const here = story.heardHere().length;
    await story.fastForward(24 * 60);
    expect(story.heardHere().slice(here)).toEqual([]);
    await expectInvariants(story);
  });

  test('late corrections gather into one new version, in the thread of the first', async () => {
    const story = await begin();
    await story.opens('ana', 'sev1 Checkout is down');
    await story.type('ana', '/incident ack');
    await story.type('ana', '/incident resolve');
    const drafted = story.channel().messages.find(({ text }) => text.includes('ostmortem'));
    const before = story.channel().messages.length;
    await story.type('bo', '/incident impact started 13:30 UTC');
    await story.type('bo', '/incident cause root the migration held a lock');
    expect(story.draftFiles()).toHaveLength(1);
    await story.fastForward(1);
    expect(story.draftFiles()).toEqual(['INC-1-postmortem-v1.md', 'INC-1-postmortem-v2.md']);
    expect(story.draft()).toContain('the migration held a lock');
    expect(story.draft()).toContain('13:30');
    const after = story.channel().messages.slice(before);
    const versions = after.filter(({ threadTs }) => threadTs !== undefined);
    expect(versions.length).toBeGreaterThan(0);
    expect(new Set(versions.map(({ threadTs }) => threadTs)).size).toBe(1);
    expect(after.filter(({ threadTs, text }) => !threadTs && text.includes('ostmortem'))).toEqual(
      [],
    );
    expect(drafted).toBeDefined();
    await story.fastForward(60);
    expect(story.draftFiles()).toHaveLength(2);
    await expectInvariants(story);
  });

  test('asks first only when nobody has acknowledged, reminds, and counts from when it was typed', async () => {
    const story = await begin();
    await story.opens('ana', 'sev1 Checkout is down');
    await joins(story, 'bo', story.channel().id);
    const asked = await story.type('bo', '/incident resolve it was the cache');
    expect(asked).toContain('Nobody has acknowledged INC-1 yet. Resolve it all the same?');
    const question = story.workspace.seenBy('U0BO').at(-1);
    expect(story.card()).toContain('investigating');
    await story.fastForward(2);
    const reminder = story.workspace
      .seenBy('U0BO')
      .filter(({ via, text }) => via === 'ephemeral' && !text.startsWith('Welcome'));
    expect(reminder).toHaveLength(1);
    expect(reminder.map(story.seen).join()).toContain('/incident resolve it was the cache');
    expect(await story.click('bo', 'Yes, resolve INC-1', question)).toContain(
      'Resolved: INC-1, 14:00',
    );
    const [resolved] = (await story.entries()).filter(({ text }) => text === 'it was the cache');
    expect(resolved?.at?.toISOString()).toBe('2026-03-08T14:00:00.000Z');
    await expectInvariants(story);
  });

  test('reminds directly where Muster cannot whisper', async () => {
    const story = await begin();
    await story.opens('ana', 'sev1 Checkout is down');
    await story.type('ana', '/incident 1 resolve it was the cache', 'C0GENERAL');
    await story.fastForward(2);
    const reminder = story.told('ana').filter((each) => each.includes('have not answered'));
    expect(reminder).toHaveLength(1);
    expect(reminder[0]).toContain('/incident 1 resolve it was the cache');
    await expectInvariants(story, { tolerated: ['not_in_channel'] });
  });

  test('a question that was answered is not reminded of', async () => {
    const story = await begin();
    await story.opens('ana', 'sev1 Checkout is down');
    await story.type('bo', '/incident resolve');
    await story.click('bo', 'Yes, resolve INC-1');
    await story.fastForward(5);
    expect(story.workspace.seenBy('U0BO').filter(({ via }) => via === 'ephemeral')).toEqual([]);
    await expectInvariants(story);
  });

  test('reopening begins a new round with its own clocks, and the second end makes a new draft', async () => {
    const story = await begin();
    await story.opens('ana', 'sev1 Checkout is down');
    await story.type('ana', '/incident ack');
    await story.type('ana', '/incident resolve');
    await story.fastForward(30);
    expect(await story.type('bo', '/incident reopen errors are back')).toContain('is open again');
    await story.fastForward(6);
    expect(story.heard('cy').map((line) => line.split(': ')[0])).toEqual(['35']);
    await story.type('bo', '/incident ack');
    await story.type('bo', '/incident resolve really gone');
    expect(story.draft()).toContain('errors are back');
    expect(story.draft()).toContain('really gone');
    expect(story.draftFiles().at(-1)).toBe('INC-1-postmortem-v2.md');
    await expectInvariants(story);
  });

  test('cancelling needs a reason, stops everything and owes no draft', async () => {
    const story = await begin();
    await story.opens('ana', 'sev1 Checkout is down');
    expect(await story.type('ana', '/incident cancel')).toContain('Say why');
    expect(await story.type('ana', '/incident cancel the probe was broken')).toContain(
      'Cancelled: INC-1',
    );
    await story.fastForward(120);
    expect(story.heard('bo')).toEqual([]);
    expect(story.workspace.files).toEqual([]);
    expect(story.card()).toContain('cancelled');
    await expectInvariants(story);
  });
});
