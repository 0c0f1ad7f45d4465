import type { Reply } from '../domain/decision.ts';
import { type Incident, incidentName } from '../domain/incident.ts';
import { isLinkTo, type Link } from '../domain/link.ts';
import { REDACTED } from '../domain/redacted.ts';
import { note } from '../domain/text.ts';
import { perform } from '../perform.ts';
import { type Change, type Ports, StoreUnavailable } from '../ports.ts';

/**
 * Has the other ends of its links follow a title that was redacted: they said it, too.
 *
 * Each is a change of its own, with a row in its own audit. What could not be done is named in the
 * reply, for then somebody has to.
 */
export async function redactedAtLinks(
  change: Change,
  { reply, incident }: { readonly reply: Reply; readonly incident: Incident | null },
  ports: Ports,
): Promise<Reply> {
  const { action } = change.request;
  if (action.type !== 'redact' || incident === null || reply.outcome !== 'done') return reply;
  if (incident.title !== REDACTED || !isTitle(incident, action.entry)) return reply;
  const done: string[] = [];
  const left: string[] = [];
  for (const link of incident.links) {
    if (link.there === null) continue;
    const name = `${incidentName(link.to)} #${link.there}`;
    const isDone = await redactedThere(change, incident, link, ports);
    (isDone ? done : left).push(name);
  }
  const told = [
    ...(done.length === 0 ? [] : [`Links said it, too, and are redacted: ${done.join(', ')}.`]),
    ...(left.length === 0 ? [] : [`Links still say it: redact ${left.join(', ')} there.`]),
  ];
  const { summary, blocks } = reply.message;
  return { ...reply, message: { summary, blocks: [...blocks, ...told.map((line) => note(line))] } };
}

const isTitle = ({ milestones }: Incident, entry: number): boolean =>
  milestones.some((one) => one.name === 'declared' && one.entry === entry);

/** Whether nothing is left there to be redacted. */
async function redactedThere(
  { workspace, key, request }: Change,
  incident: Incident,
  { to, there }: Link,
  ports: Ports,
): Promise<boolean> {
  const { action } = request;
  if (action.type !== 'redact' || there === null) return true;
  try {
    const other = await ports.store.numbered(workspace, to);
    // Purged, or an import put another incident there.
    const end = other?.links.find((one) => one.entry === there && isLinkTo(incident)(one));
    if (other === null || end === undefined) return true;
    const { reply } = await perform(ports, {
      workspace,
      key: `${key}:link:${other.id}`,
      subject: { type: 'incident', id: other.id },
      request: {
        ...request,
        typed: '',
        follows: true,
        action: { ...action, entry: there, confirmed: true },
      },
    });
    return reply.outcome === 'done';
  } catch (error) {
    if (error instanceof StoreUnavailable) return false;
    throw error;
  }
}
