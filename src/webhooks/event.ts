import type { NoticeBody } from '../domain/decision.ts';
import { type Incident, incidentName } from '../domain/incident.ts';
import type { Instant } from '../domain/instant.ts';
import type { Settings } from '../domain/settings.ts';
import { type Line, plainText } from '../domain/text.ts';

export type Call = Extract<NoticeBody, { type: 'call webhook' }>;

/** What a system outside of Slack is told, before anybody decides how its requests look. */
export interface WebhookEvent {
  readonly event: Call['event'];
  /** The same for everything that is said of one alert, and for no other. */
  readonly alert: string;
  /** The same whenever this event is sent again. */
  readonly delivery: string;
  readonly at: Instant;
  /** `INC-42 sev1: Checkout is down`; without its title where it is private. */
  readonly what: string;
  /** Why somebody is called; only a trigger has it, and never that of a private incident. */
  readonly why: string | null;
  /** The level of the policy; 0 where none of its levels is meant. */
  readonly level: number;
  /** How many severities are more severe. */
  readonly rank: number;
  /** A link to the incident's channel, once there is one. */
  readonly channel: string | null;
  readonly incident: {
    readonly number: number;
    readonly name: string;
    /** Null where it is private: it stays in its channel. */
    readonly title: string | null;
    readonly severity: string;
    readonly status: string;
    readonly private: boolean;
  };
}

/** Composes the event from the incident as it is now. `names` says who people are, by their ids. */
export function eventOf(
  call: Call,
  delivery: string,
  incident: Incident,
  { severities }: Settings,
  names: Readonly<Record<string, string>>,
): WebhookEvent {
  const { id, number, title, severity, status, private: secret } = incident;
  const named = `${incidentName(incident)} ${severity}`;
  const place = severities.findIndex(({ name }) => name === severity);
  return {
    event: call.event,
    alert: `muster-${id}-${call.alert}`,
    delivery,
    at: call.at,
    what: secret ? `${named} (private)` : `${named}: ${title}`,
    // Reasons and titles are people's words: of a private incident they stay in its channel.
    why: call.ping === null || secret ? null : inWords(call.ping.why, names),
    level: call.ping?.level ?? 0,
    rank: Math.max(0, place),
    channel: linkTo(incident),
    incident: {
      number,
      name: incidentName(incident),
      title: secret ? null : title,
      severity,
      status,
      private: secret,
    },
  };
}

/** Everybody whom a line mentions. */
export const mentioned = (line: Line): readonly string[] =>
  line.flatMap((span) => (typeof span === 'object' && span.type === 'user' ? [span.id] : []));

function inWords(line: Line, names: Readonly<Record<string, string>>): string {
  const spans = line.map((span) =>
    typeof span === 'object' && span.type === 'user' ? `@${names[span.id] ?? span.id}` : span,
  );
  return plainText(spans).replace(/\s+/g, ' ').trim();
}

/** Slack's own link, which opens the app. */
const linkTo = ({ workspace, channel }: Incident): string | null =>
  channel.id === null
    ? null
    : `https://slack.com/app_redirect?team=${encodeURIComponent(workspace)}&channel=${encodeURIComponent(channel.id)}`;
