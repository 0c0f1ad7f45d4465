import { readable } from '../commands/slack-tokens.ts';
import type { Address } from '../domain/addressed.ts';
import { notSeen } from '../domain/denial.ts';
import { addressOf, type Incident, incidentName } from '../domain/incident.ts';
import { ok, type Result } from '../domain/result.ts';
import { code, type Line } from '../domain/text.ts';
import { oneLine, titled } from '../domain/views/phrases.ts';
import type { Ports } from '../ports.ts';
import type { Input } from './input.ts';
import type { Refused } from './refused.ts';
import { maySee } from './seeing.ts';
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
  const known = await ports.store.inChannel(input.workspace, input.channel);
  const here = known !== null && (await maySee(known, input, ports)) ? known : null;
  if (address !== null) return byNumber(address, here, input, ports);
  if (here !== null || about === 'maybe') return ok({ incident: here, here });
  return { ok: false, refusal: await whichOne(input, ports) };
}

async function byNumber(
  address: Address,
  here: Incident | null,
  input: Input,
  ports: Ports,
): Promise<Result<Found, Refused>> {
  const incident = await ports.store.numbered(input.workspace, address);
  if (incident !== null && (await maySee(incident, input, ports))) return ok({ incident, here });
  const example = address.drill ? 'list drills' : 'list';
  // A private incident is not told apart from one that does not exist.
  const refusal = { reason: `There is no ${incidentName(address)}.`, example };
  const { actor, source } = input;
  const denied =
    incident === null ? {} : { denied: notSeen(incident.id, actor.standing ?? 'unknown', source) };
  return { ok: false, refusal: { ...refusal, ...denied } };
}

/** How many incidents are offered to choose from, of how many of the newest. */
const OFFERED = 5;
const LOOKED_AT = 20;

/** Nothing says which incident is meant: where to type it, and a few to choose from. */
async function whichOne(input: Input, { store }: Pick<Ports, 'store'>): Promise<Refused> {
  const open = await store.list(input.workspace, 'open', input.actor.id);
  const newest = [...open].sort((a, b) => b.number - a.number);
  const some = (await seenOf(newest.slice(0, LOOKED_AT), input, { store })).slice(0, OFFERED);
  const items = some.map((incident): Line => [code(addressOf(incident)), ` ${titled(incident)}`]);
  const [first] = some;
  const reason = 'This is not the channel of an incident.';
  if (first === undefined)
    return input.actor.standing === 'guest'
      ? { reason: `${reason} Type it in the channel of the one you mean.` }
      : { reason: `${reason} None is open, either.`, example: 'open What is broken' };
  return {
    reason: `${reason} Type it in the channel of the one you mean, or put its number first.`,
    example: oneLine(`${addressOf(first)} ${readable(input.text)}`, 200),
    more: [{ type: 'list', items }],
  };
}

/** Those that they may know of: the list from memory does not know who is a guest. */
async function seenOf(
  incidents: readonly Incident[],
  input: Input,
  ports: Pick<Ports, 'store'>,
): Promise<readonly Incident[]> {
  if (input.actor.standing !== 'guest') return incidents;
  const seen: Incident[] = [];
  for (const incident of incidents) if (await maySee(incident, input, ports)) seen.push(incident);
  return seen;
}
