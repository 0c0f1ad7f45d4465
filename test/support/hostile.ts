import fc from 'fast-check';
import { escapedText } from '../../src/commands/slack-tokens.ts';

/** What would call, name or lead somebody somewhere if it were taken for Slack's own marks. */
const MARKS = [
  '<!channel>',
  '<!here|here>',
  '<!everyone>',
  '<!subteam^S0EVIL>',
  '<!subteam^S0EVIL|@all>',
  '<@U0EVIL>',
  '<@U0EVIL|boss>',
  '<#C0EVIL>',
  '<#C0EVIL|general>',
  '<https://evil.example|your bank>',
  '<https://evil.example>',
  '<mailto:a@evil.example|help>',
  '<!date^1392734382^{date}^https://evil.example|soon>',
  '&lt;!channel&gt;',
  '&amp;lt;!here&amp;gt;',
  '[bank](https://evil.example)',
  '<script>alert(1)</script>',
];

const ODD = [
  ...['*', '_', '~', '`', '```', '>', '>>>', '|', '\\', '"', "'", '“', '”', '#', '@', '/', '--'],
  ...[
    '\n',
    '\n\n',
    '\r\n',
    '\t',
    '\u2028',
    ' ',
    '   ',
    '\0',
    '\u200b',
    '\u202e',
    '\u2066',
    '\ufeff',
  ],
  ...['👩‍👩‍👧‍👦', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', 'e\u0301\u0301\u0301', 'שלום', '数据库', '\ud800', '\udc00', 'ﷺ', 'İ', 'ß'],
  ...[
    'at 14:31',
    '14:31',
    '25:99',
    'since yesterday',
    'until 18:00',
    'from 10 to 11',
    '10m ago',
    'due Friday',
  ],
  ...[
    '#cause',
    '#failed',
    '#constructor',
    '__proto__',
    'constructor',
    'sev1',
    'p1',
    'private:',
    'INC-42',
    '#42',
  ],
  ...[
    '42',
    '0',
    '-1',
    '1e309',
    'NaN',
    'null',
    'undefined',
    '[object Object]',
    '%s%n',
    '%E0%A4%A',
    '{{x}}',
  ],
  ...[
    "'; drop table incident;--",
    '=cmd()',
    '=HYPERLINK("https://evil.example")',
    '../../etc/passwd',
  ],
  ...['confirm', 'none', 'all', 'open', 'log', 'a'.repeat(300), 'word '.repeat(200)],
];

const part = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...MARKS) },
  { weight: 4, arbitrary: fc.constantFrom(...ODD) },
  { weight: 2, arbitrary: fc.string({ unit: 'grapheme', maxLength: 30 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 30 }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom('the pool is full', 'checkout fails', 'restarted node 4'),
  },
);

/** A text that somebody means ill with, pasted from somewhere, or just held the wrong key on. */
export const hostile: fc.Arbitrary<string> = fc
  .array(part, { minLength: 0, maxLength: 8 })
  .chain((parts) => fc.constantFrom(' ', '').map((between) => parts.join(between)));

/** As a slash command brings it: what was typed is escaped, so no mark in it is Slack's. */
export const escaped = (text: string): string => escapedText(text);

const EVIL = /EVIL|evil\.example|!channel|!here|!everyone/;
/** A mark that Slack acts on: everything in angle brackets that is no date. */
const MARK = /<(?!!date\^\d+\^[^<>^|]*\|)[^<>]*>/g;

/**
 * What Slack would act on in something rendered and what came out of a hostile text: mentions,
 * broadcasts, links. Empty where everything is shown as it was typed.
 */
export function activeIn(rendered: unknown, isMarkup = false): string[] {
  if (typeof rendered === 'string')
    return isMarkup ? (rendered.match(MARK) ?? []).filter((one) => EVIL.test(one)) : [];
  if (Array.isArray(rendered)) return rendered.flatMap((one) => activeIn(one, false));
  if (typeof rendered !== 'object' || rendered === null) return [];
  const { type } = rendered as { type?: unknown };
  const acts = ['user', 'usergroup', 'broadcast', 'channel', 'link'].includes(String(type));
  if (acts && EVIL.test(JSON.stringify(rendered))) return [JSON.stringify(rendered)];
  if (type === 'broadcast') return [JSON.stringify(rendered)];
  // A message's own text is markup too; rich text and plain text are not.
  const markup = type === undefined || type === 'mrkdwn';
  return Object.entries(rendered).flatMap(([key, one]) =>
    activeIn(one, markup && (key === 'text' || key === 'fallback')),
  );
}
