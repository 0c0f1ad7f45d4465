import { readable } from '../commands/slack-tokens.ts';
import type { Address } from '../domain/addressed.ts';
import { addressOf, type Incident, incidentName } from '../domain/incident.ts';
import { ok, type Result } from '../domain/result.ts';
import { code, type Line } from '../domain/text.ts';
import { oneLine, titled } from '../domain/views/phrases.ts';
import type { Ports } from '../ports.ts';
import type { Input } from './input.ts';
import type { Refused } from './refused.ts';
import type { Understood } from './understanding.ts';

/** The incident that is meant, and the one whose channel this is. */
export interface Found {
  readonly incident: Incident | null;
  readonly here: Incident | null;
}

/** Finds the incident by its number, else by the channel. */
export async function found(
  { address, about }: Understood,
  input: Input,
  ports: Ports,
): Promise<Result<Found, Refused>> {
  if (about === 'workspace') return ok({ incident: null, here: null });
  const here = await ports.store.inChannel(input.workspace, input.channel);
  if (address !== null) return byNumber(address, here, input, ports);
  if (here !== null || about === 'maybe') return ok({ incident: here, here });
  return { ok: false, refusal: await whichOne(input, ports) };
}

async function byNumber(
  address: Address,
  here: Incident | null,
  { workspace, actor }: Input,
  { store }: Ports,
): Promise<Result<Found, Refused>> {
  const incident = await store.numbered(workspace, address);
  const visible =
    incident !== null &&
    (!incident.private ||
      incident.id === here?.id ||
      (await store.takesPart(incident.id, actor.id)));
  if (visible) return ok({ incident, here });
  const example = address.drill ? 'list drills' : 'list';
  // A private incident is not told apart from one that does not exist.
  return { ok: false, refusal: { reason: `There is no ${incidentName(address)}.`, example } };
}

/** Nothing says which incident is meant: where to type it, and a few to choose from. */
async function whichOne(input: Input, { store }: Ports): Promise<Refused> {
  const open = await store.list(input.workspace, 'open', input.actor.id);
  const some = [...open].sort((a, b) => b.number - a.number).slice(0, 5);
  const items = some.map((incident): Line => [code(addressOf(incident)), ` ${titled(incident)}`]);
  const [first] = some;
  const reason = 'This is not the channel of an incident.';
  if (first === undefined)
    return { reason: `${reason} None is open, either.`, example: 'open What is broken' };
  return {
    reason: `${reason} Type it in the channel of the one you mean, or put its number first.`,
    example: oneLine(`${addressOf(first)} ${readable(input.text)}`, 200),
    more: [{ type: 'list', items }],
  };
}
