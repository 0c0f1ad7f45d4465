import { DateTime } from 'luxon';
import { expect, test } from 'vitest';
import { createDiary, readLines } from '../../support/diary.ts';

// What replies tell people to type, and how they repeat what was typed.

const ZONE = 'Europe/Madrid';
const opened = (begin: string) => {
  const diary = createDiary(ZONE, DateTime.fromISO(begin, { zone: ZONE }).toMillis());
  diary.keep(readLines(`${begin.replace('T', ' ')}  open sev2 Checkout fails\n10:02  ack`, ZONE));
  return diary;
};
const next = (diary: ReturnType<typeof opened>, clock: string, line: string): string => {
  const [one] = readLines(`${clock}  ${line}`, ZONE, diary.work.now);
  if (one === undefined) throw new Error(line);
  diary.work.passes(one.at - diary.work.now);
  return diary.type(one.text);
};
/** The lines that a reply gives as examples, without `/incident`. */
const examples = (said: string): readonly string[] =>
  [...said.matchAll(/\/incident (impact (?:started|ended) (?:[\d-]{10} )?\d{2}:\d{2})/g)].map(
    ([, line = '']) => line,
  );

test('resolve tells what to type for the impact with times of this incident, which are accepted', () => {
  const diary = opened('2026-03-10T10:00');
  const said = next(diary, '10:40', 'resolve error rate is normal');
  expect(examples(said)).toEqual(['impact started 10:00', 'impact ended 10:40']);
  for (const line of examples(said)) expect(diary.type(line)).toContain('Impact');
});

test('what was resolved on another day is told with its date', () => {
  const diary = opened('2026-03-10T10:00');
  const said = next(diary, '09:00', 'resolve 2026-03-10 11:30 seen over night');
  expect(examples(said)).toEqual([
    'impact started 2026-03-10 10:00',
    'impact ended 2026-03-10 11:30',
  ]);
  for (const line of examples(said)) expect(diary.type(line)).toContain('Impact');
});

test('detected repeats by what, with a text and without one', () => {
  const diary = opened('2026-03-10T10:00');
  expect(next(diary, '10:03', 'detected 09:58 by alert: 5xx above 5%')).toContain(
    'Detected by alert: “5xx above 5%”',
  );
  expect(next(diary, '10:04', 'detected 09:57 by bo')).toContain('“Detected by bo.”');
});

test('what Muster itself recorded keeps its words, and it is said why and what to do instead', () => {
  const diary = opened('2026-03-10T10:00');
  const own = diary.work.entries.find(({ author }) => author === null);
  expect(() => diary.type(`edit ${own?.no} something else`)).toThrow(
    /is what Muster itself recorded .* words stay as they are, so that the record can be trusted/,
  );
});
