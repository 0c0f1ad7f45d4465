import { describe, expect, test } from 'vitest';
import { action } from './typed.ts';

describe('findings', () => {
  test.each([
    ['cause DNS', { type: 'cause', role: 'contributing', when: null, text: 'DNS' }],
    [
      'cause Root: 15:10 lock on orders',
      { type: 'cause', role: 'root', when: '15:10', text: 'lock on orders' },
    ],
    [
      'cause found in the logs: DNS',
      { type: 'cause', role: 'contributing', when: null, text: 'found in the logs: DNS' },
    ],
    [
      'cause found 07:48 both schedulers ran',
      { type: 'cause', role: 'contributing', when: '07:48', text: 'both schedulers ran' },
    ],
    [
      'fix permanent batches',
      { type: 'fix', permanence: 'permanent', when: null, text: 'batches' },
    ],
    [
      'solution 15:20 rolled back',
      { type: 'fix', permanence: null, when: '15:20', text: 'rolled back' },
    ],
    ['workaround use the phone', { type: 'workaround', when: null, text: 'use the phone' }],
    ['workaround None.', { type: 'workaround', when: null, text: null }],
    [
      'workaround none of the usual ones work',
      { type: 'workaround', when: null, text: 'none of the usual ones work' },
    ],
    ['lesson well fast rollback', { type: 'lesson', sort: 'well', text: 'fast rollback' }],
    ['lesson went badly: no alert', { type: 'lesson', sort: 'badly', text: 'no alert' }],
    ['lesson alerts were late', { type: 'lesson', sort: null, text: 'alerts were late' }],
    [
      'comms external 14:50 status page',
      { type: 'comms', audience: 'external', when: '14:50', text: 'status page' },
    ],
    [
      'comms Internal: told sales',
      { type: 'comms', audience: 'internal', when: null, text: 'told sales' },
    ],
    ['set service checkout', { type: 'set', field: 'service', value: 'checkout' }],
    ['set Priority: Prio 1', { type: 'set', field: 'priority', value: 'Prio 1' }],
    ['set zones=UTC, Asia/Kolkata', { type: 'set', field: 'zones', value: 'UTC, Asia/Kolkata' }],
    [
      'stated time to mitigate 39 min',
      { type: 'stated', metric: 'time to mitigate', value: '39 min' },
    ],
    ['stated outage some 19 hours', { type: 'stated', metric: 'outage', value: '~19 hours' }],
    [
      'stated incident duration approximately 39 minutes',
      { type: 'stated', metric: 'incident duration', value: '~39 minutes' },
    ],
    ['stated TTR 1h 30m', { type: 'stated', metric: 'TTR', value: '1h 30m' }],
    [
      'stated outage 14:49–15:28 UTC',
      { type: 'stated', metric: 'outage', value: '14:49–15:28 UTC' },
    ],
    [
      'stated outage from 14:49 to 15:28',
      { type: 'stated', metric: 'outage', value: '14:49 to 15:28' },
    ],
    ['stated correction time: 0:30', { type: 'stated', metric: 'correction time', value: '0:30' }],
    ['stated workaround time N/A', { type: 'stated', metric: 'workaround time', value: null }],
  ])('%s', (line, expected) => {
    expect(action(line)).toEqual(expected);
  });

  test.each([
    'cause',
    'cause root',
    'fix',
    'fix temporary',
    'workaround',
    'lesson',
    'lesson well',
    'comms',
    'comms told sales',
    'comms external',
    'set',
    'set service',
    'stated',
    'stated 39 min',
    'stated outage long',
  ])('"%s" is refused', (line) => {
    expect(action(line)).toMatch(/^refused: /);
  });
});
