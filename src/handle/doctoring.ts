import type { Repair } from '../commands/command.ts';
import type { Action } from '../domain/action.ts';
import { counted } from '../domain/counted.ts';
import type { Reply } from '../domain/decision.ts';
import { checkNamed, examine, type Finding, type RepairName } from '../domain/doctor/index.ts';

import { addressOf, type Incident } from '../domain/incident.ts';
import { buttons, type Message, note, paragraph } from '../domain/text.ts';
import { doctorReport } from '../domain/views/doctor.ts';
import { perform } from '../perform.ts';
import type { Ports } from '../ports.ts';
import type { Found } from './finding.ts';
import type { Handled, Input } from './input.ts';
import { whyNot } from './permitted.ts';
import { refused } from './refused.ts';
import { incidentRepair } from './repairs.ts';
import { maySee } from './seeing.ts';

const privately = (message: Message): Reply => ({ message, to: 'asker', outcome: 'done' });

/** Shows what is wrong, or repairs it for whoever may. */
export async function doctored(
  repair: Repair | null,
  { incident, here }: Found,
  input: Input,
  ports: Ports,
): Promise<Handled> {
  if (repair === null)
    return { type: 'later', reply: async () => privately(await report(incident, input, ports)) };
  const whole = repair.whose === null ? incident : null;
  const action = whole === null ? null : incidentRepair(repair.how);
  if (incidentRepair(repair.how) !== null && whole === null)
    return refused(
      {
        reason: 'That is repaired for one incident at a time: put its number first.',
        example: `${here === null ? 42 : addressOf(here)} doctor repair ${repair.check}`,
      },
      input,
      ports,
    );
  return {
    type: 'later',
    reply: () =>
      whole !== null && action !== null
        ? performed(action, whole, input, ports)
        : mended(repair, whole, input, ports),
  };
}

async function report(here: Incident | null, input: Input, ports: Ports): Promise<Message> {
  const facts = await ports.doctor.look(input.workspace);
  const findings = examine(facts);
  const visible: Finding[] = [];
  for (const finding of findings)
    if (finding.incident === null || (await maySeeFinding(finding.incident, here, input, ports)))
      visible.push(finding);
  return doctorReport({
    findings: visible,
    hidden: findings.length - visible.length,
    facts,
    here,
    mayRepair: (await whyNot('mend', here, input, ports)) === null,
    denied: await deniedLately(input, ports),
  });
}

/** How often somebody was refused something; of interest to those who may look at it. */
async function deniedLately(input: Input, ports: Ports): Promise<number> {
  if ((await whyNot('denied', null, input, ports)) !== null) return 0;
  return (await ports.store.denied(input.workspace, input.actor.id, 1)).count;
}

/** A finding names its incident, not its channel: where it was asked was found to be theirs already. */
export const maySeeFinding = async (
  { id, private: hidden }: NonNullable<Finding['incident']>,
  here: Incident | null,
  input: Pick<Input, 'actor' | 'channel' | 'source'>,
  ports: Pick<Ports, 'store'>,
): Promise<boolean> =>
  id === here?.id ||
  maySee({ id, private: hidden, channel: { id: null, name: '', state: 'wanted' } }, input, ports);

async function performed(
  action: Action,
  incident: Incident,
  { workspace, key, actor, source, text }: Input,
  ports: Ports,
): Promise<Reply> {
  const { reply } = await perform(ports, {
    workspace,
    key,
    subject: { type: 'incident', id: incident.id },
    request: { action, actor, source, typed: text },
  });
  return reply;
}

/** What was done, for so many of them. */
const DONE: Partial<Record<RepairName, (count: number) => string>> = {
  fire: (count) => `${counted(count, 'timer')} fired.`,
  try: (count) => `${counted(count, 'delivery', 'deliveries')} tried again at once.`,
  send: (count) => `${counted(count, 'delivery', 'deliveries')} on the way again.`,
  release: (count) => `${counted(count, 'delivery', 'deliveries')} on the way.`,
  invite: (count) => `${counted(count, 'invitation')} on the way again.`,
  drop: (count) => `${counted(count, 'delivery', 'deliveries')} let go.`,
  hint: () => 'All timers of the next day are hinted anew.',
};

async function mended(
  { check, how, whose }: Repair,
  incident: Incident | null,
  { workspace, actor }: Input,
  { doctor }: Ports,
): Promise<Reply> {
  const count = await doctor.mend({
    workspace,
    check,
    how,
    whose: incident === null ? (whose ?? 'all') : { incident: incident.id },
    by: actor.id,
  });
  const title = checkNamed(check)?.title ?? check;
  const what =
    count === 0
      ? `${title}: there is nothing to repair any more.`
      : `${title}: ${DONE[how]?.(count) ?? 'done.'}`;
  return privately({
    summary: [what],
    blocks: [
      paragraph(what),
      ...(count === 0 ? [] : [note('Look again in half a minute, to see whether it holds.')]),
      buttons({ label: 'Look again', command: 'doctor' }),
    ],
  });
}
