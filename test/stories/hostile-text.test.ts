import { afterAll, beforeAll, expect, test } from 'vitest';
import { COMMANDS } from '../../src/commands/index.ts';
import type { Reply } from '../../src/demo/workspace/index.ts';
import type { Json } from '../../src/demo/workspace/limits/rules.ts';
import { expectInvariants } from '../support/invariants.ts';
import { createStory, eventually, type Story } from '../support/story.ts';

/** What people paste, mistype and try on. */
const CORPUS: Readonly<Record<string, string>> = {
  nothing: '',
  'spaces only': '   \t ',
  'one character': 'x',
  'ten thousand characters': 'the pool of connections is exhausted, again. '.repeat(223),
  'one endless word': 'a'.repeat(10_000),
  'families and flags': '👩‍👩‍👧‍👦 broke the 🏳️‍🌈 again 👍🏽',
  'right to left': 'התשלום נפל \u202Egnp.exe\u202C ok',
  'half a surrogate pair': 'half \uD83D a pair',
  'NUL and controls': 'a\u0000b\u0007c\u001Bd e',
  'calls to everybody': '<!channel> <!here> <!everyone> @channel @here',
  'tokens of people': '<@U1> <@U0BO> <#C0GENERAL|general> <!subteam^S0SRE>',
  formatting: '*bold* _it_ ~no~ `code` ```block``` > quote # head\n- list',
  SQL: "'); DROP TABLE incident; --",
  JSON: '{"__proto__":{"x":1},"a":[null,"b"]}',
  links: 'https://example.com/?a=1&b=2 <b>not a tag</b> mailto:a@b.c',
  'nested quotes': `"'“‘«”'" said 'nobody'`,
  'smart quotes': '“it’s down”, she said – ‘really’ …',
  'zero width': 'a\u200Bb\u2060c\uFEFFd e',
  entities: '&lt;!channel&gt; &amp; &amp;lt; &#60;',
  'many lines': 'first\n\n\nsecond\r\nthird',
  numbers: '99999999999999999999 -1 0x10 1e309 NaN',
  tags: '# #note ## #nothing +comms',
  'a whole command': '/incident /incident log log log',
};

const UNSEEN = /[\s\p{Cc}\p{Cf}\uFFFD]+/gu;
const LINK_PREFIX = /(?:mailto|tel):/g;
const TO_MENTION: readonly [RegExp, string][] = [
  [/<!(channel|here|everyone)>/g, '@$1'],
  [/<#[A-Z0-9]+\|([^<>]+)>/g, '#$1'],
  [/<@U0BO(?:\|[^<>]*)?>/g, '@bo'],
];

/** Text as an eye takes it in: without blanks and what nobody sees. */
const squeezed = (text: string): string =>
  TO_MENTION.reduce((rest, [token, name]) => rest.replace(token, name), text)
    .replace(/\p{Surrogate}/gu, '')
    .replace(LINK_PREFIX, '')
    .replace(UNSEEN, '');

const unescaped = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** Every word of a reply, unescaped where Slack unescapes it. */
function words(value: unknown): string {
  if (Array.isArray(value)) return value.map(words).join(' ');
  if (typeof value !== 'object' || value === null) return '';
  const { text, type, ...rest } = value as Json;
  const literal = type === 'mrkdwn' ? unescaped(String(text)) : text;
  const own = typeof literal === 'string' ? literal : words(text);
  return `${own} ${Object.values(rest).map(words).join(' ')}`;
}

const BROKEN = /ran into an error|TypeError|\[object|undefined|\bat \w+ \(/;

let story: Story;

beforeAll(async () => {
  story = await createStory({ sweepEveryMs: 300 });
  await story.opens('ana', 'sev1 Checkout is down');
});

afterAll(() => story.stop());

test.each(COMMANDS.map(({ name }) => name))(
  '`%s` answers whatever is typed after it, and what it refuses it gives back',
  async (verb) => {
    const channel = story.channel().id;
    for (const [what, text] of Object.entries(CORPUS)) {
      const before = story.workspace.seenBy('U0ANA').length;
      const { status, reply } = await story.workspace.type(
        'U0ANA',
        channel,
        `/incident ${verb} ${text}`,
      );
      expect(status, what).toBe(200);
      const form = story.workspace.viewOf('U0ANA');
      // What has to ask Slack first answers behind its acknowledgement.
      const follows = (): Reply | undefined => story.workspace.seenBy('U0ANA').slice(before)[0];
      const said =
        form || reply?.blocks ? reply : await eventually(follows, `an answer to ${what}`);
      if (form) await story.workspace.dismiss('U0ANA');
      else expect(words(said?.blocks).trim(), what).not.toBe('');
      expect(words(said?.blocks).replace(squeezed(text), ''), what).not.toMatch(BROKEN);
    }
    const answered = await story.sql<{ typed: string; outcome: string; reply: unknown }[]>`
      select typed, outcome, reply from inbound
      where typed = ${verb} or typed like ${`${verb} %`} or typed like ${`${verb}\n%`}`;
    for (const { typed, outcome, reply } of answered) {
      if (outcome !== 'refused' || !/\s/.test(typed)) continue;
      expect(squeezed(JSON.stringify(reply).replaceAll('\\"', '"')), typed.slice(0, 60)).toContain(
        squeezed(JSON.stringify(typed).slice(1, 1500).replaceAll('\\"', '"')).slice(0, 1200),
      );
    }
    await story.workspace.type(
      'U0ANA',
      channel,
      '/incident reopen so that the next one finds it open',
    );
  },
  30_000,
);

test.each(Object.entries(CORPUS).filter(([, text]) => text.trim() !== ''))(
  '%s: kept by `last` as it was typed, when it was refused',
  async (_, text) => {
    await story.clock.forward(1000);
    await story.workspace.type('U0BO', story.channel().id, `/incident frobnicate ${text}`);
    await eventually(() => story.workspace.seenBy('U0BO').length > 0, 'the refusal');
    const { reply } = await story.workspace.type('U0BO', story.channel().id, '/incident last');
    const shown = squeezed(words(reply?.blocks));
    expect(shown).toContain(squeezed(`/incident frobnicate ${text}`).slice(0, 1500));
    const [kept] = await story.sql<{ typed: string }[]>`
      select typed from inbound where outcome = 'refused' and actor = 'U0BO'
      order by received_at desc, ctid desc limit 1`;
    expect(squeezed(kept?.typed ?? '')).toBe(squeezed(`frobnicate ${text}`));
  },
);

const EXACT = [
  'families and flags',
  'formatting',
  'SQL',
  'JSON',
  'nested quotes',
  'smart quotes',
  'zero width',
  'entities',
];

test.each(EXACT)('%s: in the record to the byte, and whole in what is shown', async (what) => {
  const text = CORPUS[what] ?? '';
  const said = await story.type('ana', `/incident log note: ${text}`);
  const entry = (await story.entries()).at(-1);
  expect(entry?.text).toBe(`note: ${text}`);
  expect(squeezed(said)).toContain(squeezed(text).slice(0, 60));
});

test('at the end nothing was broken in Slack, and nobody was called', async () => {
  await story.workspace.type('U0ANA', story.channel().id, '/incident reopen');
  await story.workspace.type('U0ANA', story.channel().id, '/incident ack');
  await story.type('ana', '/incident resolve');
  expect(story.draft()).toContain('DROP TABLE');
  await story.fastForward(2);
  // Nobody is called U1, so whoever was to be briefed or paged under that name could not be.
  await expectInvariants(story, { dead: 3 });
}, 60_000);
