import { expect, test } from 'vitest';
import { createBreaker } from '../../src/db/breaker.ts';
import { understood } from '../../src/db/unavailable.ts';
import { StoreUnavailable } from '../../src/ports.ts';

test('two slow failures in a row open it for three seconds, then one request tries for all', () => {
  let now = 0;
  const breaker = createBreaker(() => now);
  breaker.failed('late');
  expect(breaker.allows()).toBe(true);
  breaker.failed('away');
  expect(breaker.allows()).toBe(false);
  now = 2999;
  expect(breaker.allows()).toBe(false);
  now = 3000;
  expect(breaker.allows()).toBe(true);
  expect(breaker.allows()).toBe(false);
  breaker.succeeded();
  expect(breaker.allows()).toBe(true);
});

test('a success in between starts the count anew, and quick refusals do not count', () => {
  const breaker = createBreaker(() => 0);
  breaker.failed('late');
  breaker.succeeded();
  breaker.failed('late');
  for (let n = 0; n < 5; n += 1) breaker.failed('read-only');
  breaker.failed('busy');
  expect(breaker.allows()).toBe(true);
});

test.each([
  ['25006', 'read-only'],
  ['53100', 'full'],
  ['53300', 'away'],
  ['57P01', 'away'],
  ['57P03', 'away'],
  ['08006', 'away'],
  ['ECONNREFUSED', 'away'],
  ['CONNECTION_CLOSED', 'away'],
  ['57014', 'busy'],
  ['55P03', 'busy'],
])('the code %s means: %s', (code, why) => {
  const error = understood(Object.assign(new Error('x'), { code }));
  expect(error).toBeInstanceOf(StoreUnavailable);
  expect(error).toMatchObject({ why });
});

test.each(['23505', '42P01', '22P02'])('the code %s is a fault of ours', (code) => {
  const error = Object.assign(new Error('x'), { code });
  expect(understood(error)).toBe(error);
});
