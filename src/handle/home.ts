import { orNull } from '../deadline.ts';
import { examine, type Finding } from '../domain/doctor/index.ts';
import type { Message } from '../domain/text.ts';
import { home } from '../domain/views/home.ts';
import type { HomeParts } from '../domain/views/home-parts.ts';
import type { Ports } from '../ports.ts';
import { maySeeFinding } from './doctoring.ts';
import type { Input } from './input.ts';
import { standIns } from './on-call.ts';
import { introduced, whyNot } from './permitted.ts';

/** Whose Home it is. */
export interface Viewer {
  readonly workspace: string;
  readonly user: string;
}

/** The doctor asks Slack too; without its answer the Home shows the rest. */
const DOCTOR_WITHIN_MS = 4000;

/** Everything of somebody's Home but the answer to what was pressed there. */
export async function homeParts(
  { workspace, user }: Viewer,
  ports: Pick<Ports, 'store' | 'settings' | 'doctor'>,
): Promise<Omit<HomeParts, 'said'>> {
  const { store } = ports;
  const [facts, actions, overrides, may] = await Promise.all([
    store.home(workspace, user),
    store.actionItems(workspace, user),
    standIns({ workspace }, ports),
    allowed({ workspace, user }, ports),
  ]);
  return { ...facts, viewer: user, actions, overrides, ...may };
}

/** What only some people see: the way to declare, and what the doctor found. */
async function allowed(
  { workspace, user }: Viewer,
  ports: Pick<Ports, 'store' | 'settings' | 'doctor'>,
): Promise<Pick<HomeParts, 'mayDeclare' | 'findings'>> {
  const asked = await introduced(
    { workspace, actor: { id: user, zone: null }, channel: '', source: 'button' as const },
    ports,
  );
  const mayDeclare = (await whyNot('open', null, asked, ports)) === null;
  return { mayDeclare, findings: await findingsFor(asked, ports) };
}

/** What the doctor found that an administrator may see; null for others, and where it takes too long. */
async function findingsFor(
  asked: Pick<Input, 'actor' | 'channel' | 'source' | 'workspace'>,
  ports: Pick<Ports, 'store' | 'settings' | 'doctor'>,
): Promise<readonly Finding[] | null> {
  if ((await whyNot('mend', null, asked, ports)) !== null) return null;
  const facts = await orNull(DOCTOR_WITHIN_MS, ports.doctor.glance(asked.workspace));
  if (facts === null) return null;
  const visible: Finding[] = [];
  for (const finding of examine(facts))
    if (finding.incident === null || (await maySeeFinding(finding.incident, null, asked, ports)))
      visible.push(finding);
  return visible;
}

/** The same as an answer, for whoever types it. */
export async function homeShown(viewer: Viewer, ports: Ports): Promise<Message> {
  return home({ ...(await homeParts(viewer, ports)), said: null }, ports.settings);
}
