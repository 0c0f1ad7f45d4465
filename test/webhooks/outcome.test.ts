import { expect, test } from 'vitest';
import { verdictOf } from '../../src/webhooks/outcome.ts';
import { Forbidden, NoAnswer } from '../../src/webhooks/send.ts';

const NOW = Date.UTC(2026, 2, 8, 14, 0);
const answer = (status: number, retryAfter: string | null = null) => ({ status, retryAfter });
const later = new Date(NOW + 40_000).toUTCString();

test.each([
  [answer(200), { type: 'done' }],
  [answer(202), { type: 'done' }],
  [answer(204), { type: 'done' }],
  [answer(429), { type: 'wait', ms: 5000, reason: 'it answered 429' }],
  [answer(429, '30'), { type: 'wait', ms: 30_000 }],
  [answer(429, later), { type: 'wait', ms: 40_000 }],
  [answer(429, '86400'), { type: 'wait', ms: 300_000 }],
  [answer(429, '-5'), { type: 'wait', ms: 1000 }],
  [answer(429, 'soon'), { type: 'wait', ms: 5000 }],
  [answer(503, '7'), { type: 'wait', ms: 7000 }],
  [answer(503), { type: 'unsure', reason: 'it answered 503' }],
  [answer(500), { type: 'unsure' }],
  [answer(502), { type: 'unsure' }],
  [answer(408), { type: 'unsure' }],
  [answer(425), { type: 'unsure' }],
  [answer(301), { type: 'failed', fault: 'url', reason: /redirects are not followed/ }],
  [answer(304), { type: 'failed', fault: 'url' }],
  [answer(400), { type: 'failed', fault: 'content', reason: 'it answered 400' }],
  [answer(401), { type: 'failed', fault: 'key' }],
  [answer(403), { type: 'failed', fault: 'key' }],
  [answer(404), { type: 'failed', fault: 'url' }],
  [answer(410), { type: 'failed', fault: 'url' }],
  [answer(422), { type: 'failed', fault: 'content' }],
  [
    new Forbidden('its address 10.0.0.1 is a private network'),
    { type: 'failed', fault: 'address' },
  ],
  [new NoAnswer('ECONNREFUSED', false), { type: 'wait', reason: 'it refuses connections' }],
  [new NoAnswer('ENOTFOUND', false), { type: 'wait', reason: 'its name cannot be resolved' }],
  [new NoAnswer('EAI_AGAIN', false), { type: 'wait', reason: 'its name cannot be resolved' }],
  [new NoAnswer('ETIMEDOUT', false), { type: 'wait', reason: /no connection came about within/ }],
  [new NoAnswer('CERT_HAS_EXPIRED', false), { type: 'wait', reason: /certificate is not valid/ }],
  [
    new NoAnswer('ERR_TLS_CERT_ALTNAME_INVALID', false),
    { type: 'wait', reason: /certificate is not valid/ },
  ],
  [
    new NoAnswer('UNABLE_TO_VERIFY_LEAF_SIGNATURE', false),
    { type: 'wait', reason: /certificate is not valid/ },
  ],
  [new NoAnswer('EPROTO', false), { type: 'wait', reason: 'it does not speak https' }],
  [new NoAnswer('EWHATEVER', false), { type: 'wait', reason: 'no connection came about' }],
  [new NoAnswer('ETIMEDOUT', true), { type: 'unsure', reason: 'it did not answer within 5 s' }],
  [new NoAnswer('ECONNRESET', true), { type: 'unsure', reason: 'it broke the connection off' }],
])('%o is read as %o', (came, expected) => {
  const reason = 'reason' in expected && expected.reason;
  const verdict = verdictOf(came, 1, NOW);
  expect(verdict).toMatchObject({
    ...expected,
    ...(reason instanceof RegExp ? { reason: expect.stringMatching(reason) } : {}),
  });
});

test('the longer it lasts, the rarer it is tried, up to 30 s', () => {
  const waits = [1, 2, 3, 4, 5, 6, 30].map((attempts) => {
    const verdict = verdictOf(new NoAnswer('ECONNREFUSED', false), attempts, NOW);
    return 'ms' in verdict ? verdict.ms : null;
  });
  expect(waits).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
});

test('an error of our own is nobody’s answer', () => {
  expect(() => verdictOf(new TypeError('ours'), 1, NOW)).toThrow('ours');
});
