import type { Destination } from '../decision.ts';
import { incidentName } from '../incident.ts';
import { type Line, type Span, user } from '../text.ts';
import type { AnyDelivery, IncidentRef } from './facts.ts';

const WHAT: Readonly<Record<string, string>> = {
  'create channel': 'the making of the channel',
  card: 'the card',
  announcement: 'the announcement',
  topic: 'the topic',
  invite: 'invitations',
  message: 'a message',
  ping: 'a ping',
  'ping group': 'the pings of a group',
  'ping schedule': 'the ping of whoever is on call',
  'call webhook': 'the call of a webhook',
  'settle pings': 'the edit of pings',
  redact: 'taking a redacted entry out of its messages',
  mark: 'the mark at a message',
  briefing: 'a briefing',
  draft: 'the draft',
  canvas: 'the canvas',
  file: 'an export',
  bookmark: 'a bookmark',
  welcome: 'the brief for somebody who came in',
  reach: 'opening the channel again',
  archive: 'archiving the channel',
};

/** Where it goes, where that is not the incident's own channel. */
function destination(to: Destination): Line {
  if (to.type === 'user') return [' to ', user(to.id)];
  if (to.type === 'ephemeral') return [' to ', user(to.user)];
  if (to.type === 'channel') return [' in ', { type: 'channel', id: to.id }];
  return to.type === 'webhook' ? [` ${to.name}`] : [];
}

/** `a ping to @bo`. */
export const deliveryLine = ({ type, to }: Pick<AnyDelivery, 'type' | 'to'>): Line => [
  WHAT[type] ?? type,
  ...destination(to),
];

/** `INC-7`, or that it is private: the number of a private incident is not told outside of it. */
export const nameOrPrivate = (incident: IncidentRef): string =>
  incident.private ? 'a private incident' : incidentName(incident);

/** Several things, the same ones once with their count, at most so many kinds. */
export function tallied(lines: readonly Line[], most: number): Line {
  const byText = new Map<string, { line: Line; count: number }>();
  for (const line of lines) {
    const key = JSON.stringify(line);
    byText.set(key, { line, count: (byText.get(key)?.count ?? 0) + 1 });
  }
  const kinds = [...byText.values()].sort((a, b) => b.count - a.count);
  const shown = kinds
    .slice(0, most)
    .flatMap(({ line, count }, at): Span[] => [
      ...(at === 0 ? [] : [', ']),
      ...line,
      ...(count > 1 ? [` (${count} times)`] : []),
    ]);
  return kinds.length > most ? [...shown, ` and ${kinds.length - most} more`] : shown;
}

/** A word of Slack's or ours, as a reason: nothing when there is none. */
export const because = (error: string | null): string =>
  error === null || error === '' ? '' : `: ${error}`;

/** Milliseconds as said aloud: `45 s`, `12 min`, `3 h`. */
export function roughly(ms: number): string {
  const seconds = Math.round(Math.abs(ms) / 1000);
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
