import { expect, test } from 'vitest';
import { purgeRecords } from '../../src/records/purge.ts';
import { readPurge } from '../../src/records/purge-words.ts';

test.each([
  ['INC-1', 'Say why'],
  ['--workspace T1', 'Say why'],
  ['INC-1 why --yes', 'Say whether the records are to be kept'],
  ['INC-1 why --export x --no-export --yes', 'Say whether the records are to be kept'],
  ['--due INC-1', 'With --due nothing is named'],
  ['--due --workspace T1', 'With --due nothing is named'],
  ['everything', 'Nothing is named'],
  ['--workspace', 'An option has no value'],
  ['--export --yes INC-1 why', 'An option has no value'],
  ['--force INC-1 why', '--force makes no sense'],
])('purge %s is refused with what would work, and asks no database', async (words, reason) => {
  const lines: string[] = [];
  const code = await purgeRecords(
    words.split(' '),
    {},
    () => null,
    (line) => lines.push(line),
  );
  expect(code).toBe(2);
  expect(lines.join('\n')).toContain(reason);
  expect(lines.join('\n')).toContain('Type purge --due');
});

test('what is typed is read, wherever the options stand', () => {
  const one = { type: 'one', address: { number: 42, drill: false }, workspace: null };
  const common = { exportTo: null, yes: false };
  expect(readPurge(['INC-42', 'two', 'years'])).toEqual({ ...one, ...common, reason: 'two years' });
  expect(readPurge(['--yes', '--export', 'kept', '42', 'over', '--in', 'T2'])).toEqual({
    ...{ ...one, workspace: 'T2', reason: 'over' },
    ...{ exportTo: 'kept', yes: true },
  });
  expect(readPurge(['DRILL-3', 'done'])).toMatchObject({ address: { number: 3, drill: true } });
  expect(readPurge(['--due'])).toEqual({ ...common, type: 'due', workspace: null });
  expect(readPurge(['--workspace', 'T1', 'they', 'left'])).toEqual({
    ...{ ...common, type: 'workspace', workspace: 'T1', reason: 'they left' },
  });
});
