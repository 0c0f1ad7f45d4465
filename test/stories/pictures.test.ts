import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { expectInvariants } from '../support/invariants.ts';
import { createStory, type Story } from '../support/story.ts';

let story: Story;

beforeAll(async () => {
  story = await createStory({ sweepEveryMs: 300 });
}, 60_000);

afterAll(() => story.stop());

const isPng = (content: Buffer): boolean => content.subarray(1, 4).toString('latin1') === 'PNG';

/** What was uploaded since then, and the words that stand beside each. */
function uploaded(since: number) {
  const files = story.workspace.files.slice(since);
  return files.map(({ name, channel, threadTs, content }) => {
    const messages = story.workspace.channels.get(channel)?.messages ?? [];
    const words = messages.find((message) =>
      message.files.some((file) => file.name === name),
    )?.text;
    return { name, channel, threadTs, png: isPng(content), words: words ?? '' };
  });
}

describe('when an incident is resolved', () => {
  test('its picture comes beside the draft, and says in words what it shows', async () => {
    await story.opens('ana', 'sev1 Checkout <!channel> & *down*');
    await story.type('ana', '/incident impact started 10m ago');
    await story.type('ana', '/incident ack');
    const before = story.workspace.files.length;
    await story.type('ana', '/incident resolve');
    const files = uploaded(before);
    const channel = story.channel().id;
    expect(files.map(({ name, png }) => [name, png])).toEqual([
      ['INC-1-postmortem-v1.md', false],
      ['INC-1-picture-v1.png', true],
    ]);
    expect(files[1]).toMatchObject({ channel, threadTs: undefined });
    expect(files[1]?.words).toMatch(/^INC-1 as a picture, times in .*Impact started .*, declared /);
    expect(files[1]?.words).toContain('Time not recorded: detected, cause found');
  });

  test('that of a later version stays in the thread, as the draft does', async () => {
    const before = story.workspace.files.length;
    await story.type('ana', '/incident postmortem refresh');
    const files = uploaded(before);
    expect(files.map(({ name }) => name)).toEqual([
      'INC-1-postmortem-v2.md',
      'INC-1-picture-v2.png',
    ]);
    expect(files[1]?.threadTs).toBeDefined();
    expect(files[1]?.threadTs).toBe(files[0]?.threadTs);
  });
});

test('it can be asked for while the incident runs', async () => {
  await story.opens('bo', 'sev2 Search is slow');
  const before = story.workspace.files.length;
  const channel = story.channel(2).id;
  const said = await story.type('bo', '/incident postmortem export png', channel);
  expect(said).toContain('INC-2 as png comes to the channel.');
  const [file] = uploaded(before);
  expect(file?.name).toMatch(/^INC-2-\d+\.png$/);
  expect(file).toMatchObject({ png: true, channel });
  expect(file?.words).toContain('INC-2 as a picture');
});

test('that of a private incident goes to its channel and nowhere else', async () => {
  await story.opens('ana', 'sev2 private: Payroll leaked');
  const secret = story.channel(3).id;
  const before = story.workspace.files.length;
  await story.type('ana', '/incident ack', secret);
  await story.type('ana', '/incident resolve', secret);
  const files = uploaded(before);
  expect(files.filter(({ png }) => png)).toHaveLength(1);
  expect(new Set(files.map(({ channel }) => channel))).toEqual(new Set([secret]));
  const said = await story.type('cy', '/incident 3 postmortem export png', 'C0GENERAL');
  expect(said).not.toContain('Payroll');
  expect(uploaded(before)).toHaveLength(files.length);
});

describe('where nothing can be drawn', () => {
  beforeAll(() => {
    // As on a machine that there is no build of the library for.
    vi.doMock('@resvg/resvg-js', () => {
      throw new Error('no build for this machine');
    });
  });

  afterAll(() => {
    vi.doUnmock('@resvg/resvg-js');
  });

  test('the draft is posted all the same', async () => {
    await story.opens('cy', 'sev2 Mail is late');
    const before = story.workspace.files.length;
    const channel = story.channel(4).id;
    await story.type('cy', '/incident ack', channel);
    await story.type('cy', '/incident resolve', channel);
    expect(uploaded(before).map(({ name }) => name)).toEqual(['INC-4-postmortem-v1.md']);
    const [row] = await story.sql`select state, last_error as why from outbox
      where what->>'type' = 'picture' order by id desc limit 1`;
    expect(row).toEqual({ state: 'dead', why: 'the picture could not be drawn' });
  });

  test('whoever asks for a picture is told', async () => {
    const before = story.workspace.files.length;
    await story.type('cy', '/incident postmortem export png', story.channel(4).id);
    expect(uploaded(before)).toEqual([]);
    expect(story.told('cy').at(-1)).toContain(
      'Muster could not send the file: the picture could not be drawn.',
    );
  });
});

test('at the end nothing was broken in Slack, and nobody was called', () =>
  // The two that could not be drawn.
  expectInvariants(story, { dead: 2 }));
