import { expect, test } from 'vitest';
import { COMMANDS } from '../../src/commands/index.ts';
import { plainText } from '../../src/domain/text.ts';
import { helpFor } from '../../src/domain/views/help.ts';
import { action } from './typed.ts';

test('where the forms of a verb are explained, each of them is', () => {
  const explained = COMMANDS.filter(({ does }) => does !== undefined);
  expect(explained.map(({ name }) => name)).toContain('postmortem');
  for (const { usage, does, name } of explained) expect(does?.length, name).toBe(usage.length);
});

test('help postmortem tells what each form does, and postmortem help is the same', () => {
  const postmortem = COMMANDS.find(({ name }) => name === 'postmortem');
  if (postmortem === undefined) throw new Error('no postmortem');
  const list = helpFor(postmortem).blocks.find((block) => block.type === 'list');
  expect(plainText(list?.items[1] ?? [])).toBe(
    '/incident postmortem refresh: writes it anew from the record',
  );
  expect(action('postmortem help')).toEqual(action('help postmortem'));
});
