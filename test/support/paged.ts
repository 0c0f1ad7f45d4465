import { type Incident, UNTOUCHED } from '../../src/domain/incident.ts';
import { START } from './ladder.ts';

/** An open incident, as a webhook is told of it. */
export const pagedIncident: Incident = {
  ...UNTOUCHED,
  id: '0b9f7d2e-8f0e-4c80-9f67-0d8b4a2f5b11',
  workspace: 'T012ABC',
  number: 42,
  title: 'Checkout is down',
  severity: 'sev1',
  status: 'investigating',
  channel: { id: 'C042', name: 'inc-42-checkout-down', state: 'ready' },
  declaredBy: 'UANA',
  openedAt: START,
  armedAt: START,
  nextEntry: 1,
  seq: 3,
};
