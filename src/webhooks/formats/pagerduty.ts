import type { WebhookEvent } from '../event.ts';
import { cutLine } from './cut-line.ts';
import { type Format, JSON_BODY } from './format.ts';

/** From the most severe on; everything below is `info`. */
const SEVERITIES = ['critical', 'error', 'warning'];
const SUMMARY = 1024;
const DETAIL = 4096;

/** PagerDuty's Events API v2. The key is the routing key of an integration. */
export const pagerduty: Format = (event, { url, key }) => {
  const body = {
    routing_key: key,
    event_action: event.event,
    dedup_key: event.alert,
    ...(event.event === 'trigger' ? alert(event) : {}),
  };
  return { url, headers: JSON_BODY, body: JSON.stringify(body) };
};

function alert({ what, why, level, rank, at, channel, incident }: WebhookEvent) {
  const link = channel === null ? {} : { client_url: channel };
  return {
    payload: {
      summary: cutLine(what, SUMMARY),
      source: 'Muster',
      severity: SEVERITIES[rank] ?? 'info',
      timestamp: new Date(at).toISOString(),
      custom_details: {
        incident: incident.name,
        severity: incident.severity,
        status: incident.status,
        ...(why === null ? {} : { why: cutLine(why, DETAIL) }),
        ...(level === 0 ? {} : { level }),
      },
    },
    client: 'Muster',
    ...link,
    links:
      channel === null ? [] : [{ href: channel, text: 'Open the incident’s channel in Slack' }],
  };
}
