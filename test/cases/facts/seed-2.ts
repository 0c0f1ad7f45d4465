import type { Expectation } from '../facts.ts';

/** Seed 2, the students’ portal. */
export const seed2: Expectation = {
  scripts: ['seed-2'],
  facts: {
    '+3 GMT (UTC+03:00)': ['08:30 EAT', '05:30 UTC'],
    '07:00 automatic update downloaded': ['07:00 EAT', 'Automatic update downloads'],
    '08:00 database update begins': ['08:00 EAT', 'Database update begins'],
    '08:30 outage begins': ['08:30 EAT', 'Outage begins'],
    '09:00 pagers alerted': ['09:00 EAT', 'Pagers alert'],
    '09:45 rollback failed': ['09:45 EAT', 'rollback failed'],
    '10:50 rollback successful': ['10:50 EAT', 'rollback succeeded'],
    '11:30 server restarts': ['11:30 EAT', 'Server restarts begin'],
    '12:00 100% of traffic': ['12:00 EAT', '100% of traffic'],
    'error 500': ['error 500'],
    'exam cards': ['exam cards'],
    "students' portal": ["students' portal"],
    '210 min computed outage (08:30-12:00)': ['| impact duration |', '(210 min)'],
    '240 min stated window (08:00-12:00)': ['| impact duration |', /stated .*\(240 min\)/],
    '30 min to detect': ['| time to detect |', '30 min'],
    '4 corrective measures': ['4 actions', '4 open'],
    'date is assumed: the source has none': ['Assumed', 'the report has none'],
  },
  computed: {
    timeToDetect: { minutes: 30, row: ['| time to detect |'] },
    timeToMitigate: { minutes: 140, row: ['| time to mitigate |'] },
    timeToResolve: { minutes: 210, row: ['| incident duration |'] },
    failedRollbackToSuccess: { minutes: 65, row: ['failed action', 'next mitigation'] },
  },
  questions: {
    'no date': ['Assumed', 'date', '2023-06-05'],
    '0800 and 0830': ['(240 min)', '(210 min)'],
    'records or schema': ['corrupted the students', 'schema'],
    'no alert for half an hour': ['30 min after the impact started'],
    'escalation has no time': ['escalated to top management', 'not recorded'],
    'severity is assumed': ['Assumed', 'severity'],
    'many complaints': ['many', 'how many'],
    '“quicker” cannot be verified': ['quicker', 'cannot be verified'],
    'nobody acknowledged': ['When did somebody acknowledge'],
    'nothing was told': ['No communication is recorded'],
    'no owner': ['4 of 4 actions: no owner'],
  },
};
