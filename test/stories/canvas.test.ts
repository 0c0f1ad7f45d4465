import { expect, test } from 'vitest';
import { storyteller } from '../support/backends.ts';
import type { Story } from '../support/story.ts';

const begin = storyteller();

async function resolved(canvases: boolean, more?: (story: Story) => void): Promise<Story> {
  const story = await begin({ canvases });
  more?.(story);
  await story.opens('ana', 'sev1 Checkout is down');
  await story.type('ana', '/incident ack');
  await story.type('ana', '/incident impact Orders failed');
  await story.type('ana', '/incident resolve rolled back');
  await story.fastForward(1);
  return story;
}

const canvas = (story: Story): string => story.workspace.canvas(story.channel().id) ?? '';
const called = (story: Story, method: string): number =>
  story.workspace.calls.filter((call) => call.method === method).length;

test('the draft is in the channel’s canvas, which follows it and says that it is a copy', async () => {
  const story = await resolved(true);
  expect(canvas(story)).toContain('This canvas is a copy of version 1');
  expect(canvas(story)).toContain('Orders failed');
  await story.type('ana', '/incident impact Refunds failed');
  await story.fastForward(1);
  expect(canvas(story)).toContain('This canvas is a copy of version 2');
  expect(canvas(story)).toContain('Refunds failed');
  expect(called(story, 'conversations.canvases.create')).toBe(1);
  expect(story.workspace.violations).toEqual([]);
});

test('a canvas that is somebody’s is left alone', async () => {
  const story = await begin({ canvases: true });
  await story.opens('ana', 'sev1 Checkout is down');
  await story.type('ana', '/incident ack');
  Object.assign(story.channel(), { canvas: { id: 'F0THEIRS', markdown: 'Our notes' } });
  await story.type('ana', '/incident resolve');
  await story.fastForward(1);
  expect(canvas(story)).toBe('Our notes');
  expect(story.draft()).toContain('## Summary');
});

test('where there can be none nobody is told but the doctor', async () => {
  const story = await resolved(false);
  const said = [...story.messages(), ...story.told('ana'), ...story.told('ada')].join('\n');
  expect(said).not.toMatch(/canvas/i);
  expect(await story.type('ada', '/incident doctor', 'C0GENERAL')).toContain(
    'The plan of this Slack workspace has no channel canvases.',
  );
});

test('an app that was installed without the scope goes on as before', async () => {
  const story = await resolved(true, ({ workspace }) => workspace.scopes.delete('canvases:write'));
  expect(story.draft()).toContain('## Summary');
  await story.type('ana', '/incident impact Refunds failed');
  await story.fastForward(1);
  expect(story.draft()).toContain('Refunds failed');
  const doctor = await story.type('ada', '/incident doctor', 'C0GENERAL');
  expect(doctor).toContain('Slack says missing_scope');
  expect(doctor).not.toContain('The token lacks');
});
