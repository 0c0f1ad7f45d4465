import fc from 'fast-check';
import { HtmlValidate } from 'html-validate';
import { type DefaultTreeAdapterMap, parse } from 'parse5';
import { describe, expect, test } from 'vitest';
import { composeDraft } from '../../src/domain/postmortem/index.ts';
import type { IncidentRecord } from '../../src/domain/record.ts';
import { KINDS } from '../../src/domain/words.ts';
import { draftHtml } from '../../src/exports/html/document.ts';
import { incidentScene } from '../../src/exports/picture/index.ts';
import { anyRecord } from '../domain/postmortem/any-record.ts';
import { createScribe, settings } from '../support/scribe.ts';

type Node = DefaultTreeAdapterMap['node'];
type Element = DefaultTreeAdapterMap['element'];

const START = Date.parse('2026-03-10T12:00:00Z');
const HOSTILE = [
  '</td></tr></table><script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><svg/onload=alert(1)>',
  "' autofocus onfocus='alert(1)",
  '</title></style><style>*{display:none}</style>',
  '<!-- --><![CDATA[',
  '&lt;script&gt; &#60;b&#62; &amp;',
  '<a href="javascript:alert(1)">x</a> https://evil.example/x.png',
  '<meta http-equiv=refresh content="0;url=//evil">',
  'bell \u0007, half \uD83D, reserved \uFFFE, line\u2028break',
  'שלום \u202Egnp.exe\u202C [#1]',
];

const html = (record: IncidentRecord, secret = false): string =>
  draftHtml(composeDraft({ records: [record] }, settings, { version: 3, now: START }), {
    private: secret,
    pictures: [incidentScene(record, settings, { within: true })],
  });

/** The page as a browser builds it. */
function elements(page: string): Element[] {
  const errors: string[] = [];
  const document = parse(page, { onParseError: ({ code }) => errors.push(code) });
  expect(errors).toEqual([]);
  const all: Element[] = [];
  const visit = (node: Node): void => {
    if ('tagName' in node) all.push(node);
    if ('childNodes' in node) node.childNodes.forEach(visit);
  };
  visit(document);
  return all;
}

const textOf = (node: Node): string =>
  'value' in node ? node.value : 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';

const TAGS =
  'html head meta title style body header nav main section h1 h2 h3 p ol ul li dl div dt dd a strong code time br hr blockquote table thead tbody tr th td figure svg desc path rect text'.split(
    ' ',
  );
const ATTRIBUTES =
  'lang charset http-equiv content name aria-label aria-labelledby id class href rel datetime scope colspan role tabindex viewBox x y d width height font-size font-weight textLength lengthAdjust stroke-width stroke-dasharray'.split(
    ' ',
  );

/** Nothing in the page but what we made: no other element or attribute, and links that lead nowhere else. */
function expectHarmless(page: string): Element[] {
  const all = elements(page);
  for (const { tagName, attrs } of all) {
    expect(TAGS).toContain(tagName);
    for (const { name, value } of attrs) {
      expect(ATTRIBUTES).toContain(name);
      if (name === 'href') expect(value).toMatch(/^(?:#|https?:\/\/|mailto:)/);
    }
  }
  expect(all.filter(({ tagName }) => tagName === 'style')).toHaveLength(1);
  return all;
}

function hostile(): IncidentRecord {
  const scribe = createScribe(42, START, HOSTILE.join(' '), 'Europe/Amsterdam');
  for (const [place, text] of HOSTILE.entries()) {
    scribe.write({ text, at: START + place * 60_000, kinds: ['note'] });
    for (const type of ['effect', 'cause', 'fix', 'workaround', 'lesson'] as const) {
      scribe.find(type, text);
    }
    scribe.set(`field-${place}`, text);
    scribe.action(text, { owner: 'U1', refs: [text], addresses: text, due: START });
  }
  scribe.set('service', HOSTILE.join(' '));
  scribe.point('impact started', 1);
  const record = scribe.record({ roles: { commander: 'U1', [HOSTILE[1] ?? '']: 'U1' } });
  return { ...record, people: { U1: HOSTILE[0] ?? '' } };
}

/** Every kind of block, as real records have it. */
function ordinary(): IncidentRecord {
  const scribe = createScribe(42, START, 'Checkout is down', 'Europe/Amsterdam');
  for (let no = 1; no <= 40; no += 1) {
    scribe.write({
      text: `Step ${no}`,
      at: START + no * 3_600_000,
      kinds: [KINDS[no % KINDS.length] ?? 'note'],
    });
  }
  for (const type of ['effect', 'cause', 'fix', 'workaround', 'lesson'] as const) {
    scribe.find(type, `A ${type}`);
  }
  scribe.action('Add an alert', { owner: 'U1', due: START });
  scribe.point('impact started', 2);
  scribe.point('detected', 3);
  scribe.point('resolved', 38);
  return scribe.record();
}

describe('the page', () => {
  test('is valid and accessible: headings in order, tables with headers, regions with names', async () => {
    const checker = new HtmlValidate({
      extends: ['html-validate:standard', 'html-validate:a11y'],
      rules: {
        'no-implicit-button-type': 'error',
        'long-title': 'off',
        'no-trailing-whitespace': 'off',
      },
    });
    for (const record of [ordinary(), hostile()]) {
      const { results } = await checker.validateString(html(record));
      expect(
        results.flatMap(({ messages }) =>
          messages.map(({ ruleId, message, line }) => `${line}: ${ruleId}: ${message}`),
        ),
      ).toEqual([]);
    }
  });

  test('asks for nothing and runs nothing, by its own policy too', () => {
    const page = html(ordinary());
    const all = expectHarmless(page);
    const policy = all
      .flatMap(({ attrs }) => attrs)
      .find(({ value }) => value.startsWith("default-src 'none'"));
    expect(policy?.value).toMatch(
      /style-src 'sha256-[\w+/=]{44}'; base-uri 'none'; form-action 'none'$/,
    );
    expect(page).not.toMatch(/url\(|@import|src=|<link|<script/);
  });

  test('its policy lets its own style pass', async () => {
    const page = html(ordinary());
    const style = elements(page).find(({ tagName }) => tagName === 'style');
    const bytes = new TextEncoder().encode(style === undefined ? '' : textOf(style));
    const digest = Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('base64');
    expect(page).toContain(`'sha256-${digest}'`);
  });

  test('a statement leads to the row of its entry, and every link in the page arrives', () => {
    const all = elements(html(ordinary()));
    const ids = all.flatMap(({ attrs }) =>
      attrs.filter(({ name }) => name === 'id').map(({ value }) => value),
    );
    const inside = all.flatMap(({ attrs }) =>
      attrs
        .filter(({ name, value }) => name === 'href' && value.startsWith('#'))
        .map(({ value }) => value.slice(1)),
    );
    expect(inside.filter((id) => id.startsWith('entry-')).length).toBeGreaterThan(5);
    expect(inside.filter((id) => !ids.includes(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('a new day stands as a heading over its rows', () => {
    const all = elements(html(ordinary()));
    const days = all.filter(({ attrs }) => attrs.some(({ value }) => value === 'rowgroup'));
    expect(days.map(textOf)).toContain('Wednesday, 11 Mar 2026');
  });

  test('says when it is for members only', () => {
    expect(html(ordinary())).not.toContain('Private');
    expect(html(ordinary(), true)).toContain(
      'Private: for members of the incident’s channel only.',
    );
  });
});

describe('whatever people typed stays text', () => {
  test('in every field', () => {
    const shown = elements(html(hostile())).find(({ tagName }) => tagName === 'body');
    expectHarmless(html(hostile()));
    const words = shown === undefined ? '' : textOf(shown);
    for (const text of HOSTILE.slice(0, 9)) expect(words).toContain(text);
    expect(words).toContain('bell \uFFFD, half \uFFFD, reserved \uFFFD, linebreak');
  });

  test('in any record', () => {
    fc.assert(
      fc.property(anyRecord, (record) => {
        expectHarmless(html(record));
      }),
      { numRuns: 40 },
    );
  });
});

test('10,000 entries are less than 5 MB, and cost less than two seconds', () => {
  const scribe = createScribe(42, START, 'A long one', 'Europe/Amsterdam');
  for (let no = 1; no <= 10_000; no += 1) {
    scribe.write({
      text: `Step ${no}: restarted node ${no * 31} of the pool, waited for its health check and watched the errors go down`,
      at: START + no * 20_000,
      kinds: [KINDS[no % KINDS.length] ?? 'note'],
    });
  }
  const record = scribe.record();
  const took = [1, 2, 3].map(() => {
    // What it costs, not what else the machine is doing.
    const began = process.cpuUsage();
    expect(Buffer.byteLength(html(record))).toBeLessThan(5_000_000);
    const { user, system } = process.cpuUsage(began);
    return (user + system) / 1000;
  });
  expect(Math.min(...took)).toBeLessThan(2000);
});
