import type { Reply } from '../decision.ts';
import { type Incident, isOver } from '../incident.ts';
import { ok, type Result, refuse } from '../result.ts';
import { type Settings, type Severity, severityNamed } from '../settings.ts';
import { type Line, user } from '../text.ts';
import { tellChannelQuietly } from './announcing.ts';
import { type Change, patch, write } from './change.ts';
import { soAlready } from './logging.ts';
import { moved } from './moved.ts';
import { keepPause } from './pausing.ts';
import type { ActionOf, Context, Rules } from './rule.ts';
import { typedAt } from './times.ts';
import { button, nameOf, reply } from './wording.ts';

const rank = ({ severities }: Settings, name: string): number =>
  severities.findIndex((severity) => severity.name === name);

/** An unknown severity, with those that there are. */
export function unknownSeverity({ severities }: Settings, word: string, example: string) {
  const names = severities.map(({ name, aliases }) =>
    aliases.length === 0 ? name : `${name} (${aliases.join(', ')})`,
  );
  return refuse(`There is no severity “${word}”. There are ${names.join('; ')}.`, example);
}

function severity(change: Change, action: ActionOf<'severity'>, context: Context): Result<Reply> {
  const { incident } = change;
  const { settings, now } = context.world;
  const to = severityNamed(settings, action.to);
  const least = settings.severities.at(-1)?.name ?? '';
  if (to === undefined) return unknownSeverity(settings, action.to, `sev ${least}`);
  const reason = action.reason?.trim() || null;
  if (to.name === incident.severity)
    return ok(
      soAlready(change, context, { text: reason }, [nameOf(incident), ` is ${to.name} already.`]),
    );
  const upgrade = rank(settings, to.name) < rank(settings, incident.severity);
  if (!upgrade && reason === null) {
    return refuse(
      `${incident.severity} to ${to.name} is a downgrade: it needs a reason.`,
      `sev ${to.name} only the report export is affected`,
    );
  }
  writeChange(change, context, to, reason);
  patch(change, { severity: to.name, ...(upgrade ? rearmed(incident, now) : {}) });
  // What it stopped or started is told clock by clock.
  keepPause(change, context);
  const lines = moved(change, context);
  const first: Line = [nameOf(incident), ` is now ${to.name}, was ${incident.severity}.`];
  tellChannelQuietly(
    change,
    [user(context.actor.id), ` set ${to.name}, was ${incident.severity}.`],
    {
      lines: [...(reason === null ? [] : [[reason]]), ...lines],
    },
  );
  // The way back down needs a reason too.
  const back = upgrade ? `sev ${incident.severity} taken back` : `sev ${incident.severity}`;
  return ok(reply(first, { lines, buttons: [button(incident, 'Undo', back)] }));
}

/** An upgrade arms the incident again: whoever acknowledged the lesser thing has not seen this one. */
const rearmed = (incident: Incident, now: number): Partial<Incident> =>
  isOver(incident) ? {} : { armedAt: now, severityChangedAt: now, acknowledgedBy: null };

function writeChange(change: Change, context: Context, to: Severity, reason: string | null): void {
  const from = change.incident.severity;
  write(change, {
    at: typedAt(context),
    text: `Severity ${from} to ${to.name}${reason === null ? '.' : `: ${reason}`}`,
    kinds: ['decision'],
    detail: { type: 'severity', from, to: to.name, reason },
    author: context.actor.id,
    source: context.request.source,
  });
}

/** How bad it is. */
export const severities: Rules<'severity'> = { severity: { handle: severity } };
