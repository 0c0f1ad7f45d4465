import { createHmac } from 'node:crypto';

/** The headers that prove a request comes from Slack; `at` is in milliseconds. */
export function signatureHeaders(
  secret: string,
  body: string,
  at = Date.now(),
): Record<string, string> {
  const timestamp = String(Math.floor(at / 1000));
  const digest = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${digest}` };
}
