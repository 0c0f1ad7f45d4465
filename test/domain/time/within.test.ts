import { expect, test } from 'vitest';
import { timesWithin } from '../../../src/domain/time/within.ts';

test.each([
  ['rolled back at 14:20', ['14:20']],
  ['rolled back at 14:20 CEST.', ['14:20 CEST']],
  ['rolled back at 2pm, then it held', ['2pm']],
  ['rolled back at ~14:20', ['~14:20']],
  ['restarted pool (14:31 UTC)', ['14:31 UTC']],
  ['pods died 14:20', ['14:20']],
  ['errors at 14:20 and again at 14:40', ['14:20', '14:40']],
  ['errors at 14:20 UTC (16:20 CEST)', ['14:20 UTC (16:20 CEST)']],
  ['再起動 (１４：３１)', ['１４：３１']],
])('%j has the times %j in it', (text, times) => {
  expect(timesWithin(text)).toEqual(times);
});

test.each([
  'ratio 3:1',
  'ratio 13:10',
  'the score was 03:10',
  'v14.20 is out',
  '10.0.0.1:80 is down',
  'http://a:80',
  'restore took 01:30',
  'waited for 00:45',
  'between 14:00 and 15:00',
  'seen 14:00-15:00',
  'the 14:20 release',
  'stopped at 25:10',
  'looking at 500 errors',
  'blocked until 18:00',
  'at 12:34:56:78',
  'half past two',
  '14:20',
])('%j has none', (text) => {
  expect(timesWithin(text)).toEqual([]);
});
