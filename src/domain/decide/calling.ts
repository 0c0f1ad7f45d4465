import type { Destination, NoticeBody } from '../decision.ts';
import { type Alert, isOver } from '../incident.ts';
import type { Ping } from '../ping.ts';
import { type Change, patch, seqOf } from './change.ts';

type Call = Extract<NoticeBody, { type: 'call webhook' }>;

/** Where a webhook's calls go, each webhook and incident in a line of its own. */
export const webhookAt = (name: string): Destination => ({ type: 'webhook', name });

/**
 * What a webhook is told when it is pinged, and remembers that it was.
 *
 * It adds to the alert that the webhook has. Once that one is acknowledged it would ring nobody any
 * more, so where somebody must be called again (the acknowledgement is void, or a person pages by
 * hand) it is closed and another one begins.
 */
export function trigger(change: Change, webhook: string, ping: Ping): Call {
  const { acknowledgedBy, called } = change.incident;
  const open = called.find((alert) => alert.webhook === webhook);
  const rings =
    open !== undefined &&
    (!open.acknowledged || (acknowledgedBy !== null && ping.timer !== 'page'));
  if (open !== undefined && !rings) tell(change, 'resolve', open);
  const alert = rings ? open : { webhook, id: seqOf(change), acknowledged: false };
  const others = called.filter((one) => one.webhook !== webhook);
  patch(change, { called: [...others, alert] });
  return { type: 'call webhook', event: 'trigger', alert: alert.id, at: change.now, ping };
}

/** Tells every webhook that was called what became of it: acknowledged, or over. Once for each alert. */
export function tellCalled(change: Change): void {
  const { incident } = change;
  const before = change.snapshot.incident;
  if (incident.called.length === 0) return;
  if (isOver(incident) && !isOver(before)) {
    for (const alert of incident.called) tell(change, 'resolve', alert);
    patch(change, { called: [] });
    return;
  }
  if (incident.acknowledgedBy === null || before.acknowledgedBy !== null) return;
  for (const alert of incident.called) {
    if (!alert.acknowledged) tell(change, 'acknowledge', alert);
  }
  patch(change, { called: incident.called.map((alert) => ({ ...alert, acknowledged: true })) });
}

function tell(change: Change, event: 'acknowledge' | 'resolve', { webhook, id }: Alert): void {
  const what = { type: 'call webhook', event, alert: id, at: change.now, ping: null } as const;
  change.notices.push({ key: `call:${webhook}:${id}:${event}`, to: webhookAt(webhook), what });
}
