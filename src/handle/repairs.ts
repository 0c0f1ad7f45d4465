import type { Repair } from '../commands/command.ts';
import type { Action } from '../domain/action.ts';
import type { RepairName } from '../domain/doctor/index.ts';

/** Repairs that the rules of the incident decide, so that they are ordered and audited like any change. */
const INCIDENT_REPAIRS: Partial<Record<RepairName, Action>> = {
  make: { type: 'repair', what: 'channel' },
  post: { type: 'repair', what: 'card' },
  announce: { type: 'repair', what: 'announcement' },
  reach: { type: 'repair', what: 'reach' },
  plan: { type: 'repair', what: 'clocks' },
  compose: { type: 'refresh draft' },
};

/** The action that repairs something of one incident; null where it is not one incident's. */
export const incidentRepair = (how: RepairName): Action | null => INCIDENT_REPAIRS[how] ?? null;

/** Whether its incident's rules decide who may; else it is Muster itself that is repaired. */
export const isOfIncident = ({ how, whose }: Repair): boolean =>
  whose === null && incidentRepair(how) !== null;
