import { expect, test } from 'vitest';
import { writeExport } from '../../../src/exports/index.ts';
import { archived } from '../../support/archived.ts';
import { caseReport } from '../../support/case-record.ts';
import { settings } from '../../support/scribe.ts';

const [record] = caseReport('seed-3').records;
if (record === undefined) throw new Error('no record');
const archive = archived(record);

const page = async (preset: string): Promise<string> => {
  const form = { ...settings, postmortem: { ...settings.postmortem, preset } };
  const { content } = await writeExport('html', { archive, settings: form, draft: null });
  return String(content);
};

test('the page has the picture, with its words for whoever cannot see it', async () => {
  const html = await page('standard');
  expect(html.match(/<svg /g)).toHaveLength(1);
  expect(html).toContain('<desc id="picture-1-words">INC-42 as a picture, times in UTC.');
});

test('a page for readers outside has none: it would name what is internal', async () => {
  const html = await page('public');
  expect(html).not.toContain('<svg');
  expect(html).not.toContain('INC-42');
});

test('the file has its words beside it', async () => {
  const { name, title, words, content } = await writeExport('png', {
    archive,
    settings,
    draft: null,
  });
  expect([name, title]).toEqual(['INC-42', 'INC-42 picture (png)']);
  expect(words).toMatch(/^INC-42 as a picture/);
  expect(content).toBeInstanceOf(Uint8Array);
});
