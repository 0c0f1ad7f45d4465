import type { Expectation } from '../facts.ts';

/** Seed 3, the connection pool. */
export const seed3: Expectation = {
  scripts: ['seed-3'],
  facts: {
    'January 15, 2024': ['Date:', '15 Jan'],
    '08:30 UTC detected by user reports': ['08:30 UTC', 'Users report', 'detected'],
    '08:45 Datadog alerts': ['08:45 UTC', 'Datadog'],
    '09:00 investigation': ['09:00 UTC', 'Engineering starts'],
    '09:30 misleading frontend assumption': ['09:30 UTC', 'wrong hypothesis', 'frontend'],
    '10:00 escalated to database team': ['10:00 UTC', 'Escalated to the database team'],
    '11:00 root cause': ['11:00 UTC', 'cause', 'Misconfigured'],
    '11:30 pool settings adjusted': ['11:30 UTC', 'pool settings adjusted'],
    '11:45 restored': ['11:45 UTC', 'Services fully restored'],
    '30% of users slow': ['30%', 'slow'],
    '15% completely unable': ['15%', 'unable'],
    'student dashboard': ['student dashboard'],
    'classroom chat': ['classroom chat'],
    '195 min (3 h 15 min)': ['| incident duration |', '3 h 15 min (195 min)'],
    '150 min to root cause': ['cause found', '(150 min)'],
    '6 follow-ups: 3 improvements + 3 tasks': ['6 actions'],
    'My Learning Hub': ['My Learning Hub'],
  },
  computed: {
    userReportToAlert: { minutes: 15, row: [/^\|/, 'first report → first alert'] },
    timeToAcknowledge: { minutes: 30, row: ['| time to acknowledge |'] },
    timeToRootCause: { minutes: 150, row: ['impact started → cause found'] },
    timeToMitigate: { minutes: 180, row: ['| time to mitigate |'] },
    timeToResolve: { minutes: 195, row: ['| incident duration |'] },
    lostOnWrongHypothesisMax: { minutes: 30, row: ['wrong hypothesis', 'at most'] },
  },
  questions: {
    'inaccessible, or 30% slow and 15% unable': ['inaccessible', '30%', 'disagree'],
    'cause told both ways': ['spike', 'connection pool', 'two effects'],
    'documented, and to be documented': ['have been documented', 'open'],
    'the first sign is not the start': ['very minute at which it was detected'],
    'users were faster than monitoring': ['15 min before monitoring'],
    'mitigation worded as prevention': ['worded as prevention'],
    'severity is assumed': ['Assumed', 'severity'],
    'no linked cause': ['6 of 6 actions: no linked cause'],
    'no owner': ['6 of 6 actions: no owner'],
  },
  outside: {
    'how many': ['30% of users'],
    'how long': ['Incident duration', '(195 min)'],
    'the cause': ['Root cause:', 'connection pool'],
  },
};
