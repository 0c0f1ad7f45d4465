import { expect } from 'vitest';
import type { Received } from './receiver.ts';

/**
 * What the pagers document about the requests they take, checked strictly: a field that is not
 * documented, one too long or of another type fails the test.
 */

const text = (value: unknown, most: number): string => {
  if (typeof value !== 'string') throw new Error(`no text: ${JSON.stringify(value)}`);
  expect(value.length).toBeGreaterThan(0);
  expect(value.length).toBeLessThanOrEqual(most);
  return value;
};

const object = (value: unknown, known: readonly string[]): Record<string, unknown> => {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error(`no object: ${JSON.stringify(value)}`);
  expect(known).toEqual(expect.arrayContaining(Object.keys(value)));
  return value as Record<string, unknown>;
};

const json = ({ headers, body, method }: Received): unknown => {
  expect(method).toBe('POST');
  expect(headers['content-type']).toBe('application/json');
  return JSON.parse(body);
};

/** What an alert was told: `trigger` of which alert. */
export interface Heard {
  readonly event: string;
  readonly alert: string;
}

/** Events API v2: developer.pagerduty.com, “Send an Alert Event” and “Overview”. */
export function pagerdutyHeard(received: Received): Heard {
  const event = object(json(received), [
    'routing_key',
    'event_action',
    'dedup_key',
    'payload',
    'client',
    'client_url',
    'links',
    'images',
  ]);
  expect(Buffer.byteLength(received.body)).toBeLessThan(512 * 1024);
  expect(event.routing_key).toHaveLength(32);
  expect(['trigger', 'acknowledge', 'resolve']).toContain(event.event_action);
  if (event.event_action === 'trigger') {
    const payload = object(event.payload, [
      'summary',
      'source',
      'severity',
      'timestamp',
      'component',
      'group',
      'class',
      'custom_details',
    ]);
    text(payload.summary, 1024);
    text(payload.source, 255);
    expect(['critical', 'error', 'warning', 'info']).toContain(payload.severity);
    expect(Date.parse(text(payload.timestamp, 40))).not.toBeNaN();
    for (const link of event.links as unknown[]) {
      expect(new URL(text(object(link, ['href', 'text']).href, 2048)).protocol).toBe('https:');
    }
  } else {
    expect(Object.keys(event).toSorted()).toEqual(['dedup_key', 'event_action', 'routing_key']);
  }
  return { event: String(event.event_action), alert: text(event.dedup_key, 255) };
}

/**
 * Alerts of Jira Service Management and Opsgenie: developer.atlassian.com, “Integration events”, and
 * docs.opsgenie.com, “Alert API”.
 */
export function opsgenieHeard(received: Received, key: string): Heard {
  expect(received.headers.authorization).toBe(`GenieKey ${key}`);
  const sent = json(received);
  const url = new URL(received.path, 'https://stand-in');
  const [, alias = '', action = ''] =
    /^\/v2\/alerts(?:\/([^/]+)\/(acknowledge|close))?$/.exec(url.pathname) ?? [];
  if (action !== '') {
    expect(url.search).toBe('?identifierType=alias');
    const body = object(sent, ['user', 'source', 'note']);
    text(body.source, 100);
    text(body.note, 25_000);
    return { event: action, alert: text(decodeURIComponent(alias), 512) };
  }
  expect(received.path).toBe('/v2/alerts');
  const body = object(sent, [
    'message',
    'alias',
    'description',
    'responders',
    'visibleTo',
    'actions',
    'tags',
    'details',
    'entity',
    'source',
    'priority',
    'user',
    'note',
  ]);
  text(body.message, 130);
  text(body.description, 15_000);
  text(body.entity, 512);
  text(body.source, 100);
  expect(body.priority).toMatch(/^P[1-5]$/);
  const tags = body.tags as unknown[];
  expect(tags.length).toBeLessThanOrEqual(20);
  for (const tag of tags) text(tag, 50);
  const details = Object.entries(body.details as Record<string, unknown>);
  for (const [, value] of details) text(value, 8000);
  expect(JSON.stringify(body.details).length).toBeLessThanOrEqual(8000);
  return { event: 'create', alert: text(body.alias, 512) };
}
