import { expect, test } from 'vitest';
import { isTimeText, splitLeadingTime } from '../../../src/domain/time/prefix.ts';

test.each([
  // product.md's own list
  ['14:31 rollback started', '14:31', 'rollback started'],
  ['at 0830, restarted the pool', '0830', 'restarted the pool'],
  [
    '0945 HRS: Failed configuration change rollback',
    '0945 HRS',
    'Failed configuration change rollback',
  ],
  [
    '10:51, April 24, 2024 Ran problematic SQL query',
    '10:51, April 24, 2024',
    'Ran problematic SQL query',
  ],
  [
    'May 5th, 2024, 3:45 PM (UTC): Initial assumption …',
    'May 5th, 2024, 3:45 PM (UTC)',
    'Initial assumption …',
  ],
  // shapes
  ['14h31 redémarrage', '14h31', 'redémarrage'],
  ['8h30 redémarrage', '8h30', 'redémarrage'],
  ['9am pagers went off', '9am', 'pagers went off'],
  ['9 a.m. pagers went off', '9 a.m.', 'pagers went off'],
  ['3:16pm UTC done', '3:16pm UTC', 'done'],
  ['14:31:05 restarted', '14:31:05', 'restarted'],
  ['10m ago restarted', '10m ago', 'restarted'],
  ['10 min ago: restarted', '10 min ago', 'restarted'],
  ['an hour ago the pods died', 'an hour ago', 'the pods died'],
  ['1h20m ago - pods died', '1h20m ago', 'pods died'],
  ['yesterday 22:10 pods died', 'yesterday 22:10', 'pods died'],
  ['Tue 22:10 pods died', 'Tue 22:10', 'pods died'],
  ['22:10 yesterday the pods died', '22:10 yesterday', 'the pods died'],
  ['5 May 22:10 pods died', '5 May 22:10', 'pods died'],
  ['2024-05-05T15:00Z pods died', '2024-05-05T15:00Z', 'pods died'],
  ['2024-05-05 15:00+02:00 pods died', '2024-05-05 15:00+02:00', 'pods died'],
  ['07.05.2026 14.49 Neustart', '07.05.2026 14.49', 'Neustart'],
  ['~23:35 first errors', '~23:35', 'first errors'],
  ['ca. 11:20 first errors', 'ca. 11:20', 'first errors'],
  ['around 11:20 first errors', 'around 11:20', 'first errors'],
  ['14:30ish first errors', '14:30ish', 'first errors'],
  ['1449Z deployed', '1449Z', 'deployed'],
  ['0830 UTC restarted', '0830 UTC', 'restarted'],
  ['１４：３１　再起動', '１４：３１', '再起動'],
  ['14:31再起動しました', '14:31', '再起動しました'],
  // zones
  ['14:31 (+3 GMT) foo', '14:31 (+3 GMT)', 'foo'],
  ['14:31 +3 GMT foo', '14:31 +3 GMT', 'foo'],
  ['14:31 +03:00 foo', '14:31 +03:00', 'foo'],
  ['14:31 Europe/Berlin foo', '14:31 Europe/Berlin', 'foo'],
  ['14:31 US EST foo', '14:31 US EST', 'foo'],
  ['14:31 utc foo', '14:31 utc', 'foo'],
  ['14:31 cet: foo', '14:31 cet', 'foo'],
  ['2pm est, foo', '2pm est', 'foo'],
  ['14:31 (ist) foo', '14:31 (ist)', 'foo'],
  ['14:31 est', '14:31 est', ''],
  [
    '2:49 PM UTC (7:19 PM IST, 10:49 AM US EST), deployed',
    '2:49 PM UTC (7:19 PM IST, 10:49 AM US EST)',
    'deployed',
  ],
  // separators
  ['14:31, foo', '14:31', 'foo'],
  ['14:31: foo', '14:31', 'foo'],
  ['14:31:foo', '14:31', 'foo'],
  ['14:31 - foo', '14:31', 'foo'],
  ['14:31-foo', '14:31', 'foo'],
  ['14:31 – foo', '14:31', 'foo'],
  ['14:31—foo', '14:31', 'foo'],
  ['14:31\tfoo', '14:31', 'foo'],
  ['14:31 | foo', '14:31', 'foo'],
  // what begins the text stays with it
  ['14:31 -5 nodes', '14:31', '-5 nodes'],
  ['14:31 :fire: all down', '14:31', ':fire: all down'],
  ['14:31 (5 nodes) down', '14:31', '(5 nodes) down'],
  ['14:31 +1000 requests', '14:31', '+1000 requests'],
  ['14:31 --force used', '14:31', '--force used'],
  ['14:31 May be DNS', '14:31', 'May be DNS'],
  ['14:31 Monday deploys frozen', '14:31', 'Monday deploys frozen'],
  ['14:31 - 500 errors', '14:31', '500 errors'],
  ['14:31 DB restarted', '14:31', 'DB restarted'],
  ['14:31 cat pictures', '14:31', 'cat pictures'],
  ['14:31 Berlin office offline', '14:31', 'Berlin office offline'],
  ['14:31 - May 5 release broke', '14:31', 'May 5 release broke'],
  ['14:31, UTC clocks wrong', '14:31', 'UTC clocks wrong'],
  // impossible, but a time: refused by readTime, the text kept
  ['25:10 foo', '25:10', 'foo'],
  ['14:60 foo', '14:60', 'foo'],
  ['2X:XX foo', '2X:XX', 'foo'],
  ['14:?? foo', '14:??', 'foo'],
  ['13:30-13:45 foo', '13:30-13:45', 'foo'],
  ['13:30 to 13:45 foo', '13:30 to 13:45', 'foo'],
  ['--:-- somebody restarted it', '--:--', 'somebody restarted it'],
  // lines of reports
  ['- 10:00 AM: escalated', '10:00 AM', 'escalated'],
  ['• 14:15 First reports', '14:15', 'First reports'],
  ['* 14:15 First reports', '14:15', 'First reports'],
  ['(14:15) First reports', '14:15', 'First reports'],
  ['0830-0900 HRS peak', '0830-0900 HRS', 'peak'],
  ['10:49EST foo', '10:49EST', 'foo'],
  ['9:05 Z-index bug', '9:05', 'Z-index bug'],
  ['14:31 CT/MRI down', '14:31', 'CT/MRI down'],
  ['14:31 –5 nodes', '14:31', '–5 nodes'],
  ['[14:15] First reports', '14:15', 'First reports'],
  ['*14:15* First reports', '14:15', 'First reports'],
  ['| 14:15 | First reports |', '14:15', 'First reports |'],
])('takes the time off “%s”', (text, time, rest) => {
  const split = splitLeadingTime(text);
  expect([split.time, split.rest]).toEqual([time, rest]);
  expect(isTimeText(time) || time === '--:--').toBe(true);
});

test.each([
  'at capacity since the deploy',
  'at 3 nodes we scale',
  'since the deploy 500s',
  'from 3 nodes to 5',
  'to be continued',
  'on call was paged',
  'since Monday deploys are frozen',
  'May be DNS',
  'Monday deploys frozen',
  '3 nodes down',
  'now serving traffic',
  'in 5 min we restart',
  'x:1 scaling is off',
  '16:9 screens are black',
  '00:1A:2B:3C flapping',
  '10:20:30:40:50:60 flapping',
  '127.0.0.1 refused',
  '10.20.30.40 refused',
  '2 PMs are on leave',
  'noon job failed',
  'yesterday 5 pods died',
  'May 5 release broke it',
  'a few minutes ago it broke',
  '(14:31 it broke) foo',
  '14:31DB broke',
  '- 5 nodes down',
  '',
])('takes “%s” for text', (text) => {
  expect(splitLeadingTime(text)).toEqual({ time: null, rest: text, by: 'none' });
});

test.each([
  ['0830 restarted', '0830', 'restarted'],
  ['500 errors', '500', 'errors'],
  ['1050 requests dropped', '1050', 'requests dropped'],
  ['14.31 requests dropped', '14.31', 'requests dropped'],
  ['20.04 nodes', '20.04', 'nodes'],
  ['500 hrs of video lost', '500 hrs', 'of video lost'],
])('takes “%s” for text, and offers it as a time', (text, time, rest) => {
  expect(splitLeadingTime(text)).toEqual({
    time: null,
    rest: text,
    by: 'none',
    otherReading: { time, rest },
  });
});

test.each([
  ['at 500 errors per second', '500', null, 'at 500 errors per second'],
  ['3h20 of downtime', '3h20', null, '3h20 of downtime'],
  ['14:31 CT scanner down', '14:31 CT', '14:31', 'CT scanner down'],
  ['14:31 est rollback 10 min', '14:31 est', '14:31', 'est rollback 10 min'],
  ['14:31 west rack down', '14:31', '14:31 west', 'rack down'],
  ['14:31 ist rollback started', '14:31', '14:31 ist', 'rollback started'],
  ['14:31 May 5 release broke', '14:31 May 5', '14:31', 'May 5 release broke'],
])('takes the time off “%s”, and offers the rest as text', (text, time, other, rest) => {
  expect(splitLeadingTime(text)).toMatchObject({ time, otherReading: { time: other, rest } });
});

test.each([
  ['at 14:31', '14:31'],
  ['since 0830', '0830'],
])('keeps “%s” whole when no text remains, and offers the time', (text, time) => {
  expect(splitLeadingTime(text)).toEqual({
    time: null,
    rest: text,
    by: 'none',
    otherReading: { time, rest: '' },
  });
});

test.each([
  ['at 14:31, foo', 'at'],
  ['At around 0700 hours the server updated', 'at'],
  ['from 13:30 to 13:45 foo', 'at'],
  ['at an hour ago foo', 'at'],
  ['at 25:10 foo', 'at'],
  ['at noon foo', 'at'],
  ['On May 7 at 2:49 PM UTC, foo', 'line'],
  ['- 14:31 foo', 'line'],
  ['14:31 foo', 'prefix'],
])('says how the time in “%s” was introduced', (text, by) => {
  expect(splitLeadingTime(text).by).toBe(by);
});
