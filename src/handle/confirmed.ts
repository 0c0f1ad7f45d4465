import { notSeen } from '../domain/denial.ts';
import type { Ports } from '../ports.ts';
import { journaledOf, performed } from './changes.ts';
import type { Handled, Input } from './input.ts';
import { GONE, refused } from './refused.ts';
import { maySee } from './seeing.ts';

/** Does what was asked about before: as it was typed then, and at the time it was typed. */
export async function confirmed(key: string, input: Input, ports: Ports): Promise<Handled> {
  const asked = await ports.store.pending(input.workspace, key);
  if (asked === null)
    return refused(
      {
        reason: 'There is no such question: it is older than a day. Type it again.',
        example: 'last',
      },
      input,
      ports,
    );
  const { incident, request, at } = asked;
  if (request.actor.id !== input.actor.id)
    return refused({ reason: 'Only whoever was asked can say yes.' }, input, ports);
  const glance = await ports.store.glance(incident);
  if (glance === null) return refused(GONE, input, ports);
  // Between the question and the answer somebody may have left, or have become a guest.
  if (!(await maySee(glance.incident, input, ports))) {
    const denied = notSeen(incident, input.actor.standing ?? 'unknown', input.source);
    return refused({ ...GONE, denied }, input, ports);
  }
  const change = {
    workspace: input.workspace,
    // The same for every press of the button: whatever the first one did is the answer to all.
    key: `confirm:${key}`,
    subject: { type: 'incident', id: incident } as const,
    request,
    typedAt: at,
    ...journaledOf(input),
  };
  return performed(change, { ...input, text: request.typed }, ports);
}
