import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Incident } from '../../src/domain/incident.ts';
import type { Ping } from '../../src/domain/ping.ts';
import { user } from '../../src/domain/text.ts';
import { type Call, eventOf } from '../../src/webhooks/event.ts';
import { FORMATS } from '../../src/webhooks/formats/index.ts';
import type { WebhookRequest } from '../../src/webhooks/send.ts';
import { SETTINGS, START } from '../support/ladder.ts';
import { pagedIncident as incident } from '../support/paged.ts';
import { opsgenieHeard, pagerdutyHeard } from '../support/pagers.ts';
import type { Received } from '../support/receiver.ts';

const KEY = 'k'.repeat(32);

const ping: Ping = {
  timer: 'page',
  level: 2,
  why: ['INC-42, sev1: Checkout is down. ', user('UANA'), ' asks for you: payments\nare lost'],
  who: [{ type: 'webhook', name: 'pager' }],
  stops: [],
  next: null,
  lateMs: 0,
};

const called = (event: Call['event'] = 'trigger'): Call => ({
  type: 'call webhook',
  event,
  alert: 3,
  at: START,
  ping: event === 'trigger' ? ping : null,
});

const request = (
  format: keyof typeof FORMATS,
  event: Call['event'] = 'trigger',
  of: Incident = incident,
): WebhookRequest => {
  const url = format === 'opsgenie' ? 'https://pager.test/v2/alerts/' : 'https://pager.test/hook';
  const told = eventOf(called(event), 'd1', of, SETTINGS, { UANA: 'ana' });
  return FORMATS[format](told, { url, key: KEY, now: START + 500 });
};

/** A request as it arrives. */
const arrived = ({ url, headers, body }: WebhookRequest): Received => {
  const { pathname, search } = new URL(url);
  return { method: 'POST', path: `${pathname}${search}`, headers, body };
};

const FORMAT_NAMES = ['muster', 'pagerduty', 'opsgenie'] as const;
const EVENTS = ['trigger', 'acknowledge', 'resolve'] as const;
const ALERT = `muster-${incident.id}-3`;

test('Muster’s own format says everything, and version 1 of it stays as it is', () => {
  const { url, body } = request('muster');
  expect(url).toBe('https://pager.test/hook');
  expect(JSON.parse(body)).toEqual({
    version: 1,
    event: 'trigger',
    alert: ALERT,
    delivery: 'd1',
    at: '2026-03-08T14:00:00.000Z',
    incident: {
      number: 42,
      name: 'INC-42',
      title: 'Checkout is down',
      severity: 'sev1',
      status: 'investigating',
      private: false,
      channel: 'https://slack.com/app_redirect?team=T012ABC&channel=C042',
    },
    why: 'INC-42, sev1: Checkout is down. @ana asks for you: payments are lost',
    level: 2,
  });
});

test('it is signed over the time and the exact body', () => {
  const { headers, body } = request('muster');
  const seconds = START / 1000;
  const expected = createHmac('sha256', KEY).update(`${seconds}.${body}`).digest('hex');
  expect(headers['muster-signature']).toBe(`t=${seconds},v1=${expected}`);
  expect(headers['muster-delivery']).toBe('d1');
  expect(body).not.toContain(KEY);
});

test.each(EVENTS)('PagerDuty takes a %s', (event) => {
  expect(pagerdutyHeard(arrived(request('pagerduty', event)))).toEqual({ event, alert: ALERT });
});

test.each([
  ['trigger', 'create'],
  ['acknowledge', 'acknowledge'],
  ['resolve', 'close'],
] as const)('Jira Service Management takes a %s as %s', (event, heard) => {
  const received = arrived(request('opsgenie', event));
  expect(opsgenieHeard(received, KEY)).toEqual({ event: heard, alert: ALERT });
});

test.each([
  ['sev1', 'critical', 'P1'],
  ['sev2', 'error', 'P2'],
  ['sev3', 'warning', 'P3'],
  ['sev0', 'critical', 'P1'],
])('%s is %s to PagerDuty and %s to Jira', (severity, pagerduty, priority) => {
  const one = { ...incident, severity };
  expect(JSON.parse(request('pagerduty', 'trigger', one).body).payload.severity).toBe(pagerduty);
  expect(JSON.parse(request('opsgenie', 'trigger', one).body).priority).toBe(priority);
});

test.each([
  ['words', 'Checkout '.repeat(400)],
  ['emoji of many units', '👩‍👩‍👧‍👦'.repeat(300)],
  ['half a pair', `a\uD83D${'😀'.repeat(700)}`],
  ['lines', 'a\n\n'.repeat(900)],
])('a title of too many %s keeps within every limit', (_, title) => {
  const one = { ...incident, title };
  pagerdutyHeard(arrived(request('pagerduty', 'trigger', one)));
  opsgenieHeard(arrived(request('opsgenie', 'trigger', one)), KEY);
  expect(JSON.parse(request('opsgenie', 'trigger', one).body).message).toMatch(/…$/);
});

test.each(FORMAT_NAMES)(
  'nothing that people wrote of a private incident leaves for %s',
  (format) => {
    const secret = { ...incident, private: true, header: { service: 'payroll' } };
    for (const event of EVENTS) {
      const { url, headers, body } = request(format, event, secret);
      const all = `${url}${JSON.stringify(headers)}${body}`;
      expect(all).not.toMatch(/checkout(?! is acknowledged)|payments|payroll|ana/i);
    }
  },
);

test('an incident whose channel is not there yet has no link', () => {
  const early = { ...incident, channel: { ...incident.channel, id: null } };
  pagerdutyHeard(arrived(request('pagerduty', 'trigger', early)));
  opsgenieHeard(arrived(request('opsgenie', 'trigger', early)), KEY);
  expect(JSON.parse(request('muster', 'trigger', early).body).incident.channel).toBeNull();
});

test('an alert that is closed because another one follows says so', () => {
  const note = (status: Incident['status']): string =>
    JSON.parse(request('opsgenie', 'resolve', { ...incident, status }).body).note;
  expect(note('resolved')).toBe('INC-42 is resolved.');
  expect(note('cancelled')).toBe('INC-42 is cancelled.');
  expect(note('identified')).toBe('INC-42 is escalated anew: another alert follows.');
});
