import type { WebhookEvent } from '../event.ts';
import { cutLine } from './cut-line.ts';
import { type Format, JSON_BODY } from './format.ts';

const LEAST_PRIORITY = 5;
const MESSAGE = 130;
const DESCRIPTION = 15_000;
const SOURCE = 'Muster';

const ACTIONS = { acknowledge: 'acknowledge', resolve: 'close' };

/**
 * The alerts of Jira Service Management and of Opsgenie, which are the same at two addresses. The
 * key is that of an API integration.
 */
export const opsgenie: Format = (event, { url, key }) => {
  const address = new URL(url);
  address.pathname = address.pathname.replace(/\/+$/, '');
  const headers = { ...JSON_BODY, authorization: `GenieKey ${key}` };
  if (event.event === 'trigger') {
    return { url: address.href, headers, body: JSON.stringify(alert(event)) };
  }
  address.pathname += `/${encodeURIComponent(event.alert)}/${ACTIONS[event.event]}`;
  address.searchParams.set('identifierType', 'alias');
  const body = { source: SOURCE, note: noteOf(event) };
  return { url: address.href, headers, body: JSON.stringify(body) };
};

function noteOf({ event, incident: { name, status } }: WebhookEvent): string {
  if (event === 'acknowledge') return `${name} is acknowledged in Slack.`;
  const over = status === 'resolved' || status === 'cancelled';
  return over ? `${name} is ${status}.` : `${name} is escalated anew: another alert follows.`;
}

const alert = ({ what, why, level, rank, alert: alias, channel, incident }: WebhookEvent) => ({
  message: cutLine(what, MESSAGE),
  alias,
  description: [what, why, channel]
    .filter((line) => line !== null)
    .join('\n')
    .slice(0, DESCRIPTION),
  source: SOURCE,
  entity: incident.name,
  priority: `P${Math.min(rank + 1, LEAST_PRIORITY)}`,
  tags: ['muster', incident.severity],
  details: {
    incident: incident.name,
    status: incident.status,
    ...(level === 0 ? {} : { level: String(level) }),
    ...(channel === null ? {} : { channel }),
  },
});
