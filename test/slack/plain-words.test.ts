import { expect, test } from 'vitest';
import { mentionsIn, plainWords } from '../../src/slack/messages/plain-words.ts';
import {
  filesOf,
  instantOf,
  isOwn,
  type RawMessage,
  readableText,
} from '../../src/slack/messages/raw.ts';

const CALLED = { U0ANA: 'ana', S0SRE: '@sre', C0OPS: 'ops' };

test.each([
  ['<@U0ANA> restarted it', '@ana restarted it'],
  ['<@U0WHO> and <@U0WHO|max>', '@U0WHO and @max'],
  ['<!subteam^S0SRE> please, <!subteam^S9|@dba> too', '@sre please, @dba too'],
  ['<!here> <!channel|@channel> look', '@here @channel look'],
  ['see <#C0DB|database>, <#C0OPS>, <#C0HIDDEN>', 'see #database, #ops, #private-channel'],
  ['see <#C0HIDDEN|>', 'see #private-channel'],
  ['<https://grafana.test/d/1?a=1&amp;b=2|pool>', 'pool (https://grafana.test/d/1?a=1&b=2)'],
  ['<https://x.test/_a_/*b*>', 'https://x.test/_a_/*b*'],
  ['<http://example.com|example.com> <mailto:a@b.test|a@b.test>', 'example.com a@b.test'],
  ['at <!date^1772978400^{time}|14:00 UTC>', 'at 14:00 UTC'],
  ['*bold* _slanted_ ~gone~ *_both_*', 'bold slanted gone both'],
  ['*<@U0ANA> did it*', '@ana did it'],
  ['max_pool_size 2*3*4 ~/bin rm *.log', 'max_pool_size 2*3*4 ~/bin rm *.log'],
  ['run `kubectl get *all* _x_`', 'run kubectl get *all* _x_'],
  ['```\nselect *\nfrom <http://t.test|t.test>\n```', 'select *\nfrom t.test'],
  ['5 &lt; 7 &amp;&amp; 8 &gt; 1', '5 < 7 && 8 > 1'],
  ['&amp;lt;b&amp;gt;', '&lt;b&gt;'],
  ['&gt; quoted\n:fire: on fire', '> quoted\n:fire: on fire'],
  ['one \uE0000\uE001 two', 'one 0 two'],
])('reads %s as %s', (text, expected) => {
  expect(plainWords(text, CALLED)).toBe(expected);
});

test('asks only for names that the text does not say', () => {
  expect(mentionsIn('<@U1> <@U1|a> <!subteam^S1> <#C1|x> <#C2> <!here>')).toEqual({
    people: ['U1'],
    groups: ['S1'],
    channels: ['C2'],
  });
});

test.each<[string, RawMessage, string]>([
  ['a picture alone', { user: 'U1', text: '', files: [{ name: 'graph.png' }] }, 'graph.png'],
  [
    'an alert that is all attachment',
    { bot_id: 'B1', username: 'Grafana', attachments: [{ title: 'CPU', text: '*97%*' }] },
    'Grafana: CPU\n97%',
  ],
  [
    'an alert with a fallback only',
    { bot_id: 'B1', user: 'UBOT', attachments: [{ fallback: 'disk full' }] },
    'disk full',
  ],
  [
    'the preview of a link that somebody posted',
    { user: 'U1', text: 'look', attachments: [{ title: 'A page', text: 'long text' }] },
    'look',
  ],
  [
    'blocks alone',
    {
      bot_id: 'B1',
      user: 'UBOT',
      text: '',
      blocks: [
        { type: 'header', text: { type: 'plain_text', text: 'Deploy 41' } },
        { type: 'section', fields: [{ type: 'mrkdwn', text: '*by* <@U0ANA>' }] },
      ],
    },
    'Deploy 41\nby @ana',
  ],
  ['nothing at all', { user: 'U1', text: ' ' }, 'A message without words'],
])('reads %s', (_, message, expected) => {
  expect(readableText(message, CALLED)).toBe(expected);
});

test('a deleted file is no file', () => {
  const files = [{ name: 'a.png', permalink: 'https://s.test/a' }, { mode: 'tombstone' }];
  expect(filesOf({ files })).toEqual([{ name: 'a.png', link: 'https://s.test/a' }]);
});

test.each([
  ['1772978400.123456', 1_772_978_400_123],
  ['1772978400.999000', 1_772_978_400_999],
  ['1772978400.000100', 1_772_978_400_000],
  ['1772978400', 1_772_978_400_000],
])('%s is the instant %i', (ts, at) => {
  expect(instantOf(ts)).toBe(at);
});

test('what has no author is nobody’s own, also before we know who we are', () => {
  expect(isOwn({ text: 'x' }, {})).toBe(false);
  expect(isOwn({ bot_id: 'B1' }, { botId: 'B1' })).toBe(true);
  expect(isOwn({ user: 'UME' }, { botUserId: 'UME' })).toBe(true);
});
