import { describe, expect, test } from 'vitest';
import { storyteller } from '../support/backends.ts';
import { LADDER } from '../support/town.ts';

describe('forms of the draft', () => {
  const begin = storyteller();

  test('one is shown to whoever asks, and exported for the channel; the draft stays as configured', async () => {
    const story = await begin();
    await story.opens('ana', 'sev1 Checkout is down since 13:40 UTC');
    await story.type('ana', '/incident ack');
    await story.type('bo', '/incident impact Orders failed, says Ana in https://acme.dev/x');
    await story.type('bo', '/incident cause root the migration held a lock');
    await story.type('bo', '/incident comms internal the shop floor knows');
    await story.type('ana', '/incident resolve rolled back');
    const shown = await story.type('bo', '/incident postmortem show classic');
    expect(shown).toContain('Resolution and recovery');
    expect(story.heardHere().join()).not.toContain('Resolution and recovery');
    expect(await story.type('bo', '/incident postmortem export md public')).toContain(
      'INC-1 as md (public) comes to the channel.',
    );
    const file = story.workspace.files.at(-1);
    expect(file?.name).toMatch(/^INC-1-public-\d+\.md$/);
    const text = file?.content.toString() ?? '';
    expect(text).toContain('- Orders failed, says [name] in [link]');
    expect(text).toContain('the migration held a lock');
    expect(text).not.toMatch(/\bana\b|acme|INC-1|shop floor|#\d/i);
    const drafts = story.workspace.files.filter(({ name }) => name.includes('postmortem'));
    expect(drafts.map(({ name }) => name)).toEqual(['INC-1-postmortem-v1.md']);
    expect(drafts[0]?.content.toString()).toContain('## Open questions');
  });

  test('of a private incident and of a drill nothing is written for the outside', async () => {
    const story = await begin();
    await story.opens('ana', 'sev1 private: Somebody read the orders');
    for (const typed of ['show public', 'export md public']) {
      const said = await story.type('ana', `/incident postmortem ${typed}`);
      expect(said).toContain('INC-1 is private: nothing of it is written for the outside.');
      expect(said).toContain(`/incident postmortem ${typed}`);
    }
    expect(story.workspace.files).toEqual([]);
    expect(await story.type('ana', '/incident postmortem show classic')).toContain(
      'Somebody read the orders',
    );
  });

  test('the configured form is that of the draft, with the questions in the message', async () => {
    const config = `${LADDER}\npostmortem: { preset: public, sections: [why: Reasons, posts] }\n`;
    const story = await begin({ config });
    await story.opens('ana', 'sev1 Checkout is down');
    await story.type('ana', '/incident ack');
    await story.type('ana', '/incident resolve rolled back');
    expect(story.draft()).toMatch(/^# Checkout is down\n\n## Reasons\n/);
    expect(story.draft()).not.toContain('rolled back');
    const said = story.messages().join('\n');
    expect(said).toContain('for readers outside (public)');
    expect(said).toContain('rolled back');
    expect(said).toContain('Open questions');
  });
});
