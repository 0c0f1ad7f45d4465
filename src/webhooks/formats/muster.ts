import { createHmac } from 'node:crypto';
import { type Format, JSON_BODY } from './format.ts';

/** Grows when a field changes its meaning or goes; new fields may come without that. */
export const VERSION = 1;

/** Muster's own format, for receivers that somebody writes: docs/webhooks.md describes it. */
export const muster: Format = (event, { url, key, now }) => {
  const body = JSON.stringify({
    version: VERSION,
    event: event.event,
    alert: event.alert,
    delivery: event.delivery,
    at: new Date(event.at).toISOString(),
    incident: { ...event.incident, channel: event.channel },
    why: event.why,
    level: event.level,
  });
  const seconds = Math.floor(now / 1000);
  const headers = {
    ...JSON_BODY,
    'muster-delivery': event.delivery,
    'muster-signature': `t=${seconds},v1=${sign(key, seconds, body)}`,
  };
  return { url, headers, body };
};

const sign = (key: string, seconds: number, body: string): string =>
  createHmac('sha256', key).update(`${seconds}.${body}`).digest('hex');
