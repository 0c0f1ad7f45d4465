import { expect, test } from 'vitest';
import { storyteller } from '../support/backends.ts';
import { expectInvariants } from '../support/invariants.ts';
import type { Story } from '../support/story.ts';

const begin = storyteller();

/** Commands that need no rest between them. */
async function inOneGo(story: Story, who: string, lines: readonly string[]): Promise<void> {
  const channel = story.findChannel(1)?.id ?? 'C0GENERAL';
  for (let at = 0; at < lines.length; at += 5) {
    await Promise.all(
      lines
        .slice(at, at + 5)
        .map((line) => story.workspace.type(story.idOf(who), channel, `/incident ${line}`)),
    );
  }
  await story.settle();
}

test.each([
  [
    'a thousand characters',
    'Checkout is down for everybody '.repeat(33),
    /^inc-1-checkout-is-down/,
  ],
  ['one endless word', 'x'.repeat(1000), /^inc-1-x+$/],
  ['only emoji', '🔥🔥👩‍👩‍👧‍👦', /^inc-1$/],
  ['only Chinese', '支付系统宕机了', /^inc-1$/],
  ['right to left', 'התשלום נפל \u202Ecod.exe', /^inc-1-cod-exe$/],
  [
    'a call to everybody',
    '<!channel> & @here: *checkout* `down`',
    /^inc-1-channel-here-checkout-down$/,
  ],
])('a title of %s makes an incident with a channel that Slack takes', async (_, title, name) => {
  const story = await begin();
  await story.opens('ana', `sev1 ${title}`);
  const channel = [...story.workspace.channels.values()].find((one) =>
    one.name.startsWith('inc-1'),
  );
  expect(channel?.name).toMatch(name);
  expect(channel?.name.length).toBeLessThanOrEqual(80);
  expect(channel?.messages[0]?.text).toContain('INC-1');
  expect(story.announced()[0]).toContain('INC-1');
  await story.workspace.type('U0ANA', channel?.id ?? '', '/incident ack');
  await story.workspace.type('U0ANA', channel?.id ?? '', '/incident resolve');
  await story.settle();
  expect(story.draft()).toContain('INC-1');
  await expectInvariants(story);
});

test('a note of ten thousand characters is kept whole, and is whole in the draft', async () => {
  const story = await begin();
  await story.opens('ana', 'sev1 Checkout is down');
  const note = Array.from({ length: 1000 }, (_, n) => `line ${String(n).padStart(4, '0')}`).join(
    ' ',
  );
  expect(note.length).toBeGreaterThan(9_900);
  await story.type('ana', `/incident log ${note}`);
  expect((await story.entries()).at(-1)?.text).toBe(note);
  await story.type('bo', '/incident timeline');
  await story.type('ana', `/incident update ${note}`);
  expect(story.messages().join(' ').replace(/\s+/g, ' ')).toContain('line 0999');
  await story.type('ana', '/incident ack');
  await story.type('ana', '/incident resolve');
  expect(story.draft().replace(/\s+/g, ' ')).toContain(note);
  await expectInvariants(story);
});

test('two hundred entries are leafed through page by page, each of them once', async () => {
  const story = await begin();
  await story.opens('ana', 'sev1 Checkout is down');
  const lines = Array.from({ length: 200 }, (_, n) => `log entry number ${n}.`);
  await inOneGo(story, 'ana', lines);
  let page = await story.type('bo', '/incident timeline');
  const pages = [page];
  while (page.includes('[ Older ]')) {
    page = await story.click('bo', 'Older');
    pages.push(page);
  }
  const shown = pages.join('\n');
  for (const line of lines) expect(shown.split(line.slice(4))).toHaveLength(2);
  expect(pages.length).toBe(Math.ceil(202 / 15));
  await story.type('ana', '/incident ack');
  await story.type('ana', '/incident resolve');
  for (const line of lines) expect(story.draft()).toContain(line.slice(4));
  await expectInvariants(story);
}, 40_000);

test('sixty open incidents fit into a list that says how many there are', async () => {
  const story = await begin({ sweepEveryMs: 300 });
  await story.type('ana', '/incident list', 'C0GENERAL');
  await inOneGo(
    story,
    'ana',
    Array.from({ length: 60 }, (_, n) => `open sev2 Trouble ${'with many words '.repeat(6)} ${n}`),
  );
  const said = await story.type('bo', '/incident list', 'C0GENERAL');
  expect(said).toContain('60 open incidents');
  expect(said).toContain('40 older ones are not shown');
  await expectInvariants(story);
}, 60_000);
