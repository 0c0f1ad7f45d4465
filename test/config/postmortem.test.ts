import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PRESETS } from '../../src/domain/postmortem/presets.ts';
import { problemsOf, settingsOf } from './reading.ts';

const form = (yaml: string | null) => settingsOf(yaml).postmortem;
const sections = (written: string, preset = 'classic') =>
  problemsOf(`postmortem: { preset: ${preset}, sections: [${written}] }`);

test('without a word about it drafts have the standard form', () => {
  expect(form(null)).toEqual({ preset: 'standard', sections: null });
  expect(form('postmortem: {}')).toEqual({ preset: 'standard', sections: null });
});

test('a preset, and sections in an order and under headings of one’s own', () => {
  const yaml = `
postmortem:
  preset: register
  sections:
    - timeline
    - impact: What customers saw
    - "questions":   Not settled `;
  expect(form(yaml)).toEqual({
    preset: 'register',
    sections: [
      { id: 'timeline', heading: null },
      { id: 'impact', heading: 'What customers saw' },
      { id: 'questions', heading: 'Not settled' },
    ],
  });
});

test('the form for the outside takes what may be read there', () => {
  expect(sections('posts, why: Reasons', 'public')).toEqual([]);
});

test.each([
  ['statuspge', 'there is no preset "statuspge"; did you mean statuspage?'],
  ['mine', 'there is no preset "mine"; there are standard, classic, register, statuspage, public'],
  ['constructor', 'there is no preset "constructor"; there are'],
])('preset %s', (preset, problem) => {
  expect(problemsOf(`postmortem: { preset: ${preset} }`)).toEqual([
    expect.stringContaining(`postmortem.preset: ${problem}`),
  ]);
});

test.each([
  ['timelin', 'postmortem.sections[0]: there is no section "timelin"; did you mean timeline?'],
  [
    'impact, sumary: X',
    'postmortem.sections[1]: there is no section "sumary"; did you mean summary?',
  ],
  ['weather', 'postmortem.sections[0]: there is no section "weather"; there are header, summary,'],
  ['toString', 'postmortem.sections[0]: there is no section "toString"; there are header,'],
  [
    'impact, impact: X',
    'postmortem.sections[1]: "impact" is in the draft already; name each section once',
  ],
  ['', 'postmortem.sections: is empty; write at least one, or remove it'],
  [
    '3',
    'postmortem.sections[0]: 3 is not a section of the draft, alone or with a heading; write impact',
  ],
  ['{ impact: A, timeline: B }', 'postmortem.sections[0]: a section is not a section of the draft'],
  ['impact: [a]', 'postmortem.sections[0]: a section is not a section of the draft'],
  [`impact: ${'x'.repeat(101)}`, 'postmortem.sections[0]: a section is not a section of the draft'],
])('sections [%s]', (written, problem) => {
  expect(sections(written)).toEqual([expect.stringContaining(problem)]);
});

test('every mistake is named at once', () => {
  expect(sections('timelin, impct, impact: A', 'clasic')).toHaveLength(3);
});

test.each(['timeline', 'questions', 'communication: What we said'])(
  'what is internal is kept out of a form for the outside: %s',
  (written) => {
    expect(sections(`why, ${written}`, 'public')).toEqual([
      expect.stringContaining(
        `postmortem.sections[1]: "${written.split(':')[0]}" shows internals, and public is for readers outside; leave it out`,
      ),
    ]);
  },
);

test('the page says what each preset is made of', () => {
  const page = readFileSync(new URL('../../docs/configuration.md', import.meta.url), 'utf8');
  for (const [name, preset] of Object.entries(PRESETS)) {
    const row = page.split('\n').find((line) => line.startsWith(`| \`${name}\``)) ?? '';
    const [, , use = '', parts = ''] = row.split('|').map((cell) => cell.trim());
    expect(use, name).toBe(preset.for);
    const ids = preset.sections.map((section) =>
      typeof section === 'string' ? section : section[0],
    );
    expect(parts, name).toBe(ids.map((id) => `\`${id}\``).join(', '));
  }
});
