import { expect, test } from 'vitest';
import { doctor } from '../../src/commands/doctor.ts';
import { context } from './settings.ts';

const typed = (rest: string): unknown => {
  const parsed = doctor.parse(rest, context);
  if (!parsed.ok) return `refused: ${parsed.refusal.reason} [${parsed.refusal.example}]`;
  return parsed.value.type === 'doctor' ? parsed.value.repair : parsed.value;
};

test.each([
  ['', null],
  ['repair given-up', { check: 'given-up', how: 'send', whose: null }],
  ['repair given-up drop', { check: 'given-up', how: 'drop', whose: null }],
  ['Repair Given-Up drop others', { check: 'given-up', how: 'drop', whose: 'others' }],
  ['repair held-back all', { check: 'held-back', how: 'release', whose: 'all' }],
])('doctor %s', (rest, asked) => {
  expect(typed(rest)).toEqual(asked);
});

test.each([
  ['please', /The doctor says what is wrong.*\[doctor\]/],
  ['repair', /Say what is to be repaired.*\[doctor\]/],
  ['repair givenup', /knows nothing called “givenup”\. \[doctor repair given-up\]/],
  ['repair given-up burn', /can be repaired with send or drop\. \[doctor repair given-up\]/],
  ['repair given-up drop it all now', /can be repaired with send or drop/],
  ['repair redis-evicts', /cannot repair “Redis throws keys away” itself\. Set maxmemory-policy/],
])('doctor %s is refused with what would work', (rest, refusal) => {
  expect(typed(rest)).toMatch(refusal);
});
