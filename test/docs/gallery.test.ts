import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FORMS } from '../../src/slack/forms/index.ts';

const DOCS = new URL('../../docs/', import.meta.url);
const page = readFileSync(new URL('gallery.md', DOCS), 'utf8');
const shown = [...page.matchAll(/\(gallery\/(?<name>[\w-]+)\.png\)/g)].map(
  (match) => match.groups?.name ?? '',
);

test('the gallery shows every picture that is kept, once, and no other', () => {
  const kept = readdirSync(new URL('gallery/', DOCS)).map((name) => name.replace(/\.png$/, ''));
  expect([...shown].sort()).toEqual(kept.sort());
});

test('the gallery shows every form', () => {
  expect(shown).toEqual(expect.arrayContaining(Object.keys(FORMS).map((name) => `form-${name}`)));
});
