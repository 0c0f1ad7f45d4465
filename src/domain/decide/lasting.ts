import type { Entry } from '../entry.ts';
import { COMMANDER } from '../incident.ts';

/** What is typed to take back what a strike cannot: an entry that says what Muster did. */
export const LASTING: Partial<
  Record<NonNullable<Entry['detail']>['type'], (entry: Entry) => string>
> = {
  declared: () => 'cancel <reason>',
  status: ({ detail }) => (detail?.type === 'status' ? `status ${detail.from}` : 'status <status>'),
  severity: ({ detail }) =>
    detail?.type === 'severity' ? `sev ${detail.from} <reason>` : 'sev <severity>',
  role: ({ detail }) =>
    detail?.type === 'role' && detail.previous !== null
      ? detail.role === COMMANDER
        ? `handoff <@${detail.previous}>`
        : `role ${detail.role} <@${detail.previous}>`
      : 'role <role> @somebody',
  resolved: () => 'reopen',
  reopened: () => 'resolve',
  cancelled: () => 'reopen',
  page: () => 'log <what to know>',
  ping: () => 'log <what to know>',
  timer: () => 'log <what to know>',
  decayed: () => 'ack',
};
