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
import { refused } from './refused.ts';

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
  if (!(await mayRepair(input, ports)))
    return refused(
      {
        reason:
          'Only an administrator can repair: one of Slack’s, or one named in muster.yaml. Anybody may look.',
        example: 'doctor',
      },
      input,
      ports,
    );
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

const mayRepair = async ({ workspace, actor }: Input, { store, settings }: Ports) =>
  settings.administrators.includes(actor.id) ||
  (await store.person(workspace, actor.id))?.admin === true;

async function report(here: Incident | null, input: Input, ports: Ports): Promise<Message> {
  const facts = await ports.doctor.look(input.workspace);
  const findings = examine(facts);
  const visible: Finding[] = [];
  for (const finding of findings)
    if (await maySee(finding, here, input, ports)) visible.push(finding);
  return doctorReport({
    findings: visible,
    hidden: findings.length - visible.length,
    facts,
    here,
    mayRepair: await mayRepair(input, ports),
  });
}

/** A private incident is nobody's business but of those who take part. */
async function maySee(
  { incident }: Finding,
  here: Incident | null,
  { actor }: Input,
  { store }: Ports,
): Promise<boolean> {
  if (incident === null || !incident.private || incident.id === here?.id) return true;
  return store.takesPart(incident.id, actor.id);
}

/** Repairs that the rules of the incident decide, so that they are ordered and audited like any change. */
const INCIDENT_REPAIRS: Partial<Record<RepairName, Action>> = {
  make: { type: 'repair', what: 'channel' },
  post: { type: 'repair', what: 'card' },
  plan: { type: 'repair', what: 'clocks' },
  compose: { type: 'refresh draft' },
};

const incidentRepair = (how: RepairName): Action | null => INCIDENT_REPAIRS[how] ?? null;

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
