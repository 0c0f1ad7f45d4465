import { counted } from '../counted.ts';
import { incidentName } from '../incident.ts';
import type { Check } from './check.ts';

/** Whether what was recorded is still there as it was. */
export const records: readonly Check[] = [
  {
    name: 'broken-chain',
    title: 'Records that are not as they were recorded',
    weight: 'degraded',
    means: 'Somebody changed the database past Muster: what those incidents say cannot be trusted.',
    repair:
      'Copy the database as it is, type `npm start -- verify` for every finding, compare with a back-up, and ask who had the owner’s password.',
    repairs: [],
    find: ({ chains }) =>
      chains.map(({ incident, findings, first }) => ({
        subject: incident.id,
        incident,
        says: [
          `${incidentName(incident)}: ${counted(findings, 'finding')}${findings > 1 ? ', the first' : ''}: ${first}`,
        ],
      })),
  },
];
