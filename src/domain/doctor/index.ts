import { code } from '../text.ts';
import type { Check, Finding, RepairName, Weight } from './check.ts';
import { deliveries } from './deliveries.ts';
import type { Facts } from './facts.ts';
import { incidents } from './incidents.ts';
import { machinery } from './machinery.ts';
import { queue } from './queue.ts';
import { records } from './records.ts';
import { workspace } from './workspace.ts';

export type { Check, Finding, RepairName, RepairOffer, Weight } from './check.ts';
export { isOfAll } from './check.ts';
export type * from './facts.ts';
export { SWEEP_STALLED_MS } from './machinery.ts';

/** Everything that the doctor looks for. Adding a check is adding a row to one of these. */
export const CHECKS: readonly Check[] = [
  ...machinery,
  ...deliveries,
  ...incidents,
  ...records,
  ...queue,
  ...workspace,
];

/** What is Muster's as a whole, whichever workspace is looked at. */
const OF_MUSTER: readonly Check[] = [...machinery, ...queue];

/** Whether it is about Muster as a whole, which several workspaces have in common. */
export const isOfMuster = ({ check }: Pick<Finding, 'check'>): boolean => OF_MUSTER.includes(check);

/** Whether those of the workspace that was looked at are to hear of it: it is about them alone. */
export const isItsOwn = (finding: Finding): boolean =>
  !isOfMuster(finding) || finding.incident !== null;

/** What Slack said of one of several workspaces, among what was found in all: it says of which. */
export const inWorkspace = (id: string, finding: Finding): Finding => ({
  ...finding,
  subject: finding.subject === '' ? id : `${id}:${finding.subject}`,
  says: [code(id), ': ', ...finding.says],
});

const BY_NAME: ReadonlyMap<string, Check> = new Map(CHECKS.map((check) => [check.name, check]));

/** The check that somebody names. */
export const checkNamed = (name: string): Check | null => BY_NAME.get(name) ?? null;

const ORDER: readonly Weight[] = ['broken', 'degraded', 'hint'];

/** Everything that is wrong, the worst first. */
export const examine = (facts: Facts): readonly Finding[] =>
  CHECKS.flatMap((check) => check.find(facts).map((symptom) => ({ ...symptom, check }))).sort(
    (a, b) => ORDER.indexOf(a.check.weight) - ORDER.indexOf(b.check.weight),
  );

/** What a finding is called from look to look: the same trouble has the same id. */
export const findingId = ({ check, subject }: Finding): string =>
  subject === '' ? check.name : `${check.name}:${subject}`;

/** Whether a check offers a repair; by default its first one. */
export const repairOf = (check: Check, how: string | null): RepairName | null =>
  (how === null ? check.repairs[0] : check.repairs.find((offer) => offer.how === how))?.how ?? null;
